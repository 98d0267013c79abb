-- Teachers' passwords for the room servers of their own sessions; the login is their account's.
CREATE TABLE teacher_room_account (
    tenant BIGINT NOT NULL,
    teacher BIGINT NOT NULL,
    password_hash VARCHAR(200) NOT NULL,
    CONSTRAINT teacher_room_account_pk PRIMARY KEY (tenant, teacher),
    CONSTRAINT teacher_room_account_of FOREIGN KEY (tenant, teacher)
        REFERENCES teacher (tenant, id) ON DELETE CASCADE
);
