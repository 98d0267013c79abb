-- Candidates and their photos (domain, section 3). Empty text means "not given".
CREATE TABLE photo (
    tenant BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT photo_pk PRIMARY KEY (tenant, sha256)
);

CREATE TABLE candidate (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    number VARCHAR(32) NOT NULL,
    name VARCHAR(100) NOT NULL,
    pinyin VARCHAR(200) NOT NULL,
    id_number VARCHAR(18) NOT NULL,
    gender VARCHAR(10) NOT NULL,
    mobile VARCHAR(20) NOT NULL,
    major VARCHAR(200) NOT NULL,
    programme_level VARCHAR(60) NOT NULL,
    enrolment_year INTEGER NOT NULL,
    candidate_type VARCHAR(60) NOT NULL,
    photo VARCHAR(64) NOT NULL,
    photo_source VARCHAR(64) NOT NULL,
    CONSTRAINT candidate_pk PRIMARY KEY (tenant, id),
    CONSTRAINT candidate_number UNIQUE (tenant, number),
    CONSTRAINT candidate_id_number UNIQUE (tenant, id_number),
    CONSTRAINT candidate_school FOREIGN KEY (tenant, school) REFERENCES organisation (tenant, id)
);
CREATE INDEX candidate_of_school ON candidate (tenant, school, name);
