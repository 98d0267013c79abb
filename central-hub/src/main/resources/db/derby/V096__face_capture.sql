-- Candidates' own faces, captured before exam day (domain, section 10; issue 4, part 11).
-- One row for whoever decided. sha256 '' and content NULL: no picture. Times are milliseconds.
CREATE TABLE candidate_face (
    tenant BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    decision VARCHAR(20) NOT NULL,
    notice_version VARCHAR(60) NOT NULL,
    decided_ms BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    content BLOB(6M),
    model VARCHAR(64) NOT NULL,
    captured_ms BIGINT NOT NULL,
    CONSTRAINT candidate_face_pk PRIMARY KEY (tenant, candidate),
    CONSTRAINT candidate_face_who FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);

-- Who agreed, declined, captured or unbound, when, by which text or for which reason.
CREATE TABLE candidate_face_event (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    candidate BIGINT NOT NULL,
    kind VARCHAR(20) NOT NULL,
    at_ms BIGINT NOT NULL,
    who VARCHAR(100) NOT NULL,
    way VARCHAR(20) NOT NULL,
    detail VARCHAR(400) NOT NULL,
    CONSTRAINT candidate_face_event_pk PRIMARY KEY (id),
    CONSTRAINT candidate_face_event_of FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);
CREATE INDEX candidate_face_event_own ON candidate_face_event (tenant, candidate, id);

-- The code that leads one phone to the page of capture; only its digest is kept.
CREATE TABLE candidate_face_link (
    tenant BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    token_sha256 VARCHAR(64) NOT NULL,
    until_ms BIGINT NOT NULL,
    CONSTRAINT candidate_face_link_pk PRIMARY KEY (tenant, candidate),
    CONSTRAINT candidate_face_link_token UNIQUE (token_sha256),
    CONSTRAINT candidate_face_link_of FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);
