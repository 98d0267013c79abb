-- Class sessions that a room server holds (domain, section 9: no arrangement, the roster is the
-- class). Each has a plan of its own, so that nothing of it counts for the class's plan.
ALTER TABLE exam_plan ADD COLUMN class_session BIGINT NOT NULL DEFAULT 0;

-- paper 0: a session without a test
CREATE TABLE session_room (
    tenant BIGINT NOT NULL,
    session_id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    site BIGINT NOT NULL,
    room BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    paper BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT session_room_pk PRIMARY KEY (tenant, session_id),
    CONSTRAINT session_room_plan UNIQUE (tenant, plan),
    CONSTRAINT session_room_session FOREIGN KEY (tenant, session_id)
        REFERENCES class_session (tenant, id)
);
