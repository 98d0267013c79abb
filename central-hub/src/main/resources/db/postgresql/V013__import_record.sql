-- Every import: who, when, file, counts; the failed rows with their reasons (domain, section 3a).
CREATE TABLE import_record (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    kind VARCHAR(30) NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    file_sha256 VARCHAR(64) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    refusal VARCHAR(60) NOT NULL,
    refusal_detail VARCHAR(1000) NOT NULL,
    CONSTRAINT import_record_pk PRIMARY KEY (tenant, id),
    CONSTRAINT import_record_organisation FOREIGN KEY (tenant, organisation)
        REFERENCES organisation (tenant, id)
);
CREATE INDEX import_record_recent ON import_record (tenant, organisation, kind, at_ms);

CREATE TABLE import_failed_row (
    tenant BIGINT NOT NULL,
    import_record BIGINT NOT NULL,
    row_no INTEGER NOT NULL,
    cells VARCHAR(8000) NOT NULL,
    issues VARCHAR(4000) NOT NULL,
    CONSTRAINT import_failed_row_pk PRIMARY KEY (tenant, import_record, row_no),
    CONSTRAINT import_failed_row_record FOREIGN KEY (tenant, import_record)
        REFERENCES import_record (tenant, id)
);
