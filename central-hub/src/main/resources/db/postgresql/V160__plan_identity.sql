-- what a plan asks for before a sitting may start
ALTER TABLE exam_plan ADD COLUMN identity_check VARCHAR(20) NOT NULL DEFAULT 'OFF';
