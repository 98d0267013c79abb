-- What a certificate says, as it stood when its record was made: later changes of a candidate's
-- data do not change a certificate that exists.
CREATE TABLE certificate_face (
    tenant BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    holder VARCHAR(100) NOT NULL,
    id_number VARCHAR(18) NOT NULL,
    gender VARCHAR(10) NOT NULL,
    photo VARCHAR(64) NOT NULL,
    certificate_name VARCHAR(200) NOT NULL,
    level_name VARCHAR(20) NOT NULL,
    issuer VARCHAR(200) NOT NULL,
    site_name VARCHAR(200) NOT NULL,
    exam_day BIGINT NOT NULL,
    zone VARCHAR(60) NOT NULL,
    CONSTRAINT certificate_face_pk PRIMARY KEY (tenant, registration)
);
