-- Sessions, refresh tokens, failed log-ins, and the changes that end what is cached of them. All of it lies before or
-- above stores, so only the system role touches it.

create table session (
    id uuid primary key,
    person_id uuid not null references person (id),
    -- The store the session acts for; a refresh continues there.
    dealership_id uuid not null references dealership (dealership_id),
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    user_agent text check (char_length(user_agent) <= 400),
    address inet,
    ended_at timestamptz,
    ended_because text check (ended_because in ('signed_out', 'signed_out_everywhere', 'refresh_reused')),
    check ((ended_at is null) = (ended_because is null))
);
comment on table session is 'One log-in on one device: the family of its refresh tokens.';
create index session_live_by_person on session (person_id) where ended_at is null;
call app.protect_system_table('session', 'select, insert, update (dealership_id, last_used_at, ended_at, ended_because), delete');

create table refresh_token (
    -- SHA-256 of the token.
    digest bytea primary key check (octet_length(digest) = 32),
    session_id uuid not null references session (id) on delete cascade,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    -- When it was exchanged, and for which token. One that was exchanged and is seen again was stolen or repeated.
    used_at timestamptz,
    successor bytea check (octet_length(successor) = 32),
    check ((used_at is null) = (successor is null))
);
comment on table refresh_token is 'Refresh tokens by their hashes; a session has at most one that was not used.';
create index refresh_token_by_session on refresh_token (session_id);
create unique index refresh_token_live on refresh_token (session_id) where used_at is null;
call app.protect_system_table('refresh_token', 'select, insert, update (used_at, successor), delete');

create table sign_in_failure (
    -- SHA-256 of what was typed as the address: the same for accounts that exist and those that do not.
    account bytea primary key check (octet_length(account) = 32),
    failures integer not null check (failures >= 0),
    window_ends_at timestamptz not null,
    locked_until timestamptz
);
comment on table sign_in_failure is 'Failed log-ins by account in the current window, and the locks they led to.';
call app.protect_system_table('sign_in_failure', 'select, insert, update, delete');

-- Whoever changes what a session may do takes the next revision in the same transaction. The counter's row stays locked
-- until the commit, so revisions become visible in order and a reader who has seen one has seen all before it. Such
-- changes are rare and short; that they queue costs nothing.
create table identity_revision (
    singleton boolean primary key default true check (singleton),
    revision bigint not null
);
comment on table identity_revision is 'The last revision of identity_change.';
insert into identity_revision (revision) values (0);
call app.protect_system_table('identity_revision', 'select, update');

create table identity_change (
    revision bigint primary key,
    person_id uuid not null,
    changed_at timestamptz not null
);
comment on table identity_change is 'People whose sessions or memberships changed, for the caches of every process.';
call app.protect_system_table('identity_change', 'select, insert, delete');
