-- until when phones check out, and whether handing in counts as leaving
ALTER TABLE exam_plan ADD COLUMN check_out_minutes INTEGER NOT NULL DEFAULT 15;
ALTER TABLE exam_plan ADD COLUMN hand_in_leaves BOOLEAN NOT NULL DEFAULT TRUE;
