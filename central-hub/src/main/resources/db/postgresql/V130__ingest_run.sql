-- Records are stored as runs: one row for records that follow each other in a lane, as one bundle
-- brought them. The order of the columns in the key serves "from this number on".
-- content: u64 position, salt[16], u32 length, JSON for each record, deflated; hashes are computed
-- anew from prev_hash on and must end at head_hash.
CREATE TABLE ingest_run (
    tenant BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    seq_last BIGINT NOT NULL,
    seq_first BIGINT NOT NULL,
    prev_hash BYTEA NOT NULL,
    head_hash BYTEA NOT NULL,
    content BYTEA NOT NULL,
    stored_ms BIGINT NOT NULL,
    CONSTRAINT ingest_run_pk PRIMARY KEY (tenant, lane, seq_last)
);

-- There is no release before this table. Where records stand in the old one nevertheless, this
-- stops: a receipt speaks for them, and they must not vanish.
ALTER TABLE ingest_record ADD CONSTRAINT ingest_record_is_empty CHECK (seq < 0);
DROP TABLE ingest_record;
