-- A candidate's access to the portal (domain, sections 3 and 7). No row: never opened.
CREATE TABLE portal_account (
    tenant BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    password_hash VARCHAR(200) NOT NULL,
    failures INTEGER NOT NULL,
    locked_ms BIGINT NOT NULL,
    disabled BOOLEAN NOT NULL,
    must_change BOOLEAN NOT NULL,
    opened_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    CONSTRAINT portal_account_pk PRIMARY KEY (tenant, candidate),
    CONSTRAINT portal_account_candidate FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);

-- The code of a forgotten password on its way by message; sent_count counts since day_ms.
CREATE TABLE portal_recovery (
    tenant BIGINT NOT NULL,
    candidate BIGINT NOT NULL,
    code_mac VARCHAR(64) NOT NULL,
    sent_ms BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    day_ms BIGINT NOT NULL,
    sent_count INTEGER NOT NULL,
    CONSTRAINT portal_recovery_pk PRIMARY KEY (tenant, candidate),
    CONSTRAINT portal_recovery_candidate FOREIGN KEY (tenant, candidate)
        REFERENCES candidate (tenant, id)
);
