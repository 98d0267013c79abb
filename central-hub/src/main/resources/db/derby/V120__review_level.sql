-- who decided: a level may be overruled by itself and by those above it (domain, section 12)
ALTER TABLE review_decision ADD COLUMN review_level VARCHAR(20) DEFAULT 'BODY' NOT NULL;
