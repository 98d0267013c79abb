-- Imports that are not finished: the file as it came, and how far its rows are taken. What is done
-- stands in import_record; both change in one transaction (issue 4, part 12).
CREATE TABLE import_job (
    tenant BIGINT NOT NULL,
    record BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    plan_level BIGINT NOT NULL,
    role_code VARCHAR(60) NOT NULL,
    address VARCHAR(64) NOT NULL,
    stored SMALLINT NOT NULL,
    rows_total INTEGER NOT NULL,
    rows_done INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    holder VARCHAR(60) NOT NULL,
    lease_until_ms BIGINT NOT NULL,
    CONSTRAINT import_job_pk PRIMARY KEY (tenant, record),
    CONSTRAINT import_job_record FOREIGN KEY (tenant, record)
        REFERENCES import_record (tenant, id)
);

CREATE TABLE import_part (
    tenant BIGINT NOT NULL,
    record BIGINT NOT NULL,
    part INTEGER NOT NULL,
    content BLOB(1M) NOT NULL,
    CONSTRAINT import_part_pk PRIMARY KEY (tenant, record, part),
    CONSTRAINT import_part_job FOREIGN KEY (tenant, record)
        REFERENCES import_job (tenant, record)
);
