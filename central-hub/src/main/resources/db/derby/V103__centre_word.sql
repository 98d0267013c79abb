-- Words of the centre to the staff of rooms (issue 3, part 6; XSP-038). Times are milliseconds; 0
-- means "not".
CREATE TABLE centre_word (
    tenant BIGINT NOT NULL,
    word VARCHAR(32) NOT NULL,
    text VARCHAR(2000) NOT NULL,
    speaker VARCHAR(200) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT centre_word_pk PRIMARY KEY (tenant, word)
);
CREATE INDEX centre_word_recent ON centre_word (tenant, at_ms);

-- One row for each exam of a node that it goes to.
CREATE TABLE centre_word_room (
    tenant BIGINT NOT NULL,
    word VARCHAR(32) NOT NULL,
    exam VARCHAR(40) NOT NULL,
    sent_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    read_ms BIGINT NOT NULL,
    read_by VARCHAR(120) NOT NULL,
    CONSTRAINT centre_word_room_pk PRIMARY KEY (tenant, word, exam),
    CONSTRAINT centre_word_room_of FOREIGN KEY (tenant, word) REFERENCES centre_word (tenant, word)
);
CREATE INDEX centre_word_room_of_exam ON centre_word_room (tenant, exam);
CREATE INDEX centre_word_room_open ON centre_word_room (tenant, received_ms, until_ms);
