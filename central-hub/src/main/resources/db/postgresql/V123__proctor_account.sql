-- Accounts of certified proctors for the room servers of the rooms to which they are assigned (domain, section 8).
CREATE TABLE proctor_account (
    tenant BIGINT NOT NULL,
    proctor BIGINT NOT NULL,
    login VARCHAR(64) NOT NULL,
    password_hash VARCHAR(200) NOT NULL,
    CONSTRAINT proctor_account_pk PRIMARY KEY (tenant, proctor),
    CONSTRAINT proctor_account_login UNIQUE (tenant, login),
    CONSTRAINT proctor_account_of FOREIGN KEY (tenant, proctor)
        REFERENCES proctor (tenant, id) ON DELETE CASCADE
);
