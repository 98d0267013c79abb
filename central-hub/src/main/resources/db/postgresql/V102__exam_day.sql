-- What rooms told of themselves on the exam day (domain, section 12). Times are milliseconds; 0 means
-- "not". A row may begin with its end: an older start of the node may arrive later.
CREATE TABLE room_phase (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    exam VARCHAR(40) NOT NULL,
    phase VARCHAR(20) NOT NULL,
    position_no BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT room_phase_pk PRIMARY KEY (tenant, node, exam)
);

-- Cases of the emergency table and calls for help; no kind: its opening has not arrived.
CREATE TABLE room_case (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    case_id VARCHAR(64) NOT NULL,
    exam VARCHAR(40) NOT NULL,
    sitting BIGINT NOT NULL,
    kind VARCHAR(30) NOT NULL,
    statement VARCHAR(4000) NOT NULL,
    opened_by VARCHAR(120) NOT NULL,
    opened_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    owner VARCHAR(20) NOT NULL,
    owner_position BIGINT NOT NULL,
    outcome VARCHAR(20) NOT NULL,
    note VARCHAR(4000) NOT NULL,
    settled_by VARCHAR(120) NOT NULL,
    settled_ms BIGINT NOT NULL,
    CONSTRAINT room_case_pk PRIMARY KEY (tenant, node, case_id)
);
CREATE INDEX room_case_of_exam ON room_case (tenant, exam);

CREATE TABLE room_incident (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    incident VARCHAR(64) NOT NULL,
    exam VARCHAR(40) NOT NULL,
    sitting BIGINT NOT NULL,
    category VARCHAR(60) NOT NULL,
    statement VARCHAR(4000) NOT NULL,
    reported_by VARCHAR(120) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT room_incident_pk PRIMARY KEY (tenant, node, incident)
);
CREATE INDEX room_incident_of_exam ON room_incident (tenant, exam);
