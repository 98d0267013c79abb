-- The account that two officials opened at the node for the stand-in of a late change; empty for none.
ALTER TABLE late_change ADD COLUMN account VARCHAR(40) DEFAULT '' NOT NULL;
ALTER TABLE late_change ADD COLUMN witness VARCHAR(120) DEFAULT '' NOT NULL;
