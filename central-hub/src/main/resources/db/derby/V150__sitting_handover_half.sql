-- halves of the code by which a node without a line proves that it gave a sitting up; two people enter them
CREATE TABLE sitting_handover_half (
    tenant BIGINT NOT NULL,
    sitting BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    half INTEGER NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT sitting_handover_half_pk PRIMARY KEY (tenant, sitting, node, half)
);
