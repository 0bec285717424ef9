-- Search keys of vehicles apart from the vehicles, which are held, released and sold without a change of their text; 0104
-- says why and how.

create table vehicle_search (
    dealership_id uuid not null,
    vehicle_id uuid not null,
    keys bigint[] not null,
    primary key (dealership_id, vehicle_id),
    foreign key (dealership_id, vehicle_id) references vehicle (dealership_id, id) on delete cascade
);
comment on table vehicle_search is 'The keys under which search finds vehicles. Kept by triggers of the table of vehicles.';
call app.protect_tenant_table('vehicle_search', 'select');

insert into vehicle_search (dealership_id, vehicle_id, keys)
select dealership_id, id, app.search_keys(dealership_id, search_text) from vehicle;
create index vehicle_search_by_key on vehicle_search using gin (keys) with (fastupdate = off);
drop index vehicle_search_keys;

create function inventory_keep_search_keys() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
    insert into vehicle_search (dealership_id, vehicle_id, keys)
    values (new.dealership_id, new.id, app.search_keys(new.dealership_id, new.search_text))
    on conflict (dealership_id, vehicle_id) do update set keys = excluded.keys;
    return null;
end
$$;
comment on function inventory_keep_search_keys is 'Writes the search keys of a vehicle.';
create trigger vehicle_search_of_new after insert on vehicle
    for each row execute function inventory_keep_search_keys();
create trigger vehicle_search_of_changed after update of search_text on vehicle
    for each row when (old.search_text <> new.search_text)
    execute function inventory_keep_search_keys();

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
    wanted constant bigint[] := app.wanted_keys(store, patterns);
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
    if wanted <> '{}' then
        select count(*), array_agg(v.id order by v.stock_number)
        into seen, found
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
