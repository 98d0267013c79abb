-- What candidates ask for in the portal: corrections of their data, accommodations (issue 4, part 11).
-- plan 0: concerns no plan. Times are milliseconds, 0 means "not".
CREATE TABLE candidate_request (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    school BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    kind VARCHAR(20) NOT NULL,
    field VARCHAR(20) NOT NULL,
    wanted VARCHAR(200) NOT NULL,
    extra_minutes INTEGER NOT NULL,
    accessible BOOLEAN NOT NULL,
    statement VARCHAR(1000) NOT NULL,
    at_ms BIGINT NOT NULL,
    state VARCHAR(20) NOT NULL,
    school_login VARCHAR(100) NOT NULL,
    school_ms BIGINT NOT NULL,
    body_login VARCHAR(100) NOT NULL,
    body_ms BIGINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    file_name VARCHAR(200) NOT NULL,
    CONSTRAINT candidate_request_pk PRIMARY KEY (tenant, id),
    CONSTRAINT candidate_request_who FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);
CREATE INDEX candidate_request_own ON candidate_request (tenant, candidate);
CREATE INDEX candidate_request_school ON candidate_request (tenant, school, state);
INSERT INTO number_block (tenant, name, next_value)
    SELECT id, 'CANDIDATE_REQUEST', 1 FROM tenant;

CREATE TABLE candidate_request_file (
    tenant BIGINT NOT NULL,
    request BIGINT NOT NULL,
    content BLOB(6M) NOT NULL,
    CONSTRAINT candidate_request_file_pk PRIMARY KEY (tenant, request),
    CONSTRAINT candidate_request_file_of FOREIGN KEY (tenant, request)
        REFERENCES candidate_request (tenant, id)
);
