-- Accounts that failed attempts have locked: a store sees and lifts the locks of its own members, and no others.

create function identity_locked_members(at timestamptz) returns table (person_id uuid, locked_until timestamptz)
language sql stable security definer
set search_path = public, pg_temp
begin atomic
    select m.person_id, f.locked_until
    from public.membership m
    join public.person p on p.id = m.person_id
    join public.sign_in_failure f on f.account = sha256(convert_to(p.email, 'UTF8'))
    where m.dealership_id = app.acting() and m.active and f.locked_until > at;
end;
comment on function identity_locked_members is 'Members of the acting store whose account is locked.';
grant execute on function identity_locked_members to autolytiq_app;

-- Forgets the failures of a member; says until when the account was locked, if it was.
create function identity_unlock_member(member uuid) returns timestamptz
language sql volatile security definer
set search_path = public, pg_temp
begin atomic
    delete from public.sign_in_failure f
    using public.membership m, public.person p
    where m.dealership_id = app.acting() and m.person_id = member and p.id = member
      and f.account = sha256(convert_to(p.email, 'UTF8'))
    returning f.locked_until;
end;
comment on function identity_unlock_member is 'Lifts the lock of a member of the acting store.';
grant execute on function identity_unlock_member to autolytiq_app;
