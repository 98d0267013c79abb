-- which node's package holds a sitting: two nodes never hold one at the same time
CREATE TABLE sitting_holder (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    exam VARCHAR(60) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT sitting_holder_pk PRIMARY KEY (tenant, sitting)
);
