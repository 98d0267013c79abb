-- What candidates' pages watch in the exams of a plan; a plan without a row follows its policy.
CREATE TABLE plan_page_rules (
    tenant BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    leaving VARCHAR(20) NOT NULL,
    leaving_seconds INTEGER NOT NULL,
    full_screen SMALLINT NOT NULL,
    clipboard SMALLINT NOT NULL,
    safe_browser SMALLINT NOT NULL,
    browser_exam_keys VARCHAR(1400) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT plan_page_rules_pk PRIMARY KEY (tenant, plan)
);
