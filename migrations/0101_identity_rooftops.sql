-- What a group's administrator sees of the accounts of all its stores: numbers by store, and nobody's name. Accounts stand
-- above stores, so it takes a function; it counts in the stores that the transaction may read and in no other. Who needs a
-- second factor follows from what they are in these stores, so the numbers tell nothing of where else somebody works.
create function identity_rooftop_accounts(at timestamptz, factor_roles text[])
returns table (dealership_id uuid, without_factor bigint, locked bigint)
language sql stable security definer
set search_path = public, pg_temp
begin atomic
    with seat as (
        select m.dealership_id, m.person_id, m.role, p.email, p.demo as demo_person, d.demo as demo_store
        from public.membership m
        join public.person p on p.id = m.person_id
        join public.dealership d on d.dealership_id = m.dealership_id
        where m.dealership_id = any ((select app.readable())::uuid[]) and m.active
          and not exists (select from public.service_account s
                          where s.dealership_id = m.dealership_id and s.person_id = m.person_id)
    ), holder as (
        select s.person_id,
               bool_or(s.role = any (factor_roles)) and not bool_and(s.demo_person and s.demo_store)
                   and not exists (select from public.factor f
                                   where f.person_id = s.person_id and f.confirmed_at is not null) as lacks_factor,
               exists (select from public.sign_in_failure f
                       where f.account = sha256(convert_to(s.email, 'UTF8')) and f.locked_until > at) as is_locked
        from seat s group by s.person_id, s.email
    )
    select s.dealership_id, count(*) filter (where h.lacks_factor), count(*) filter (where h.is_locked)
    from seat s join holder h on h.person_id = s.person_id
    group by s.dealership_id;
end;
comment on function identity_rooftop_accounts is 'How many people of each readable store lack a second factor they need, and how many are locked.';
grant execute on function identity_rooftop_accounts to autolytiq_app;
