-- Links in mails that stand for their receiver: each for one purpose, once, for a time.

create table account_link (
    dealership_id uuid not null,
    -- SHA-256 of the token in the link.
    digest bytea not null check (octet_length(digest) = 32),
    purpose text not null check (purpose in ('reset', 'invitation')),
    person_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (dealership_id, digest),
    foreign key (dealership_id, person_id) references membership (dealership_id, person_id)
);
comment on table account_link is 'Links that were sent to people, by their hashes; in the store that sent them.';
-- By the digest alone: whoever opens a link is in no store yet.
create index account_link_by_digest on account_link (digest);
create index account_link_by_person on account_link (dealership_id, person_id);
call app.protect_tenant_table('account_link', 'select, insert');
call app.grant_system('account_link', 'select, update (used_at), delete');

-- An address is confirmed when somebody came through a link that was sent to it. A password that somebody else chose, or
-- that nobody knows, is to be replaced by its owner.
alter table person add column email_verified_at timestamptz;
alter table person add column must_change boolean not null default false;
grant update (password_hash, password_set_at, email_verified_at, must_change) on person to autolytiq_system;

-- As before, but a person who is made here has a password that is not their own yet.
create or replace function identity_ensure_person(wanted uuid, address text, hash text, at timestamptz) returns uuid
language sql volatile security definer
set search_path = public, pg_temp
begin atomic
    insert into public.person (id, email, password_hash, password_set_at, created_at, must_change)
    select wanted, address, hash, at, at, true
    where app.acting() is not null
    on conflict (email) do nothing;
    select id from public.person where email = address and app.acting() is not null;
end;

-- A notice that something of an account changed is written where that happens: above the stores.
call app.grant_system('mail', 'insert');
grant select on identity_v_store to autolytiq_system;
