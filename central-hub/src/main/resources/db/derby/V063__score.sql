-- Scores as entered for publication; visible to candidates by the plan's publicity window only.
CREATE TABLE subject_score (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    outcome VARCHAR(20) NOT NULL,
    objective DECIMAL(9,2) NOT NULL,
    text_part DECIMAL(9,2) NOT NULL,
    score DECIMAL(9,2) NOT NULL,
    maximum DECIMAL(9,2) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT subject_score_pk PRIMARY KEY (tenant, sitting)
);
CREATE INDEX subject_score_of_plan ON subject_score (tenant, plan, registration);

CREATE TABLE score_correction (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    number INTEGER NOT NULL,
    before_score DECIMAL(9,2) NOT NULL,
    after_score DECIMAL(9,2) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    state VARCHAR(20) NOT NULL,
    proposed_login VARCHAR(100) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    decided_login VARCHAR(100) NOT NULL,
    decided_ms BIGINT NOT NULL,
    CONSTRAINT score_correction_pk PRIMARY KEY (tenant, sitting, number)
);

-- Issued by two confirmations; number empty until both are there.
CREATE TABLE certificate (
    tenant BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    plan_level BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    site BIGINT NOT NULL,
    total DECIMAL(9,2) NOT NULL,
    recorded_ms BIGINT NOT NULL,
    body_login VARCHAR(100) NOT NULL,
    body_ms BIGINT NOT NULL,
    site_login VARCHAR(100) NOT NULL,
    site_ms BIGINT NOT NULL,
    number VARCHAR(40) NOT NULL,
    code VARCHAR(2000) NOT NULL,
    issued_ms BIGINT NOT NULL,
    revoked_login VARCHAR(100) NOT NULL,
    revoked_reason VARCHAR(1000) NOT NULL,
    revoked_ms BIGINT NOT NULL,
    CONSTRAINT certificate_pk PRIMARY KEY (tenant, registration)
);
CREATE INDEX certificate_number ON certificate (number);
