-- Proctors and patrols of schools, what they are certified for, and where they are assigned
-- (domain, section 8; S4 section 5.2.11).
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'PROCTOR', 1 FROM tenant;
INSERT INTO number_block (tenant, name, next_value)
    SELECT id, 'PROCTOR_ASSIGNMENT', 1 FROM tenant;

CREATE TABLE proctor (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    number VARCHAR(20) NOT NULL,
    name VARCHAR(100) NOT NULL,
    mobile VARCHAR(20) NOT NULL,
    CONSTRAINT proctor_pk PRIMARY KEY (tenant, id),
    CONSTRAINT proctor_number UNIQUE (tenant, number),
    CONSTRAINT proctor_mobile UNIQUE (tenant, mobile),
    CONSTRAINT proctor_school FOREIGN KEY (tenant, school) REFERENCES organisation (tenant, id)
);

-- One row for a certificate at one level: applied for, then certified by the body.
CREATE TABLE proctor_qualification (
    tenant BIGINT NOT NULL,
    proctor BIGINT NOT NULL,
    certificate VARCHAR(60) NOT NULL,
    certificate_level VARCHAR(20) NOT NULL,
    certificate_name VARCHAR(200) NOT NULL,
    issuer VARCHAR(200) NOT NULL,
    body BIGINT NOT NULL,
    certified_by VARCHAR(100) NOT NULL,
    certified_ms BIGINT NOT NULL,
    CONSTRAINT proctor_qualification_pk
        PRIMARY KEY (tenant, proctor, certificate, certificate_level),
    CONSTRAINT proctor_qualification_of FOREIGN KEY (tenant, proctor)
        REFERENCES proctor (tenant, id) ON DELETE CASCADE,
    CONSTRAINT proctor_qualification_body FOREIGN KEY (tenant, body)
        REFERENCES organisation (tenant, id)
);

CREATE TABLE proctor_assignment (
    tenant BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    room BIGINT NOT NULL,
    proctor BIGINT NOT NULL,
    duty VARCHAR(20) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT proctor_assignment_pk PRIMARY KEY (tenant, slot, room, proctor),
    CONSTRAINT proctor_assignment_plan FOREIGN KEY (tenant, plan)
        REFERENCES exam_plan (tenant, id),
    CONSTRAINT proctor_assignment_room FOREIGN KEY (tenant, room) REFERENCES room (tenant, id),
    CONSTRAINT proctor_assignment_who FOREIGN KEY (tenant, proctor)
        REFERENCES proctor (tenant, id)
);
CREATE INDEX proctor_assignment_by_plan ON proctor_assignment (tenant, plan);

-- Plans in which only the body assigns; in all others schools assign at their own sites too.
CREATE TABLE proctor_policy (
    tenant BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    CONSTRAINT proctor_policy_pk PRIMARY KEY (tenant, plan),
    CONSTRAINT proctor_policy_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id)
);
