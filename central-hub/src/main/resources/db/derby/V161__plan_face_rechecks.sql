-- face checks while the test is on: minutes between them, 0 for none, and after leaving the page
ALTER TABLE exam_plan ADD COLUMN recheck_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exam_plan ADD COLUMN recheck_on_return BOOLEAN NOT NULL DEFAULT FALSE;
