-- People who ask for access themselves: only where the store has opened its door, only with a confirmed address, and only
-- when an administrator approves.

create table registration_door (
    dealership_id uuid primary key references dealership (dealership_id),
    open boolean not null,
    version bigint not null default 1,
    updated_at timestamptz not null
);
comment on table registration_door is 'Whether people may ask for access to a store themselves.';
call app.protect_tenant_table('registration_door', 'select, insert, update');
call app.grant_system('registration_door', 'select');

create table registration (
    dealership_id uuid not null references registration_door (dealership_id),
    id uuid not null,
    name text not null check (char_length(name) between 1 and 120),
    email text not null check (email = lower(email) and char_length(email) <= 254),
    -- SHA-256 of the token that confirms the address.
    digest bytea not null check (octet_length(digest) = 32),
    confirm_until timestamptz not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    decided_at timestamptz,
    -- known: the address works in the store already, so there was nothing to decide.
    decision text check (decision in ('approved', 'declined', 'known')),
    decided_by uuid,
    primary key (dealership_id, id),
    check ((decided_at is null) = (decision is null))
);
comment on table registration is 'Requests for access to a store.';
create index registration_by_digest on registration (digest);
create index registration_by_email on registration (dealership_id, email, created_at);
call app.protect_tenant_table('registration', 'select, insert, update');
call app.grant_system('registration', 'select, delete');
