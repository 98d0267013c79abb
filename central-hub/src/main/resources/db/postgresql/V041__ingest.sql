-- What nodes sent (XSP/1 section 6). One row of ingest_lane per node, epoch and lane is the cursor:
-- it is locked first in every transaction that stores. Times are milliseconds since the epoch.
CREATE TABLE ingest_lane (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    node VARCHAR(32) NOT NULL,
    epoch VARCHAR(32) NOT NULL,
    lane VARCHAR(3) NOT NULL,
    ack_seq BIGINT NOT NULL,
    ack_hash VARCHAR(64) NOT NULL,
    r2_seq BIGINT NOT NULL,
    stopped VARCHAR(40) NOT NULL,
    changed_ms BIGINT NOT NULL,
    CONSTRAINT ingest_lane_pk PRIMARY KEY (tenant, id),
    CONSTRAINT ingest_lane_once UNIQUE (tenant, node, epoch, lane)
);

-- Unique (tenant, node, epoch, lane, seq): the lane's id stands for the middle three.
CREATE TABLE ingest_record (
    tenant BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    ledger_position BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    json BYTEA NOT NULL,
    stored_ms BIGINT NOT NULL,
    CONSTRAINT ingest_record_pk PRIMARY KEY (tenant, lane, seq)
);

-- Progress of each projection, and the records it could not apply.
CREATE TABLE ingest_projection (
    tenant BIGINT NOT NULL,
    projection VARCHAR(40) NOT NULL,
    lane BIGINT NOT NULL,
    applied_seq BIGINT NOT NULL,
    CONSTRAINT ingest_projection_pk PRIMARY KEY (tenant, projection, lane)
);

CREATE TABLE ingest_unapplied (
    tenant BIGINT NOT NULL,
    projection VARCHAR(40) NOT NULL,
    lane BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT ingest_unapplied_pk PRIMARY KEY (tenant, projection, lane, seq)
);
