-- API keys of people and of service accounts. A key acts as its owner in one store, within the permissions it was made
-- with; what the owner may no longer do, the key may not do either.

create table service_account (
    dealership_id uuid not null,
    person_id uuid not null,
    purpose text not null check (char_length(purpose) between 1 and 240),
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (dealership_id, person_id),
    foreign key (dealership_id, person_id) references membership (dealership_id, person_id),
    foreign key (dealership_id, created_by) references membership (dealership_id, person_id)
);
comment on table service_account is 'Members of a store that are programs: they have API keys and never a password.';
call app.protect_tenant_table('service_account', 'select, insert');
call app.grant_system('service_account', 'select');

create table api_key (
    dealership_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    name text not null check (char_length(name) between 1 and 120),
    -- SHA-256 of the secret part. 256 random bits need no salt.
    digest bytea not null check (octet_length(digest) = 32),
    -- Ids of permissions.
    scopes text[] not null check (cardinality(scopes) between 1 and 128),
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    last_used_at timestamptz,
    last_used_from inet,
    revoked_at timestamptz,
    revoked_by uuid,
    reminded_at timestamptz,
    primary key (dealership_id, id),
    foreign key (dealership_id, person_id) references membership (dealership_id, person_id),
    foreign key (dealership_id, created_by) references membership (dealership_id, person_id),
    check ((revoked_at is null) = (revoked_by is null))
);
comment on table api_key is 'API keys by the hashes of their secrets.';
create index api_key_to_remind on api_key (expires_at) where revoked_at is null and reminded_at is null;
-- Found by its id before any store is known; of the owner, for the list.
create index api_key_by_id on api_key (id);
create index api_key_by_owner on api_key (dealership_id, person_id, created_at);
call app.protect_tenant_table('api_key', 'select, insert, update (revoked_at, revoked_by, reminded_at)');
call app.grant_system('api_key', 'select, update (last_used_at, last_used_from)');
