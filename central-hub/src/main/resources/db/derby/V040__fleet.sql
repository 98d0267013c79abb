-- Site nodes, their keys and certificates, and the claim codes by which they came (XSP/1 section 10).
-- Times are milliseconds since the epoch; 0 means "not".
CREATE TABLE fleet_claim (
    tenant BIGINT NOT NULL,
    claim VARCHAR(16) NOT NULL,
    proof_key VARCHAR(32) FOR BIT DATA NOT NULL,
    node VARCHAR(32) NOT NULL,
    site BIGINT NOT NULL,
    site_name VARCHAR(128) NOT NULL,
    rooms VARCHAR(4000) NOT NULL,
    login VARCHAR(100) NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT NOT NULL,
    used_request VARCHAR(64) NOT NULL,
    CONSTRAINT fleet_claim_pk PRIMARY KEY (tenant, claim)
);
CREATE INDEX fleet_claim_recent ON fleet_claim (tenant, created_ms);

CREATE TABLE fleet_node (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    site BIGINT NOT NULL,
    site_name VARCHAR(128) NOT NULL,
    rooms VARCHAR(4000) NOT NULL,
    record_key VARCHAR(64) NOT NULL,
    seal_key VARCHAR(64) NOT NULL,
    lan_names VARCHAR(4500) NOT NULL,
    software VARCHAR(100) NOT NULL,
    enrolled_ms BIGINT NOT NULL,
    last_seen_ms BIGINT NOT NULL,
    connected BOOLEAN NOT NULL,
    revoked_ms BIGINT NOT NULL,
    revoked_by VARCHAR(100) NOT NULL,
    revoke_reason VARCHAR(1000) NOT NULL,
    CONSTRAINT fleet_node_pk PRIMARY KEY (tenant, node)
);
CREATE INDEX fleet_node_of_site ON fleet_node (tenant, site);

-- Every key a node ever signed with: old bundles stay verifiable after a new enrolment.
CREATE TABLE fleet_node_key (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    key_id VARCHAR(64) NOT NULL,
    public_key VARCHAR(64) NOT NULL,
    from_ms BIGINT NOT NULL,
    revoked_ms BIGINT NOT NULL,
    CONSTRAINT fleet_node_key_pk PRIMARY KEY (tenant, node, key_id)
);

-- Up to where a revoked key still counts, per epoch and lane, as stored when it was revoked.
CREATE TABLE fleet_valid_through (
    tenant BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    key_id VARCHAR(64) NOT NULL,
    epoch VARCHAR(32) NOT NULL,
    lane VARCHAR(3) NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT fleet_valid_through_pk PRIMARY KEY (tenant, node, key_id, epoch, lane)
);

CREATE TABLE fleet_certificate (
    tenant BIGINT NOT NULL,
    serial VARCHAR(64) NOT NULL,
    node VARCHAR(32) NOT NULL,
    purpose VARCHAR(20) NOT NULL,
    issued_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    revoked_ms BIGINT NOT NULL,
    CONSTRAINT fleet_certificate_pk PRIMARY KEY (tenant, serial)
);
CREATE INDEX fleet_certificate_of_node ON fleet_certificate (tenant, node);
