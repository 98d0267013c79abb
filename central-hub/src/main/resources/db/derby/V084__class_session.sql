-- Class sessions and who came (domain, section 9; S0 sections 4, 5 and 7). Times are milliseconds.
CREATE TABLE class_session (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    start_ms BIGINT NOT NULL,
    end_ms BIGINT NOT NULL,
    hours INTEGER NOT NULL,
    comprehensive_test BOOLEAN NOT NULL,
    check_in_minutes INTEGER NOT NULL,
    check_out_minutes INTEGER NOT NULL,
    login VARCHAR(100) NOT NULL,
    CONSTRAINT class_session_pk PRIMARY KEY (tenant, id),
    CONSTRAINT class_session_course FOREIGN KEY (tenant, course)
        REFERENCES class_course (tenant, id)
);
CREATE INDEX class_session_of_course ON class_session (tenant, course, start_ms);

-- One row for a student who came, left, or was corrected by hand. 0: not.
CREATE TABLE session_presence (
    tenant BIGINT NOT NULL,
    session_id BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    arrived_ms BIGINT NOT NULL,
    arrived_way VARCHAR(20) NOT NULL,
    left_ms BIGINT NOT NULL,
    left_way VARCHAR(20) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    login VARCHAR(100) NOT NULL,
    CONSTRAINT session_presence_pk PRIMARY KEY (tenant, session_id, candidate),
    CONSTRAINT session_presence_session FOREIGN KEY (tenant, session_id)
        REFERENCES class_session (tenant, id)
);

-- A phone belongs to one student and a student to one phone, until college staff unbind it.
CREATE TABLE student_phone (
    tenant BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    phone VARCHAR(64) NOT NULL,
    bound_ms BIGINT NOT NULL,
    CONSTRAINT student_phone_pk PRIMARY KEY (tenant, candidate),
    CONSTRAINT student_phone_once UNIQUE (tenant, phone)
);
