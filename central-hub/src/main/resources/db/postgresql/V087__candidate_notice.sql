-- Notices to candidates in the portal, with what became of each (issue 4, part 11). 0 means "not".
CREATE TABLE candidate_notice (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    title VARCHAR(100) NOT NULL,
    body VARCHAR(4000) NOT NULL,
    audience VARCHAR(20) NOT NULL,
    recipients INTEGER NOT NULL,
    CONSTRAINT candidate_notice_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX candidate_notice_own ON candidate_notice (tenant, organisation, id);

CREATE TABLE candidate_notice_to (
    tenant BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    read_ms BIGINT NOT NULL,
    message BIGINT NOT NULL,
    CONSTRAINT candidate_notice_to_pk PRIMARY KEY (tenant, notice, candidate),
    CONSTRAINT candidate_notice_to_of FOREIGN KEY (tenant, notice)
        REFERENCES candidate_notice (tenant, id),
    CONSTRAINT candidate_notice_to_who FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);
CREATE INDEX candidate_notice_to_own ON candidate_notice_to (tenant, candidate, notice);
INSERT INTO number_block (tenant, name, next_value)
    SELECT id, 'CANDIDATE_NOTICE', 1 FROM tenant;
