-- The second factor at the login (domain, section 17; RFC 6238). The secret is encrypted under the hub's data key.
CREATE TABLE second_factor (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    secret VARCHAR(200) NOT NULL,
    confirmed BOOLEAN NOT NULL,
    last_step BIGINT NOT NULL,
    failures INTEGER NOT NULL,
    CONSTRAINT second_factor_pk PRIMARY KEY (tenant, account)
);

-- SHA-256 of each unused recovery code.
CREATE TABLE second_factor_recovery (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    digest VARCHAR(64) NOT NULL,
    CONSTRAINT second_factor_recovery_pk PRIMARY KEY (tenant, account, digest)
);

-- Roles of which one is demanded.
CREATE TABLE second_factor_role (
    tenant BIGINT NOT NULL,
    role_code VARCHAR(40) NOT NULL,
    CONSTRAINT second_factor_role_pk PRIMARY KEY (tenant, role_code)
);
