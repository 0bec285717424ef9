-- Groups, stores, people and memberships.
--
-- A person is global and is known here by an address and a password hash only; what a store knows of them, name and
-- role, is its membership. So a store never reads a person's row, and cannot tell whether an address has an account
-- elsewhere.

create table dealer_group (
    id uuid primary key,
    name text not null check (char_length(name) between 1 and 120),
    created_at timestamptz not null
);
comment on table dealer_group is 'A dealer group: the owner of one or several stores.';
call app.protect_system_table('dealer_group', 'select, insert');

create table dealership (
    dealership_id uuid primary key,
    group_id uuid not null references dealer_group (id),
    name text not null check (char_length(name) between 1 and 120),
    time_zone text not null check (char_length(time_zone) between 1 and 64),
    -- US dollars only, for now; here and in the money crate, nowhere else.
    currency text not null default 'USD' check (currency = 'USD'),
    state text not null check (state ~ '^[A-Z]{2}$'),
    county text check (char_length(county) between 1 and 80),
    city text check (char_length(city) between 1 and 80),
    zip text check (zip ~ '^[0-9]{5}(-[0-9]{4})?$'),
    street text check (char_length(street) between 1 and 200),
    -- A demonstration store: marked on every page, and never a place for real customers.
    demo boolean not null default false,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dealership is 'A store. Its own id is the tenant''s.';
create index dealership_by_group on dealership (group_id);
call app.protect_tenant_table('dealership', 'select');
call app.grant_system('dealership', 'select, insert');

create table person (
    id uuid primary key,
    email text not null unique check (email = lower(email) and char_length(email) <= 254),
    -- PHC string, Argon2id.
    password_hash text not null check (password_hash like '$argon2id$%'),
    password_set_at timestamptz not null,
    created_at timestamptz not null
);
comment on table person is 'A person who signs in. Global: the same person may work in several stores.';
call app.protect_system_table('person', 'select, insert');

create table membership (
    dealership_id uuid not null references dealership (dealership_id),
    person_id uuid not null references person (id),
    -- As this store calls the person, and the address it gave access to.
    name text not null check (char_length(name) between 1 and 120),
    email text not null check (email = lower(email) and char_length(email) <= 254),
    role text not null check (role in ('salesperson', 'sales_manager', 'fni_manager', 'administrator')),
    active boolean not null default true,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (dealership_id, person_id)
);
comment on table membership is 'A person''s role in a store. Never deleted: the history names people who left.';
create index membership_by_person on membership (person_id);
create index membership_in_order on membership (dealership_id, name, person_id);
call app.protect_tenant_table('membership', 'select, insert, update');
call app.grant_system('membership', 'select, insert');

