-- Exam packages: one per slot and node (XSP/1 section 8). Times are milliseconds; 0 means "not".
CREATE TABLE exam_package (
    tenant BIGINT NOT NULL,
    exam VARCHAR(40) NOT NULL,
    plan BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    site BIGINT NOT NULL,
    node VARCHAR(32) NOT NULL,
    starts_ms BIGINT NOT NULL,
    ends_ms BIGINT NOT NULL,
    secrets VARCHAR(4000) FOR BIT DATA NOT NULL,
    version BIGINT NOT NULL,
    digest VARCHAR(64) NOT NULL,
    manifest BLOB(8M) NOT NULL,
    sittings INTEGER NOT NULL,
    published_ms BIGINT NOT NULL,
    published_by VARCHAR(100) NOT NULL,
    fetched_version BIGINT NOT NULL,
    active_version BIGINT NOT NULL,
    release_ms BIGINT NOT NULL,
    sent_ms BIGINT NOT NULL,
    opened_ms BIGINT NOT NULL,
    opened_how VARCHAR(40) NOT NULL,
    CONSTRAINT exam_package_pk PRIMARY KEY (tenant, exam),
    CONSTRAINT exam_package_once UNIQUE (tenant, slot, node)
);
CREATE INDEX exam_package_of_node ON exam_package (tenant, node);
CREATE INDEX exam_package_of_plan ON exam_package (tenant, plan);

-- Parts of the published version; source is the digest of what was sealed, so that a part that did
-- not change keeps its bytes and need not travel again.
CREATE TABLE exam_package_part (
    tenant BIGINT NOT NULL,
    exam VARCHAR(40) NOT NULL,
    name VARCHAR(160) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    bytes BIGINT NOT NULL,
    source VARCHAR(64) NOT NULL,
    CONSTRAINT exam_package_part_pk PRIMARY KEY (tenant, exam, name)
);
CREATE INDEX exam_package_part_sha ON exam_package_part (tenant, sha256);

CREATE TABLE exam_release_approval (
    tenant BIGINT NOT NULL,
    exam VARCHAR(40) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT exam_release_approval_pk PRIMARY KEY (tenant, exam, login)
);

-- Every look at a release code.
CREATE TABLE exam_code_look (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    exam VARCHAR(40) NOT NULL,
    login VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    CONSTRAINT exam_code_look_pk PRIMARY KEY (tenant, id)
);

-- Accounts of proctors and technicians in the rooms of a site; they work on nodes only.
CREATE TABLE exam_staff (
    tenant BIGINT NOT NULL,
    site BIGINT NOT NULL,
    login VARCHAR(64) NOT NULL,
    name VARCHAR(100) NOT NULL,
    role VARCHAR(20) NOT NULL,
    password_hash VARCHAR(200) NOT NULL,
    disabled BOOLEAN NOT NULL,
    CONSTRAINT exam_staff_pk PRIMARY KEY (tenant, login)
);
CREATE INDEX exam_staff_of_site ON exam_staff (tenant, site);
