-- What a store's administrator may do to things above the store, each as a function that takes no more than it needs,
-- so that the change, its audit entry and its revision are one transaction of the store.

-- The person with this address; made with the given id and password hash if there is none. An existing person keeps
-- their own password: a store gives access, it does not take over an account.
create function identity_ensure_person(wanted uuid, address text, hash text, at timestamptz) returns uuid
language sql volatile security definer
set search_path = public, pg_temp
begin atomic
    insert into public.person (id, email, password_hash, password_set_at, created_at)
    select wanted, address, hash, at, at
    where app.acting() is not null
    on conflict (email) do nothing;
    select id from public.person where email = address and app.acting() is not null;
end;
comment on function identity_ensure_person is 'The person with this address, made if there is none.';
grant execute on function identity_ensure_person to autolytiq_app;

-- Takes the next revision for a member of the acting store.
create function identity_member_changed(member uuid, at timestamptz) returns bigint
language sql volatile security definer
set search_path = public, pg_temp
begin atomic
    with next as (
        update public.identity_revision set revision = revision + 1
        where exists (select from public.membership
                      where dealership_id = app.acting() and person_id = member)
        returning revision
    )
    insert into public.identity_change (revision, person_id, changed_at)
    select revision, member, at from next
    returning revision;
end;
comment on function identity_member_changed is 'Notes that a member of the acting store changed, for the caches.';
grant execute on function identity_member_changed to autolytiq_app;

-- The people of a store by name, for other crates' lists.
create view identity_v_member with (security_invoker = true) as
select dealership_id, person_id, name, role, active from membership;
comment on view identity_v_member is 'People of a store: who they are there, and whether they still work there.';
grant select on identity_v_member to autolytiq_app;
