-- Search keys of deals apart from the deals.
--
-- A change of a deal writes its row anew, and with the row every index entry that leads to it: some sixty keys, for a text
-- that stayed the same. In a table of their own the keys are written when the text changes, and when the deal becomes
-- another salesperson's.

create table deal_search (
    dealership_id uuid not null,
    deal_id uuid not null,
    -- As 0043 and 0062 say: of the text, and of whose the deal is.
    keys bigint[] not null,
    primary key (dealership_id, deal_id),
    foreign key (dealership_id, deal_id) references deal (dealership_id, id) on delete cascade
);
comment on table deal_search is 'The keys under which search finds deals. Kept by triggers of the table of deals.';
call app.protect_tenant_table('deal_search', 'select');

insert into deal_search (dealership_id, deal_id, keys)
select dealership_id, id, app.search_keys(dealership_id, search_text) || uuid_hash_extended(salesperson_id, 0) from deal;
create index deal_search_by_key on deal_search using gin (keys) with (fastupdate = off);
drop index deal_search_keys;

create function desking_keep_search_keys() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
    insert into deal_search (dealership_id, deal_id, keys)
    values (new.dealership_id, new.id,
            app.search_keys(new.dealership_id, new.search_text) || uuid_hash_extended(new.salesperson_id, 0))
    on conflict (dealership_id, deal_id) do update set keys = excluded.keys;
    return null;
end
$$;
comment on function desking_keep_search_keys is 'Writes the search keys of a deal.';
create trigger deal_search_of_new after insert on deal
    for each row execute function desking_keep_search_keys();
create trigger deal_search_of_changed after update of search_text, salesperson_id on deal
    for each row when (old.search_text <> new.search_text or old.salesperson_id <> new.salesperson_id)
    execute function desking_keep_search_keys();

-- As 0035 and 0062, but for the keys. Each match is looked up by its id, whatever the planner thinks of how many there are.
create or replace function desking_find_deals_of(
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
    wanted constant bigint[] := case
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
            from (select s.deal_id from deal_search s where s.keys @> wanted offset 0) s
            cross join lateral (select * from deal d where d.dealership_id = store and d.id = s.deal_id offset 0) d
            where d.search_text like all (patterns)
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

-- One page of the deals of the acting store that match, the one changed last first, after the given row; null narrows
-- nothing.
create or replace function desking_find_deals(
    patterns text[], only_of uuid, of_states text[], of_customer uuid, of_vehicle uuid,
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
    wanted constant bigint[] := case when only_of is null then words else words || uuid_hash_extended(only_of, 0) end;
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
        -- One of the two: the store's log, or the salesperson's.
        (select d.id, d.updated_at, d.search_text, d.state, d.customer_id, d.vehicle_id from deal d
         where only_of is null and d.dealership_id = store and (d.updated_at, d.id) < (change, last_id)
         order by d.updated_at desc, d.id desc
         limit 100)
        union all
        (select d.id, d.updated_at, d.search_text, d.state, d.customer_id, d.vehicle_id from deal d
         where d.dealership_id = store and d.salesperson_id = only_of and (d.updated_at, d.id) < (change, last_id)
         order by d.updated_at desc, d.id desc
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
            from (select s.deal_id from deal_search s where s.keys @> wanted offset 0) s
            cross join lateral (select * from deal d where d.dealership_id = store and d.id = s.deal_id offset 0) d
            where d.search_text like all (patterns)
              and (only_of is null or d.salesperson_id = only_of)
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
          and (only_of is null or d.salesperson_id = only_of)
          and (of_states is null or d.state = any (of_states))
          and (of_customer is null or d.customer_id = of_customer)
          and (of_vehicle is null or d.vehicle_id = of_vehicle)
          and (d.updated_at, d.id) < (change, last_id)
        order by d.updated_at desc, d.id desc
        limit most;
end
$$;

-- The deals of the acting store that match, for the other orders of the log.
create or replace function desking_search_deals(patterns text[]) returns setof uuid
language plpgsql stable security definer
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    store constant uuid := app.acting();
    wanted constant bigint[] := app.wanted_keys(store, patterns);
begin
    if wanted = '{}' then
        return query select d.id from deal d where d.dealership_id = store and d.search_text like all (patterns);
    else
        return query
            select d.id
            from (select s.deal_id from deal_search s where s.keys @> wanted offset 0) s
            cross join lateral (select * from deal d where d.dealership_id = store and d.id = s.deal_id offset 0) d
            where d.search_text like all (patterns);
    end if;
end
$$;
