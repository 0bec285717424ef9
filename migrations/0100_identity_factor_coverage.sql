-- Who of a store signs in with a second factor, for whoever answers for it.

create function identity_member_factors() returns table (person_id uuid, has_factor boolean)
language sql stable security definer
set search_path = public, pg_temp
begin atomic
    select m.person_id,
           exists (select from public.factor f where f.person_id = m.person_id and f.confirmed_at is not null)
    from public.membership m
    where m.dealership_id = app.acting() and m.active
      and not exists (
          select from public.service_account s where s.dealership_id = m.dealership_id and s.person_id = m.person_id);
end;
comment on function identity_member_factors is 'Which people of the acting store have proved a second factor.';
grant execute on function identity_member_factors to autolytiq_app;
