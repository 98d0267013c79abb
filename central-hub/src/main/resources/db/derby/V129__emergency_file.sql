-- Emergency files that candidates' pages saved and the centre opened (issue 3, part 4): the file as
-- it came, and what two people say of it. Times are milliseconds; 0 means "not".
CREATE TABLE emergency_file (
    tenant BIGINT NOT NULL,
    file VARCHAR(64) NOT NULL,
    plan BIGINT NOT NULL,
    exam VARCHAR(40) NOT NULL,
    sitting BIGINT NOT NULL,
    first_sitting BIGINT NOT NULL,
    paper VARCHAR(64) NOT NULL,
    content BLOB(9M) NOT NULL,
    taken_by VARCHAR(100) NOT NULL,
    taken_ms BIGINT NOT NULL,
    verdict VARCHAR(20) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    decided_by VARCHAR(100) NOT NULL,
    decided_ms BIGINT NOT NULL,
    CONSTRAINT emergency_file_pk PRIMARY KEY (tenant, file)
);
CREATE INDEX emergency_file_of_plan ON emergency_file (tenant, plan);

-- Their answers once the second person took them in: apart from those that count, for the reviewer.
CREATE TABLE brought_answer (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    op VARCHAR(64) NOT NULL,
    item VARCHAR(128) NOT NULL,
    base_revision BIGINT NOT NULL,
    response BLOB(2M) NOT NULL,
    file VARCHAR(64) NOT NULL,
    place INTEGER NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT brought_answer_pk PRIMARY KEY (tenant, sitting, op)
);
