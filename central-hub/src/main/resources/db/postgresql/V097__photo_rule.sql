-- What portraits must look like (source 002 section 4: 照片底色：红色); without a row: red.
CREATE TABLE photo_rule (
    tenant BIGINT NOT NULL,
    background VARCHAR(20) NOT NULL,
    CONSTRAINT photo_rule_pk PRIMARY KEY (tenant)
);

-- What is to be known of an import beside its rows: a code, or nothing.
ALTER TABLE import_record ADD COLUMN remark VARCHAR(60) DEFAULT '' NOT NULL;
