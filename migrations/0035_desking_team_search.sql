-- Search in the desk log of whoever reaches the deals of some people: as desking_find_deals (0062), which stays for the
-- release before, with any number of salespeople. The table is made by a later file: a body is read when it is called.

-- One page of the deals of the acting store that match, the one changed last first, after the given row; null narrows
-- nothing.
create function desking_find_deals_of(
    patterns text[], only_of uuid[], of_states text[], of_customer uuid, of_vehicle uuid,
    after_change timestamptz, after_id uuid, most integer
) returns setof uuid
language plpgsql stable security definer rows 50
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_sort = off
as $$
declare
    store constant uuid := app.acting();
    words constant bigint[] := app.wanted_keys(store, patterns);
    keys constant bigint[] := case
        when cardinality(only_of) = 1 then words || uuid_hash_extended(only_of[1], 0) else words
    end;
    -- Everything is before the end of time.
    change constant timestamptz := coalesce(after_change, 'infinity');
    last_id constant uuid := coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
    seen integer;
    found uuid[];
begin
    select count(*),
           array_agg(d.id order by d.updated_at desc, d.id desc) filter (
               where d.search_text like all (patterns)
                 and (of_states is null or d.state = any (of_states))
                 and (of_customer is null or d.customer_id = of_customer)
                 and (of_vehicle is null or d.vehicle_id = of_vehicle)
           )
    into seen, found
    from (
        -- One of the two: the store's log, or the newest of each of these people's.
        (select d.id, d.updated_at, d.search_text, d.state, d.customer_id, d.vehicle_id from deal d
         where only_of is null and d.dealership_id = store and (d.updated_at, d.id) < (change, last_id)
         order by d.updated_at desc, d.id desc
         limit 100)
        union all
        (select theirs.id, theirs.updated_at, theirs.search_text, theirs.state, theirs.customer_id, theirs.vehicle_id
         from unnest(only_of) salesperson (id)
         cross join lateral (
             select d.id, d.updated_at, d.search_text, d.state, d.customer_id, d.vehicle_id from deal d
             where d.dealership_id = store and d.salesperson_id = salesperson.id and (d.updated_at, d.id) < (change, last_id)
             order by d.updated_at desc, d.id desc
             limit 100
         ) theirs
         order by theirs.updated_at desc, theirs.id desc
         limit 100)
    ) d;
    if seen < 100 or cardinality(found) >= most then
        return query select unnest(found[:most]);
        return;
    end if;
    if words <> '{}' then
        select count(*), array_agg(d.id order by d.updated_at desc, d.id desc)
        into seen, found
        from (
            select d.id, d.updated_at
            from (
                select * from deal d
                where app.search_keys(d.dealership_id, d.search_text) || uuid_hash_extended(d.salesperson_id, 0) @> keys
                offset 0
            ) d
            where d.dealership_id = store
              and d.search_text like all (patterns)
              and (only_of is null or d.salesperson_id = any (only_of))
              and (of_states is null or d.state = any (of_states))
              and (of_customer is null or d.customer_id = of_customer)
              and (of_vehicle is null or d.vehicle_id = of_vehicle)
              and (d.updated_at, d.id) < (change, last_id)
            limit 1001
        ) d;
        if seen <= 1000 then
            return query select unnest(found[:most]);
            return;
        end if;
    end if;
    return query
        select d.id from deal d
        where d.dealership_id = store
          and d.search_text like all (patterns)
          and (only_of is null or d.salesperson_id = any (only_of))
          and (of_states is null or d.state = any (of_states))
          and (of_customer is null or d.customer_id = of_customer)
          and (of_vehicle is null or d.vehicle_id = of_vehicle)
          and (d.updated_at, d.id) < (change, last_id)
        order by d.updated_at desc, d.id desc
        limit most;
end
$$;
comment on function desking_find_deals_of is 'One page of the acting store''s deals that match, of some salespeople or of all.';
grant execute on function desking_find_deals_of to autolytiq_app;
