-- The newest claim of a sitting at the portal (issue 3, part 1; XSP-039). Times are milliseconds; 0
-- means "not". The code is taken away with the answer.
CREATE TABLE portal_arrival (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    request_no BIGINT NOT NULL,
    exam VARCHAR(40) NOT NULL,
    code VARCHAR(40) NOT NULL,
    leaving BOOLEAN NOT NULL,
    asked_ms BIGINT NOT NULL,
    sent_ms BIGINT NOT NULL,
    answer VARCHAR(20) NOT NULL,
    room VARCHAR(100) NOT NULL,
    seat INTEGER NOT NULL,
    answered_ms BIGINT NOT NULL,
    CONSTRAINT portal_arrival_pk PRIMARY KEY (tenant, sitting)
);
CREATE INDEX portal_arrival_open ON portal_arrival (tenant, answered_ms, asked_ms);
