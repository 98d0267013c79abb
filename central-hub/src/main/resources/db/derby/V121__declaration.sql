-- Yearly approval of a school's certificates by the provincial department (source 002; domain, sections 1 and 2).
INSERT INTO number_block (tenant, name, next_value) SELECT id, 'DECLARATION', 1 FROM tenant;

-- The years a department has opened, with the window in which schools declare.
CREATE TABLE declaration_year (
    tenant BIGINT NOT NULL,
    province BIGINT NOT NULL,
    year_of INTEGER NOT NULL,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT NOT NULL,
    CONSTRAINT declaration_year_pk PRIMARY KEY (tenant, province, year_of),
    CONSTRAINT declaration_year_province FOREIGN KEY (tenant, province)
        REFERENCES organisation (tenant, id)
);

CREATE TABLE declaration (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    year_of INTEGER NOT NULL,
    certificate VARCHAR(40) NOT NULL,
    name VARCHAR(200) NOT NULL,
    majors VARCHAR(1000) NOT NULL,
    candidates INTEGER NOT NULL,
    statement VARCHAR(4000) NOT NULL,
    state VARCHAR(20) NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT declaration_pk PRIMARY KEY (tenant, id),
    CONSTRAINT declaration_once UNIQUE (tenant, school, year_of, certificate),
    CONSTRAINT declaration_school FOREIGN KEY (tenant, school)
        REFERENCES organisation (tenant, id)
);

CREATE TABLE declaration_event (
    tenant BIGINT NOT NULL,
    declaration BIGINT NOT NULL,
    number INTEGER NOT NULL,
    step VARCHAR(20) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    CONSTRAINT declaration_event_pk PRIMARY KEY (tenant, declaration, number),
    CONSTRAINT declaration_event_of FOREIGN KEY (tenant, declaration)
        REFERENCES declaration (tenant, id) ON DELETE CASCADE
);
