-- Who changed, read or exported what (domain, section 17). Business transactions insert into the
-- inbox; the sealer moves entries into the log, numbered and chained (protocol, section 6).
CREATE TABLE audit_inbox (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at_ms BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    role_code VARCHAR(60) NOT NULL,
    organisation BIGINT NOT NULL,
    address VARCHAR(64) NOT NULL,
    action_name VARCHAR(20) NOT NULL,
    subject VARCHAR(40) NOT NULL,
    subject_key VARCHAR(100) NOT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    CONSTRAINT audit_inbox_pk PRIMARY KEY (id)
);

CREATE TABLE audit_entry (
    tenant BIGINT NOT NULL,
    number BIGINT NOT NULL,
    id BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    sealed_ms BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    login VARCHAR(100) NOT NULL,
    role_code VARCHAR(60) NOT NULL,
    organisation BIGINT NOT NULL,
    address VARCHAR(64) NOT NULL,
    action_name VARCHAR(20) NOT NULL,
    subject VARCHAR(40) NOT NULL,
    subject_key VARCHAR(100) NOT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    CONSTRAINT audit_entry_pk PRIMARY KEY (tenant, number)
);
CREATE INDEX audit_entry_subject ON audit_entry (tenant, subject, subject_key);
CREATE INDEX audit_entry_login ON audit_entry (tenant, login, number);

CREATE TABLE audit_seal (
    tenant BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    at_ms BIGINT NOT NULL,
    signature VARCHAR(128) NOT NULL,
    CONSTRAINT audit_seal_pk PRIMARY KEY (tenant, number)
);

CREATE TABLE audit_chain (
    tenant BIGINT NOT NULL,
    last_number BIGINT NOT NULL,
    last_hash VARCHAR(64) NOT NULL,
    CONSTRAINT audit_chain_pk PRIMARY KEY (tenant)
);

-- Which hub instance seals, and until when.
CREATE TABLE audit_lease (
    name VARCHAR(20) NOT NULL,
    holder VARCHAR(60) NOT NULL,
    until_ms BIGINT NOT NULL,
    CONSTRAINT audit_lease_pk PRIMARY KEY (name)
);
INSERT INTO audit_lease (name, holder, until_ms) VALUES ('sealer', '', 0);
