-- The fact itself and its place in the node's ledger: what the room said beyond words, and what
-- shows that an extra candidate was there. Empty for changes recorded before.
ALTER TABLE late_change ADD COLUMN epoch VARCHAR(32) DEFAULT '' NOT NULL;
ALTER TABLE late_change ADD COLUMN lane VARCHAR(8) DEFAULT '' NOT NULL;
ALTER TABLE late_change ADD COLUMN seq BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE late_change ADD COLUMN position_no BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE late_change ADD COLUMN body BLOB(64K);
