-- Plan options, target types, and fees (domain, sections 2, 5 and 6). Amounts are fen.
ALTER TABLE exam_plan ADD COLUMN uses_fees BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE exam_plan ADD COLUMN mixed_subjects BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE subject ADD COLUMN target_type VARCHAR(60) NOT NULL DEFAULT '所有考生';
ALTER TABLE registration ADD COLUMN target_type VARCHAR(60) NOT NULL DEFAULT '';

-- The body's price of a certificate level (subject 0) or of one subject.
CREATE TABLE fee_price (
    tenant BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    plan_level BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    fen BIGINT NOT NULL,
    CONSTRAINT fee_price_pk PRIMARY KEY (tenant, plan_level, subject),
    CONSTRAINT fee_price_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id),
    CONSTRAINT fee_price_level FOREIGN KEY (tenant, plan_level) REFERENCES plan_level (tenant, id)
);

-- A request (缴费申请单): made by a school, paid outside, confirmed by the body.
CREATE TABLE fee_request (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number VARCHAR(32) NOT NULL,
    plan BIGINT NOT NULL,
    plan_level BIGINT NOT NULL,
    school BIGINT NOT NULL,
    body BIGINT NOT NULL,
    mode_name VARCHAR(20) NOT NULL,
    people INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    amount_fen BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    confirmed_ms BIGINT NOT NULL,
    confirmed_by VARCHAR(100) NOT NULL,
    CONSTRAINT fee_request_pk PRIMARY KEY (tenant, id),
    CONSTRAINT fee_request_number UNIQUE (tenant, number),
    CONSTRAINT fee_request_level FOREIGN KEY (tenant, plan_level)
        REFERENCES plan_level (tenant, id)
);
CREATE INDEX fee_request_of_plan ON fee_request (tenant, plan, school);

-- What a request pays for; a sitting stands on one request at most.
CREATE TABLE fee_entry (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    request BIGINT NOT NULL,
    CONSTRAINT fee_entry_pk PRIMARY KEY (tenant, sitting),
    CONSTRAINT fee_entry_request FOREIGN KEY (tenant, request) REFERENCES fee_request (tenant, id),
    CONSTRAINT fee_entry_sitting FOREIGN KEY (tenant, sitting) REFERENCES sitting (tenant, id)
);
CREATE INDEX fee_entry_of_request ON fee_entry (tenant, request);

-- Lines of a request as they were priced: subject 0 is the whole certificate.
CREATE TABLE fee_line (
    tenant BIGINT NOT NULL,
    request BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    quantity INTEGER NOT NULL,
    price_fen BIGINT NOT NULL,
    CONSTRAINT fee_line_pk PRIMARY KEY (tenant, request, subject),
    CONSTRAINT fee_line_request FOREIGN KEY (tenant, request) REFERENCES fee_request (tenant, id)
);
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'FEE_REQUEST', 1 FROM tenant;
