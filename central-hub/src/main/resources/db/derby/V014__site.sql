-- Sites and their rooms (domain, section 4). A site is lasting; a room is set up for a plan.
CREATE TABLE site (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    region VARCHAR(100) NOT NULL,
    address VARCHAR(300) NOT NULL,
    contact VARCHAR(100) NOT NULL,
    phone VARCHAR(30) NOT NULL,
    approval VARCHAR(20) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    CONSTRAINT site_pk PRIMARY KEY (tenant, id),
    CONSTRAINT site_name UNIQUE (tenant, name),
    CONSTRAINT site_school FOREIGN KEY (tenant, school) REFERENCES organisation (tenant, id)
);

CREATE TABLE room (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    site BIGINT NOT NULL,
    name VARCHAR(100) NOT NULL,
    types VARCHAR(200) NOT NULL,
    seats INTEGER NOT NULL,
    seat_columns INTEGER NOT NULL,
    address VARCHAR(300) NOT NULL,
    CONSTRAINT room_pk PRIMARY KEY (tenant, id),
    CONSTRAINT room_name UNIQUE (tenant, plan, site, name),
    CONSTRAINT room_plan FOREIGN KEY (tenant, plan) REFERENCES exam_plan (tenant, id),
    CONSTRAINT room_site FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);

CREATE TABLE room_level (
    tenant BIGINT NOT NULL,
    room BIGINT NOT NULL,
    plan_level BIGINT NOT NULL,
    CONSTRAINT room_level_pk PRIMARY KEY (tenant, room, plan_level),
    CONSTRAINT room_level_room FOREIGN KEY (tenant, room) REFERENCES room (tenant, id),
    CONSTRAINT room_level_level FOREIGN KEY (tenant, plan_level) REFERENCES plan_level (tenant, id)
);
