-- Plans, their windows, certificate levels, subjects and slots (domain, section 2).
-- Times are milliseconds since the epoch; windows are [from, to), to = start of the day after the last day.
CREATE TABLE exam_plan (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number VARCHAR(32) NOT NULL,
    name VARCHAR(200) NOT NULL,
    body BIGINT NOT NULL,
    zone VARCHAR(60) NOT NULL,
    requirements VARCHAR(4000) NOT NULL,
    registration_mode VARCHAR(20) NOT NULL,
    registration_from_ms BIGINT NOT NULL,
    registration_to_ms BIGINT NOT NULL,
    arrangement_from_ms BIGINT NOT NULL,
    arrangement_to_ms BIGINT NOT NULL,
    exam_from_ms BIGINT NOT NULL,
    exam_to_ms BIGINT NOT NULL,
    score_from_ms BIGINT NOT NULL,
    score_to_ms BIGINT NOT NULL,
    publicity_from_ms BIGINT NOT NULL,
    publicity_to_ms BIGINT NOT NULL,
    check_in_opens_minutes INTEGER NOT NULL,
    late_start_minutes INTEGER NOT NULL,
    result_visibility VARCHAR(30) NOT NULL,
    open_book BOOLEAN NOT NULL,
    record_focus_loss BOOLEAN NOT NULL,
    auto_pass BOOLEAN NOT NULL,
    full_id_on_stickers BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,
    CONSTRAINT exam_plan_pk PRIMARY KEY (tenant, id),
    CONSTRAINT exam_plan_number UNIQUE (tenant, number),
    CONSTRAINT exam_plan_body FOREIGN KEY (tenant, body) REFERENCES organisation (tenant, id)
);

CREATE TABLE plan_school (
    tenant BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    school BIGINT NOT NULL,
    CONSTRAINT plan_school_pk PRIMARY KEY (tenant, plan, school),
    CONSTRAINT plan_school_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id),
    CONSTRAINT plan_school_school FOREIGN KEY (tenant, school) REFERENCES organisation (tenant, id)
);

-- A certificate level as this plan offers it: the pass rule belongs to the level within the plan.
CREATE TABLE plan_level (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    certificate_number VARCHAR(32) NOT NULL,
    certificate_name VARCHAR(200) NOT NULL,
    short_name VARCHAR(60) NOT NULL,
    level_name VARCHAR(20) NOT NULL,
    majors VARCHAR(2000) NOT NULL,
    issuer VARCHAR(200) NOT NULL,
    pass_rule VARCHAR(30) NOT NULL,
    total_pass_mark DECIMAL(7,2) NOT NULL,
    CONSTRAINT plan_level_pk PRIMARY KEY (tenant, id),
    CONSTRAINT plan_level_once UNIQUE (tenant, plan, certificate_number, level_name),
    CONSTRAINT plan_level_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id)
);

CREATE TABLE subject (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    plan_level BIGINT NOT NULL,
    number VARCHAR(32) NOT NULL,
    name VARCHAR(200) NOT NULL,
    mode_name VARCHAR(30) NOT NULL,
    minutes INTEGER NOT NULL,
    full_mark DECIMAL(7,2) NOT NULL,
    pass_mark DECIMAL(7,2) NOT NULL,
    weight DECIMAL(7,4) NOT NULL,
    CONSTRAINT subject_pk PRIMARY KEY (tenant, id),
    CONSTRAINT subject_number UNIQUE (tenant, plan, number),
    CONSTRAINT subject_level FOREIGN KEY (tenant, plan_level) REFERENCES plan_level (tenant, id)
);

-- When one may sit; several subjects may share a slot.
CREATE TABLE slot (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    start_ms BIGINT NOT NULL,
    end_ms BIGINT NOT NULL,
    CONSTRAINT slot_pk PRIMARY KEY (tenant, id),
    CONSTRAINT slot_once UNIQUE (tenant, plan, start_ms, end_ms),
    CONSTRAINT slot_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id)
);

CREATE TABLE slot_subject (
    tenant BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    CONSTRAINT slot_subject_pk PRIMARY KEY (tenant, slot, subject),
    CONSTRAINT slot_subject_slot FOREIGN KEY (tenant, slot) REFERENCES slot (tenant, id),
    CONSTRAINT slot_subject_subject FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
