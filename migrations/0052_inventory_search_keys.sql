-- Search of vehicles by keys that hold the store; 0043 says why and how.

create index vehicle_search_keys on vehicle using gin (app.search_keys(dealership_id, search_text)) with (fastupdate = off);
drop index if exists vehicle_search;

-- One page of the vehicles of the acting store that match, in the order of stock numbers, after the given row; null
-- narrows nothing. A stock number stands once in a store, so it is the order alone.
create or replace function inventory_find_vehicles(
    patterns text[], of_condition text, of_status text, after_stock_number text, after_id uuid, most integer
) returns setof uuid
language plpgsql stable security definer rows 50
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_sort = off
as $$
declare
    store constant uuid := app.acting();
    keys constant bigint[] := app.wanted_keys(store, patterns);
    -- Nothing sorts before the empty text.
    after constant text := coalesce(after_stock_number, '');
    seen integer;
    found uuid[];
begin
    select count(*),
           array_agg(v.id order by v.stock_number) filter (
               where v.search_text like all (patterns)
                 and (of_condition is null or v.condition = of_condition)
           )
    into seen, found
    from (
        -- One of the two: the lot, or the part of it that has the status.
        (select v.id, v.stock_number, v.search_text, v.condition from vehicle v
         where of_status is null and v.dealership_id = store and v.stock_number > after
         order by v.stock_number
         limit 300)
        union all
        (select v.id, v.stock_number, v.search_text, v.condition from vehicle v
         where v.dealership_id = store and v.status = of_status and v.stock_number > after
         order by v.stock_number
         limit 300)
    ) v;
    if seen < 300 or cardinality(found) >= most then
        return query select unnest(found[:most]);
        return;
    end if;
    if keys <> '{}' then
        select count(*), array_agg(v.id order by v.stock_number)
        into seen, found
        from (
            select v.id, v.stock_number
            from (select * from vehicle v where app.search_keys(v.dealership_id, v.search_text) @> keys offset 0) v
            where v.dealership_id = store
              and v.search_text like all (patterns)
              and (of_condition is null or v.condition = of_condition)
              and (of_status is null or v.status = of_status)
              and v.stock_number > after
            limit 1001
        ) v;
        if seen <= 1000 then
            return query select unnest(found[:most]);
            return;
        end if;
    end if;
    return query
        select v.id from vehicle v
        where v.dealership_id = store
          and v.search_text like all (patterns)
          and (of_condition is null or v.condition = of_condition)
          and (of_status is null or v.status = of_status)
          and v.stock_number > after
        order by v.stock_number
        limit most;
end
$$;
