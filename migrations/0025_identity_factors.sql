-- Second factors: what a person proves besides the password, the ticket they hold between the two, and the keys under
-- which a person's secrets are sealed. People are above stores, so only the system role touches any of it.

-- The people that the demonstration prints with their password. The mark frees from a second factor, and only while
-- every store they work in is a demonstration store; the demonstration's founding is the only one that sets it.
alter table person add column demo boolean not null default false;
grant update (demo) on person to autolytiq_system;

create table person_key (
    person_id uuid primary key references person (id),
    -- Which master key wraps it; rotation re-wraps and changes this.
    master_key_id text not null,
    wrapped bytea not null,
    created_at timestamptz not null
);
comment on table person_key is 'Wrapped data keys, one per person who has something to seal.';
call app.protect_system_table('person_key', 'select, insert, update (master_key_id, wrapped)');

create table factor (
    id uuid primary key,
    person_id uuid not null references person (id),
    kind text not null check (kind in ('totp', 'passkey', 'email')),
    -- As the person calls it.
    name text not null check (char_length(name) between 1 and 60),
    -- An authenticator app's secret, sealed under the person's key.
    secret bytea,
    -- The last time step a code was accepted for: neither it nor an earlier one is accepted again.
    last_step bigint,
    -- A passkey's id, public key and counter.
    credential bytea unique check (octet_length(credential) between 16 and 1023),
    public_key bytea,
    counter bigint check (counter between 0 and 4294967295),
    created_at timestamptz not null,
    -- Set by the first proof; until then it counts for nothing.
    confirmed_at timestamptz,
    last_used_at timestamptz,
    check ((kind = 'totp') = (secret is not null)),
    check ((kind = 'passkey') = (credential is not null)),
    check ((kind = 'passkey') = (public_key is not null and counter is not null))
);
comment on table factor is 'Second factors of people.';
create index factor_by_person on factor (person_id);
call app.protect_system_table('factor', 'select, insert, update (name, last_step, counter, confirmed_at, last_used_at), delete');

create table recovery_code (
    -- SHA-256 of 80 random bits and the person.
    digest bytea primary key check (octet_length(digest) = 32),
    person_id uuid not null references person (id),
    created_at timestamptz not null,
    used_at timestamptz
);
comment on table recovery_code is 'Single-use codes for who has lost every other factor.';
create index recovery_code_by_person on recovery_code (person_id);
call app.protect_system_table('recovery_code', 'select, insert, update (used_at), delete');

create table sign_in_ticket (
    -- SHA-256 of the ticket.
    digest bytea primary key check (octet_length(digest) = 32),
    person_id uuid not null references person (id),
    -- What was proved first: the password, or the name of the outside provider that vouched.
    first_step text not null check (char_length(first_step) between 1 and 80),
    factor_done boolean not null default false,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
comment on table sign_in_ticket is 'Log-ins that are not finished: who, and which steps they have done.';
call app.protect_system_table('sign_in_ticket', 'select, insert, update (factor_done), delete');

create table factor_challenge (
    -- SHA-256 of the ticket or of the session it was given to.
    holder bytea not null check (octet_length(holder) = 32),
    kind text not null check (kind in ('passkey', 'passkey_enrolment', 'email', 'sms')),
    person_id uuid not null references person (id),
    -- What the answer is compared with, sealed under the person's key.
    content bytea not null,
    expires_at timestamptz not null,
    primary key (holder, kind)
);
comment on table factor_challenge is 'What was sent or shown and waits for its answer; good once.';
call app.protect_system_table('factor_challenge', 'select, insert, update, delete');

-- When the person last proved who they are in this session, for acts that ask for a recent proof.
alter table session add column confirmed_at timestamptz;
grant update (confirmed_at) on session to autolytiq_system;
alter table session drop constraint session_ended_because_check;
alter table session add constraint session_ended_because_check check (ended_because in (
    'signed_out', 'signed_out_everywhere', 'refresh_reused', 'ended_elsewhere', 'store_signed_out', 'idle', 'too_old',
    'password_changed', 'factor_changed', 'deactivated'));
