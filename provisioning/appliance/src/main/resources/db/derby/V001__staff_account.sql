-- Staff accounts of a tenant and their sessions (package account).
create table staff_account (
    tenant bigint not null,
    id bigint generated always as identity,
    login varchar(64) not null,
    name varchar(100) not null,
    roles varchar(1000) not null,
    organisation bigint,
    password_hash varchar(200) not null,
    failures integer not null,
    locked_at bigint,
    disabled boolean not null,
    must_change boolean not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (tenant, id),
    constraint staff_account_login unique (tenant, login)
);
create table web_session (
    id_hash varchar(64) not null primary key,
    tenant bigint not null,
    account bigint not null,
    content varchar(4000) not null,
    address varchar(64) not null,
    agent varchar(200) not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
);
create index web_session_account on web_session (tenant, account);
create index web_session_expiry on web_session (expires_at);
