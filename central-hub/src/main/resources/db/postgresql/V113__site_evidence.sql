-- Evidence of an application for a site (其他佐证材料, source 002 section 5) and its review history.
CREATE TABLE site_file (
    tenant BIGINT NOT NULL,
    site BIGINT NOT NULL,
    number INTEGER NOT NULL,
    file_name VARCHAR(200) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    bytes INTEGER NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT site_file_pk PRIMARY KEY (tenant, site, number),
    CONSTRAINT site_file_of FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);

CREATE TABLE site_event (
    tenant BIGINT NOT NULL,
    site BIGINT NOT NULL,
    number INTEGER NOT NULL,
    step VARCHAR(20) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    CONSTRAINT site_event_pk PRIMARY KEY (tenant, site, number),
    CONSTRAINT site_event_of FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);
