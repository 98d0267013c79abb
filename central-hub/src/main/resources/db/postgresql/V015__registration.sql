-- Registrations, their sittings, and where each sits (domain, sections 5 and 7).
CREATE TABLE registration (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    plan_level BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT registration_pk PRIMARY KEY (tenant, id),
    CONSTRAINT registration_once UNIQUE (tenant, plan_level, candidate),
    CONSTRAINT registration_level FOREIGN KEY (tenant, plan_level) REFERENCES plan_level (tenant, id),
    CONSTRAINT registration_candidate FOREIGN KEY (tenant, candidate) REFERENCES candidate (tenant, id)
);
CREATE INDEX registration_of_plan ON registration (tenant, plan, candidate);

-- One candidate's registration for one subject: its id is the "sitting" of the room's facts.
CREATE TABLE sitting (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    extra_minutes INTEGER NOT NULL,
    CONSTRAINT sitting_pk PRIMARY KEY (tenant, id),
    CONSTRAINT sitting_once UNIQUE (tenant, registration, subject),
    CONSTRAINT sitting_registration FOREIGN KEY (tenant, registration)
        REFERENCES registration (tenant, id),
    CONSTRAINT sitting_subject FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
CREATE INDEX sitting_of_plan ON sitting (tenant, plan, candidate);

-- No row: not arranged.
CREATE TABLE seating (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    site BIGINT NOT NULL,
    room BIGINT NOT NULL,
    seat INTEGER NOT NULL,
    pin VARCHAR(6) NOT NULL,
    CONSTRAINT seating_pk PRIMARY KEY (tenant, sitting),
    CONSTRAINT seating_seat UNIQUE (tenant, slot, room, seat),
    CONSTRAINT seating_sitting FOREIGN KEY (tenant, sitting) REFERENCES sitting (tenant, id),
    CONSTRAINT seating_slot FOREIGN KEY (tenant, slot) REFERENCES slot (tenant, id),
    CONSTRAINT seating_room FOREIGN KEY (tenant, room) REFERENCES room (tenant, id)
);
CREATE INDEX seating_of_plan ON seating (tenant, plan, room);

-- Admission number: one per candidate and plan, issued once, never changed.
CREATE TABLE admission (
    tenant BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    number VARCHAR(32) NOT NULL,
    CONSTRAINT admission_pk PRIMARY KEY (tenant, plan, candidate),
    CONSTRAINT admission_number UNIQUE (tenant, number),
    CONSTRAINT admission_candidate FOREIGN KEY (tenant, candidate) REFERENCES candidate (tenant, id)
);

CREATE TABLE arrangement_run (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    arranged INTEGER NOT NULL,
    bottleneck VARCHAR(60) NOT NULL,
    detail VARCHAR(4000) NOT NULL,
    CONSTRAINT arrangement_run_pk PRIMARY KEY (tenant, id),
    CONSTRAINT arrangement_run_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id)
);
