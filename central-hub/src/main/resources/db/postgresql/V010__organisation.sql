-- Whose data it is: a tenant holds organisations; a staff account names the one it acts for.
CREATE TABLE tenant (
    id BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    CONSTRAINT tenant_pk PRIMARY KEY (id)
);

-- Next free number per tenant and purpose, so that a bulk import takes a block of ids at once.
CREATE TABLE number_block (
    tenant BIGINT NOT NULL,
    name VARCHAR(60) NOT NULL,
    next_value BIGINT NOT NULL,
    CONSTRAINT number_block_pk PRIMARY KEY (tenant, name)
);

CREATE TABLE organisation (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind VARCHAR(20) NOT NULL,
    code VARCHAR(20) NOT NULL,
    name VARCHAR(200) NOT NULL,
    region VARCHAR(100) NOT NULL,
    CONSTRAINT organisation_pk PRIMARY KEY (tenant, id),
    CONSTRAINT organisation_code UNIQUE (tenant, code),
    CONSTRAINT organisation_name UNIQUE (tenant, name),
    CONSTRAINT organisation_tenant FOREIGN KEY (tenant) REFERENCES tenant (id)
);
