-- What a message holds: codes and passwords are not everybody's to read. Older ones count as secret.
ALTER TABLE outbox_message ADD COLUMN kind VARCHAR(20) DEFAULT 'PASSWORD' NOT NULL;

-- A candidate's mail address; empty when not given.
ALTER TABLE candidate ADD COLUMN mail VARCHAR(200) DEFAULT '' NOT NULL;
