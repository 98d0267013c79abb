-- What rooms changed at the door while the package did not know it, and what the centre says of it
-- (issue 3, part 6). Times are milliseconds; 0 means "not".
CREATE TABLE late_change (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    change_id VARCHAR(64) NOT NULL,
    exam VARCHAR(40) NOT NULL,
    sitting BIGINT NOT NULL,
    kind VARCHAR(30) NOT NULL,
    detail VARCHAR(4000) NOT NULL,
    reason VARCHAR(4000) NOT NULL,
    recorded_by VARCHAR(120) NOT NULL,
    at_ms BIGINT NOT NULL,
    decision VARCHAR(20) NOT NULL,
    decision_reason VARCHAR(1000) NOT NULL,
    decided_by VARCHAR(100) NOT NULL,
    decided_ms BIGINT NOT NULL,
    CONSTRAINT late_change_pk PRIMARY KEY (tenant, node, change_id)
);
CREATE INDEX late_change_of_exam ON late_change (tenant, exam);

-- Pictures that a room named and can never send (fault row 70).
CREATE TABLE lost_picture (
    tenant BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    node VARCHAR(32) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT lost_picture_pk PRIMARY KEY (tenant, sha256, node)
);
