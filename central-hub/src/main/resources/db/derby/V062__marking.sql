-- The hub's own objective marks, the teachers' marks, alarms that hold a score, review decisions.
CREATE TABLE objective_mark (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    paper BIGINT NOT NULL,
    score DECIMAL(9,2) NOT NULL,
    maximum DECIMAL(9,2) NOT NULL,
    answers_digest VARCHAR(64) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT objective_mark_pk PRIMARY KEY (tenant, sitting)
);

-- A teacher's marks for written answers; the highest number of a sitting and item counts.
CREATE TABLE text_mark (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    item VARCHAR(120) NOT NULL,
    number INTEGER NOT NULL,
    mark DECIMAL(9,2) NOT NULL,
    maximum DECIMAL(9,2) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT text_mark_pk PRIMARY KEY (tenant, sitting, item, number)
);

CREATE TABLE score_alarm (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    detail VARCHAR(400) NOT NULL,
    raised_ms BIGINT NOT NULL,
    settled_login VARCHAR(100) NOT NULL,
    settled_reason VARCHAR(1000) NOT NULL,
    settled_ms BIGINT NOT NULL,
    CONSTRAINT score_alarm_pk PRIMARY KEY (tenant, sitting, kind, detail)
);

-- The highest number of a sitting counts; automatic passes carry an empty login.
CREATE TABLE review_decision (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    number INTEGER NOT NULL,
    decision VARCHAR(20) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT review_decision_pk PRIMARY KEY (tenant, sitting, number)
);
