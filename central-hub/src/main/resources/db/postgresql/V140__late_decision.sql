-- Reviewers' decisions on answers that a room kept apart; the highest number of an answer counts.
CREATE TABLE late_decision (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    op VARCHAR(64) NOT NULL,
    number INTEGER NOT NULL,
    accepted SMALLINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT late_decision_pk PRIMARY KEY (tenant, sitting, op, number)
);
