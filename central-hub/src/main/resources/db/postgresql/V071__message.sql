-- Messages to people, until they are sent (issue 4, part 1). The body is erased when it was sent.
CREATE TABLE outbox_message (
    tenant BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    organisation BIGINT NOT NULL,
    channel VARCHAR(10) NOT NULL,
    recipient VARCHAR(200) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    body VARCHAR(4000) NOT NULL,
    state VARCHAR(20) NOT NULL,
    attempts INTEGER NOT NULL,
    created_ms BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    sent_ms BIGINT NOT NULL,
    problem VARCHAR(300) NOT NULL,
    CONSTRAINT outbox_message_pk PRIMARY KEY (id)
);
CREATE INDEX outbox_message_due ON outbox_message (state, channel, next_ms);
CREATE INDEX outbox_message_own ON outbox_message (tenant, organisation, id);

-- Under which address a member of staff is reached; the account itself is the appliance's.
CREATE TABLE staff_contact (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    mail VARCHAR(200) NOT NULL,
    mobile VARCHAR(20) NOT NULL,
    CONSTRAINT staff_contact_pk PRIMARY KEY (tenant, account)
);
