-- Signing in with the identity of a store's own OpenID provider.

create table sso_connection (
    dealership_id uuid primary key references dealership (dealership_id),
    -- What the client secret is sealed for.
    id uuid not null,
    issuer text not null check (char_length(issuer) between 1 and 300),
    client_id text not null check (char_length(client_id) between 1 and 300),
    client_secret bytea,
    -- Hosts of e-mail addresses whose people the provider vouches for; no other address is accepted from it.
    hosts text[] not null check (cardinality(hosts) between 1 and 20),
    -- The claim that says what people are, and the roles of its values in the order in which they count.
    role_claim text check (char_length(role_claim) between 1 and 120),
    role_rules jsonb not null default '[]' check (jsonb_typeof(role_rules) = 'array'),
    -- The role of whom no rule fits; without it they are not let in.
    other_role jsonb check (jsonb_typeof(other_role) = 'object'),
    -- Whether those whom the provider can let in may use a password too.
    passwords boolean not null default true,
    -- Where a browser ends the session at the provider; from its discovery document.
    end_session_endpoint text check (char_length(end_session_endpoint) <= 600),
    active boolean not null,
    version bigint not null default 1,
    updated_at timestamptz not null
);
comment on table sso_connection is 'The OpenID provider of a store, and what is believed of what it says.';
create index sso_connection_by_host on sso_connection using gin (hosts) where active;
call app.protect_tenant_table('sso_connection', 'select, insert, update');
call app.grant_system('sso_connection', 'select');

create table sso_identity (
    dealership_id uuid not null,
    issuer text not null check (char_length(issuer) between 1 and 300),
    subject text not null check (char_length(subject) between 1 and 255),
    person_id uuid not null,
    linked_at timestamptz not null,
    primary key (dealership_id, issuer, subject),
    foreign key (dealership_id, person_id) references membership (dealership_id, person_id)
);
comment on table sso_identity is 'Who of a store is who at its provider.';
call app.protect_tenant_table('sso_identity', 'select, insert');

-- A sign-in on its way to the provider and back. Nonce and PKCE verifier are made of the two secrets of which only the
-- digests are here: one travels with the provider, the other stays in the browser.
create table sso_attempt (
    state bytea primary key check (octet_length(state) = 32),
    browser bytea not null check (octet_length(browser) = 32),
    dealership_id uuid not null references dealership (dealership_id),
    expires_at timestamptz not null
);
comment on table sso_attempt is 'Sign-ins that are at the provider.';
create index sso_attempt_by_end on sso_attempt (expires_at);
call app.protect_system_table('sso_attempt', 'select, insert, delete');

-- The store whose provider vouched for the session, to end it there too.
alter table session add column vouched_by uuid references dealership (dealership_id);
grant update (vouched_by) on session to autolytiq_system;
