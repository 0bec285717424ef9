-- Search walks the list in an index that holds the words too: a few pages for a thousand vehicles, where each vehicle was
-- a page of its own. So it walks further, and the keys look up only what few vehicles have.

create index vehicle_in_order on vehicle (dealership_id, stock_number) include (id, search_text, condition, status);
create index vehicle_by_status_covered on vehicle (dealership_id, status, stock_number, id) include (search_text, condition);
drop index vehicle_by_status;
alter index vehicle_by_status_covered rename to vehicle_by_status;

-- One page of the vehicles of the acting store that match, in the order of stock numbers, after the given row; null narrows
-- nothing. A stock number stands once in a store, so it is the order alone. See crm_search_customers for why it runs with
-- its owner's rights and how it looks.
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
    -- Nothing sorts before the empty text.
    after constant text := coalesce(after_stock_number, '');
    walk constant integer := 1000;
    wanted bigint[];
    matching uuid[];
    seen integer;
begin
    matching := array(
        select v.id
        from (
            -- One of the two: the lot, or the part of it that has the status.
            (select v.id, v.stock_number, v.search_text, v.condition from vehicle v
             where of_status is null and v.dealership_id = store and v.stock_number > after
             order by v.stock_number
             limit walk)
            union all
            (select v.id, v.stock_number, v.search_text, v.condition from vehicle v
             where v.dealership_id = store and v.status = of_status and v.stock_number > after
             order by v.stock_number
             limit walk)
        ) v
        where v.search_text like all (patterns) and (of_condition is null or v.condition = of_condition)
        order by v.stock_number
        limit most
    );
    if cardinality(matching) < most then
        -- Whether the walk saw everything.
        perform from vehicle v
        where of_status is null and v.dealership_id = store and v.stock_number > after
        order by v.stock_number
        offset walk limit 1;
        if not found then
            perform from vehicle v
            where v.dealership_id = store and v.status = of_status and v.stock_number > after
            order by v.stock_number
            offset walk limit 1;
        end if;
    end if;
    if cardinality(matching) >= most or not found then
        return query select unnest(matching);
        return;
    end if;
    wanted := app.wanted_keys(store, patterns);
    if wanted <> '{}' then
        select count(*), array_agg(v.id order by v.stock_number)
        into seen, matching
        from (
            select v.id, v.stock_number
            from (select s.vehicle_id from vehicle_search s where s.keys @> wanted offset 0) s
            cross join lateral (select * from vehicle v where v.dealership_id = store and v.id = s.vehicle_id offset 0) v
            where v.search_text like all (patterns)
              and (of_condition is null or v.condition = of_condition)
              and (of_status is null or v.status = of_status)
              and v.stock_number > after
            limit 1001
        ) v;
        if seen <= 1000 then
            return query select unnest(matching[:most]);
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
