-- What the rooms recorded, one row per fact, keyed by the fact's place in the node's ledger.
-- No reference to "sitting": a fact is kept whatever it speaks of.
CREATE TABLE room_event (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    epoch VARCHAR(32) NOT NULL,
    lane VARCHAR(8) NOT NULL,
    seq BIGINT NOT NULL,
    position_no BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    body BYTEA NOT NULL,
    CONSTRAINT room_event_pk PRIMARY KEY (tenant, node, epoch, lane, seq)
);
CREATE INDEX room_event_of_sitting ON room_event (tenant, sitting);

-- Every revision of every answer; response holds the bytes of the fact's response as they came.
CREATE TABLE answer_revision (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    item VARCHAR(120) NOT NULL,
    revision BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    epoch VARCHAR(32) NOT NULL,
    seq BIGINT NOT NULL,
    position_no BIGINT NOT NULL,
    op VARCHAR(64) NOT NULL,
    response BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT answer_revision_pk PRIMARY KEY (tenant, sitting, item, revision, node, epoch, seq)
);

-- Derived from room_event alone, so that it can be rebuilt in any order.
CREATE TABLE attempt (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    attendance VARCHAR(20) NOT NULL,
    check_in_way VARCHAR(20) NOT NULL,
    started_ms BIGINT NOT NULL,
    paper VARCHAR(64) NOT NULL,
    allowed_ms BIGINT NOT NULL,
    granted_ms BIGINT NOT NULL,
    hand_in_cause VARCHAR(20) NOT NULL,
    handed_in_ms BIGINT NOT NULL,
    answered INTEGER NOT NULL,
    answers_digest VARCHAR(64) NOT NULL,
    provisional_score VARCHAR(40) NOT NULL,
    provisional_maximum VARCHAR(40) NOT NULL,
    incidents INTEGER NOT NULL,
    CONSTRAINT attempt_pk PRIMARY KEY (tenant, sitting)
);
