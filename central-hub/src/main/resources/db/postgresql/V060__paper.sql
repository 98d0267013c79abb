-- Paper versions imported from QTI packages, their pictures, and which subject is sat with which.
CREATE TABLE paper (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    title VARCHAR(200) NOT NULL,
    qti_version VARCHAR(10) NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    file_sha256 VARCHAR(64) NOT NULL,
    items INTEGER NOT NULL,
    full_mark DECIMAL(9,2) NOT NULL,
    text_mark DECIMAL(9,2) NOT NULL,
    content BYTEA NOT NULL,
    answer_key BYTEA NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT paper_pk PRIMARY KEY (tenant, id),
    CONSTRAINT paper_once UNIQUE (tenant, subject, file_sha256),
    CONSTRAINT paper_subject FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);

CREATE TABLE paper_asset (
    tenant BIGINT NOT NULL,
    paper BIGINT NOT NULL,
    name VARCHAR(80) NOT NULL,
    media_type VARCHAR(40) NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT paper_asset_pk PRIMARY KEY (tenant, paper, name),
    CONSTRAINT paper_asset_paper FOREIGN KEY (tenant, paper) REFERENCES paper (tenant, id)
);

-- Slot 0 stands for every slot of the subject that has no row of its own.
CREATE TABLE paper_assignment (
    tenant BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    paper BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT paper_assignment_pk PRIMARY KEY (tenant, subject, slot),
    CONSTRAINT paper_assignment_paper FOREIGN KEY (tenant, paper) REFERENCES paper (tenant, id)
);
