-- What happened in the room, projected from the ledger (package room.history).
create table room_history (
    position bigint not null primary key,
    exam varchar(40) not null,
    sitting bigint not null,
    fact_type varchar(60) not null,
    at_millis bigint not null,
    author varchar(200) not null,
    detail varchar(2000) not null
);
create index room_history_exam on room_history (exam, sitting, position);
create table room_history_mark (
    id integer not null primary key,
    applied bigint not null,
    head_hash varchar(64) not null
);
