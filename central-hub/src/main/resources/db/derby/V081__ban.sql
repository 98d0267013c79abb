-- Bans from exams with their effect dates (domain, section 12; source S1 article 7). [from, to).
CREATE TABLE exam_ban (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    body BIGINT NOT NULL,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    lifted_ms BIGINT NOT NULL,
    lifted_by VARCHAR(100) NOT NULL,
    lifted_reason VARCHAR(1000) NOT NULL,
    CONSTRAINT exam_ban_pk PRIMARY KEY (tenant, id),
    CONSTRAINT exam_ban_candidate FOREIGN KEY (tenant, candidate) REFERENCES candidate (tenant, id)
);
CREATE INDEX exam_ban_of_candidate ON exam_ban (tenant, candidate);
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'BAN', 1 FROM tenant;
