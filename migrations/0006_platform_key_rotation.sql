-- Bringing data keys under a new master key: how far it is, so that a restart goes on where it was.

create table key_rotation (
    id uuid primary key,
    -- The master key that takes over.
    master_key_id text not null,
    started_at timestamptz not null,
    -- Data keys that stood under another one when it began, and those that were brought over since.
    total bigint not null check (total >= 0),
    done bigint not null default 0 check (done >= 0),
    updated_at timestamptz not null,
    finished_at timestamptz,
    -- Why the last attempt stopped; empty while all is well.
    failure text
);
comment on table key_rotation is 'Rotations of the master key with their progress. Holds no key.';
-- One is under way at a time.
create unique index key_rotation_open on key_rotation ((finished_at is null)) where finished_at is null;
call app.protect_system_table('key_rotation', 'select, insert, update');

-- Finds the keys that are not under a given master key without reading those that are.
create index subject_key_by_master on subject_key (master_key_id);
