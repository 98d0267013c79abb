-- Teachers, classes, their courses and students (domain, sections 8 and 9; S0 sections 1 and 3).
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'TEACHER', 1 FROM tenant;
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'TEACHING_CLASS', 1 FROM tenant;
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'CLASS_COURSE', 1 FROM tenant;
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'CLASS_SESSION', 1 FROM tenant;

-- login: that of the staff account; the mobile may change, the login does not.
CREATE TABLE teacher (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    account BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    name VARCHAR(100) NOT NULL,
    id_number VARCHAR(18) NOT NULL,
    education VARCHAR(60) NOT NULL,
    college VARCHAR(100) NOT NULL,
    title VARCHAR(60) NOT NULL,
    post VARCHAR(60) NOT NULL,
    mobile VARCHAR(20) NOT NULL,
    mail VARCHAR(200) NOT NULL,
    research VARCHAR(100) NOT NULL,
    results VARCHAR(100) NOT NULL,
    address VARCHAR(200) NOT NULL,
    CONSTRAINT teacher_pk PRIMARY KEY (tenant, id),
    CONSTRAINT teacher_login UNIQUE (tenant, login),
    CONSTRAINT teacher_id_number UNIQUE (tenant, id_number),
    CONSTRAINT teacher_school FOREIGN KEY (tenant, school) REFERENCES organisation (tenant, id)
);

-- unit 0: the school looks after the class itself. checked_ms 0: not checked since the last change.
CREATE TABLE teaching_class (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    name VARCHAR(100) NOT NULL,
    batch VARCHAR(60) NOT NULL,
    check_state VARCHAR(20) NOT NULL,
    check_statement VARCHAR(500) NOT NULL,
    checked_by VARCHAR(100) NOT NULL,
    checked_ms BIGINT NOT NULL,
    CONSTRAINT teaching_class_pk PRIMARY KEY (tenant, id),
    CONSTRAINT teaching_class_name UNIQUE (tenant, school, name),
    CONSTRAINT teaching_class_school FOREIGN KEY (tenant, school)
        REFERENCES organisation (tenant, id),
    CONSTRAINT teaching_class_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id)
);

CREATE TABLE class_student (
    tenant BIGINT NOT NULL,
    teaching_class BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    CONSTRAINT class_student_pk PRIMARY KEY (tenant, teaching_class, candidate),
    CONSTRAINT class_student_class FOREIGN KEY (tenant, teaching_class)
        REFERENCES teaching_class (tenant, id),
    CONSTRAINT class_student_who FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);

CREATE TABLE class_course (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    teaching_class BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    CONSTRAINT class_course_pk PRIMARY KEY (tenant, id),
    CONSTRAINT class_course_once UNIQUE (tenant, teaching_class, subject),
    CONSTRAINT class_course_class FOREIGN KEY (tenant, teaching_class)
        REFERENCES teaching_class (tenant, id),
    CONSTRAINT class_course_subject FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);

CREATE TABLE course_teacher (
    tenant BIGINT NOT NULL,
    course BIGINT NOT NULL,
    teacher BIGINT NOT NULL,
    CONSTRAINT course_teacher_pk PRIMARY KEY (tenant, course, teacher),
    CONSTRAINT course_teacher_course FOREIGN KEY (tenant, course)
        REFERENCES class_course (tenant, id),
    CONSTRAINT course_teacher_who FOREIGN KEY (tenant, teacher) REFERENCES teacher (tenant, id)
);
