-- What two people decide about a parked bundle (fault rows 48 to 50): one proposes, another decides.
-- state: OPEN, CONFIRMED, DECLINED; outcome: what ingest said when it was taken in.
CREATE TABLE bundle_review (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    item VARCHAR(64) NOT NULL,
    verdict VARCHAR(10) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    proposed_by VARCHAR(100) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    state VARCHAR(10) NOT NULL,
    decided_by VARCHAR(100) NOT NULL,
    note VARCHAR(500) NOT NULL,
    decided_ms BIGINT NOT NULL,
    outcome VARCHAR(80) NOT NULL,
    CONSTRAINT bundle_review_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX bundle_review_item ON bundle_review (tenant, item, id);
