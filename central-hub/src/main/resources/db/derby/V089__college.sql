-- Colleges of host schools and their classes (domain, section 1). parent 0: of no other
-- organisation. college 0: the school looks after the class itself.
ALTER TABLE organisation ADD COLUMN parent BIGINT DEFAULT 0 NOT NULL;
CREATE INDEX organisation_parent ON organisation (tenant, parent);
ALTER TABLE teaching_class ADD COLUMN college BIGINT DEFAULT 0 NOT NULL;
