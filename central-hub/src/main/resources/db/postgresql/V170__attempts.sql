-- how often one may sit, and which attempt counts
ALTER TABLE exam_plan ADD COLUMN attempts_allowed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE exam_plan ADD COLUMN attempts_counting VARCHAR(10) NOT NULL DEFAULT 'HIGHEST';
-- what was called "never" meant "not in the room": published scores were shown
UPDATE exam_plan SET result_visibility = 'AT_PUBLICITY' WHERE result_visibility = 'NEVER';
-- a later attempt carries its place above the 48 bits of its sitting
ALTER TABLE attempt ADD COLUMN of_sitting BIGINT
    GENERATED ALWAYS AS (MOD(sitting, 281474976710656)) STORED;
CREATE INDEX attempt_of_sitting ON attempt (tenant, of_sitting);
ALTER TABLE objective_mark ADD COLUMN of_sitting BIGINT
    GENERATED ALWAYS AS (MOD(sitting, 281474976710656)) STORED;
CREATE INDEX objective_mark_of_sitting ON objective_mark (tenant, of_sitting);
ALTER TABLE text_mark ADD COLUMN of_sitting BIGINT
    GENERATED ALWAYS AS (MOD(sitting, 281474976710656)) STORED;
CREATE INDEX text_mark_of_sitting ON text_mark (tenant, of_sitting);
ALTER TABLE score_alarm ADD COLUMN of_sitting BIGINT
    GENERATED ALWAYS AS (MOD(sitting, 281474976710656)) STORED;
CREATE INDEX score_alarm_of_sitting ON score_alarm (tenant, of_sitting);
ALTER TABLE review_decision ADD COLUMN of_sitting BIGINT
    GENERATED ALWAYS AS (MOD(sitting, 281474976710656)) STORED;
CREATE INDEX review_decision_of_sitting ON review_decision (tenant, of_sitting);
