-- Weekly and half-month reports of schools to the province (domain, section 16; S4 section 6).
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'REPORT', 1 FROM tenant;

-- From which day which rhythm holds.
CREATE TABLE report_rhythm (
    tenant BIGINT NOT NULL,
    from_day VARCHAR(10) NOT NULL,
    rhythm VARCHAR(20) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT report_rhythm_pk PRIMARY KEY (tenant, from_day)
);

CREATE TABLE weekly_report (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    first_day VARCHAR(10) NOT NULL,
    rhythm VARCHAR(20) NOT NULL,
    school_type VARCHAR(40) NOT NULL,
    progress VARCHAR(4000) NOT NULL,
    difficulties VARCHAR(4000) NOT NULL,
    suggestions VARCHAR(4000) NOT NULL,
    state VARCHAR(20) NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT weekly_report_pk PRIMARY KEY (tenant, id),
    CONSTRAINT weekly_report_period UNIQUE (tenant, school, first_day),
    CONSTRAINT weekly_report_school FOREIGN KEY (tenant, school)
        REFERENCES organisation (tenant, id)
);

CREATE TABLE weekly_report_file (
    tenant BIGINT NOT NULL,
    report BIGINT NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR(20) NOT NULL,
    file_name VARCHAR(200) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    bytes INTEGER NOT NULL,
    content BLOB(12M) NOT NULL,
    CONSTRAINT weekly_report_file_pk PRIMARY KEY (tenant, report, number),
    CONSTRAINT weekly_report_file_of FOREIGN KEY (tenant, report)
        REFERENCES weekly_report (tenant, id) ON DELETE CASCADE
);

CREATE TABLE weekly_report_event (
    tenant BIGINT NOT NULL,
    report BIGINT NOT NULL,
    number INTEGER NOT NULL,
    step VARCHAR(20) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    CONSTRAINT weekly_report_event_pk PRIMARY KEY (tenant, report, number),
    CONSTRAINT weekly_report_event_of FOREIGN KEY (tenant, report)
        REFERENCES weekly_report (tenant, id) ON DELETE CASCADE
);
