-- What nodes sent (XSP/1 section 6). One row of ingest_lane per node, epoch and lane is the cursor:
-- it is locked first in every transaction that stores. Times are milliseconds since the epoch.
CREATE TABLE ingest_hub (
    tenant BIGINT NOT NULL,
    hub_epoch VARCHAR(40) NOT NULL,
    opened_ms BIGINT NOT NULL,
    CONSTRAINT ingest_hub_pk PRIMARY KEY (tenant)
);

CREATE TABLE ingest_node (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    hub_epoch VARCHAR(40) NOT NULL,
    rcpt_seq BIGINT NOT NULL,
    last_hash VARCHAR(64) NOT NULL,
    issued_ms BIGINT NOT NULL,
    CONSTRAINT ingest_node_pk PRIMARY KEY (tenant, node)
);

CREATE TABLE ingest_receipt (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    hub_epoch VARCHAR(40) NOT NULL,
    rcpt_seq BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT ingest_receipt_pk PRIMARY KEY (tenant, node, hub_epoch, rcpt_seq)
);

-- ranges: those stored beyond a gap, 80 bytes each: first, last, previous hash, last hash.
CREATE TABLE ingest_lane (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    node VARCHAR(32) NOT NULL,
    epoch VARCHAR(32) NOT NULL,
    lane VARCHAR(3) NOT NULL,
    ack_seq BIGINT NOT NULL,
    ack_hash VARCHAR(64) NOT NULL,
    r2_seq BIGINT NOT NULL,
    applied_seq BIGINT NOT NULL,
    forked BOOLEAN NOT NULL,
    ranges VARCHAR(8192) FOR BIT DATA NOT NULL,
    changed_ms BIGINT NOT NULL,
    CONSTRAINT ingest_lane_pk PRIMARY KEY (tenant, id),
    CONSTRAINT ingest_lane_once UNIQUE (tenant, node, epoch, lane)
);

-- Unique (tenant, node, epoch, lane, seq): the lane's id stands for the middle three.
CREATE TABLE ingest_record (
    tenant BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    ledger_position BIGINT NOT NULL,
    salt VARCHAR(16) FOR BIT DATA NOT NULL,
    prev_hash VARCHAR(32) FOR BIT DATA NOT NULL,
    hash VARCHAR(32) FOR BIT DATA NOT NULL,
    json BLOB(64K) NOT NULL,
    stored_ms BIGINT NOT NULL,
    CONSTRAINT ingest_record_pk PRIMARY KEY (tenant, lane, seq)
);

-- One row per process start of a node; parent is empty where a ledger begins.
CREATE TABLE ingest_epoch (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    epoch VARCHAR(32) NOT NULL,
    parent VARCHAR(32) NOT NULL,
    reason VARCHAR(200) NOT NULL,
    seen_ms BIGINT NOT NULL,
    CONSTRAINT ingest_epoch_pk PRIMARY KEY (tenant, node, epoch)
);
CREATE INDEX ingest_epoch_parent ON ingest_epoch (tenant, node, parent);

-- Refused things with their reasons: PARKED is authentic and waits for people, REJECTED is quarantine.
CREATE TABLE ingest_parked (
    tenant BIGINT NOT NULL,
    item VARCHAR(64) NOT NULL,
    status VARCHAR(10) NOT NULL,
    node VARCHAR(64) NOT NULL,
    reason VARCHAR(40) NOT NULL,
    detail VARCHAR(1000) NOT NULL,
    content BLOB(16M) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT ingest_parked_pk PRIMARY KEY (tenant, item)
);
CREATE INDEX ingest_parked_recent ON ingest_parked (tenant, at_ms);

CREATE TABLE ingest_blob (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    manifest BLOB(64K) NOT NULL,
    held VARCHAR(64) FOR BIT DATA NOT NULL,
    complete BOOLEAN NOT NULL,
    gone BOOLEAN NOT NULL,
    changed_ms BIGINT NOT NULL,
    CONSTRAINT ingest_blob_pk PRIMARY KEY (tenant, node, sha256)
);

-- What the hub's sync alarmed about, newest last; people confirm them.
CREATE TABLE ingest_alarm (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    code VARCHAR(30) NOT NULL,
    node VARCHAR(64) NOT NULL,
    detail VARCHAR(1000) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT ingest_alarm_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX ingest_alarm_recent ON ingest_alarm (tenant, at_ms);

-- Progress of each projection, and the records it could not apply.
CREATE TABLE ingest_projection (
    tenant BIGINT NOT NULL,
    projection VARCHAR(40) NOT NULL,
    lane BIGINT NOT NULL,
    applied_seq BIGINT NOT NULL,
    CONSTRAINT ingest_projection_pk PRIMARY KEY (tenant, projection, lane)
);

CREATE TABLE ingest_unapplied (
    tenant BIGINT NOT NULL,
    projection VARCHAR(40) NOT NULL,
    lane BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT ingest_unapplied_pk PRIMARY KEY (tenant, projection, lane, seq)
);
