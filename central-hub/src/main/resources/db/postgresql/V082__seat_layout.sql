-- Seat layout: which seats are broken, which suit a wheelchair; who needs one (domain, section 7).
ALTER TABLE room ADD COLUMN broken_seats VARCHAR(2000) NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN accessible_seats VARCHAR(2000) NOT NULL DEFAULT '';
ALTER TABLE sitting ADD COLUMN accessible BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE arrangement_run ADD COLUMN strategy VARCHAR(30) NOT NULL DEFAULT 'RANDOM';
ALTER TABLE arrangement_run ADD COLUMN same_school_neighbours INTEGER NOT NULL DEFAULT 0;
