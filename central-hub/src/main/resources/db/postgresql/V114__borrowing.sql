-- Seats that a school borrows at other schools' sites for one plan (借考, source 002 section 5).
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'BORROWING', 1 FROM tenant;

CREATE TABLE borrowing (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    school BIGINT NOT NULL,
    seats INTEGER NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    state VARCHAR(20) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    decided_by VARCHAR(100) NOT NULL,
    decided_ms BIGINT NOT NULL,
    answer VARCHAR(1000) NOT NULL,
    CONSTRAINT borrowing_pk PRIMARY KEY (tenant, id),
    CONSTRAINT borrowing_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id),
    CONSTRAINT borrowing_school FOREIGN KEY (tenant, school) REFERENCES organisation (tenant, id)
);
CREATE INDEX borrowing_of_plan ON borrowing (tenant, plan);

CREATE TABLE borrowed_room (
    tenant BIGINT NOT NULL,
    borrowing BIGINT NOT NULL,
    room BIGINT NOT NULL,
    CONSTRAINT borrowed_room_pk PRIMARY KEY (tenant, borrowing, room),
    CONSTRAINT borrowed_room_of FOREIGN KEY (tenant, borrowing) REFERENCES borrowing (tenant, id),
    CONSTRAINT borrowed_room_which FOREIGN KEY (tenant, room) REFERENCES room (tenant, id)
);
