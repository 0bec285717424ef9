-- Search that costs what a store has, however many stores there are.
--
-- An index of trigrams beside the store's id holds for each trigram the rows of all stores, which every search has to
-- intersect with all rows of its own. Here the store is part of each key, so that a search reads what its own store has.
-- It needs neither pg_trgm nor btree_gin.

-- The keys under which a store's text is found: one for every three characters in a row of a word.
create function app.search_keys(store uuid, content text) returns bigint[]
language plpgsql immutable parallel safe strict
as $$
declare
    seed constant bigint := uuid_hash_extended(store, 0);
    keys bigint[] := '{}';
    word text;
begin
    foreach word in array string_to_array(content, ' ') loop
        for at in 1 .. char_length(word) - 2 loop
            keys := keys || hashtextextended(substr(word, at, 3), seed);
        end loop;
    end loop;
    return keys;
end
$$;
comment on function app.search_keys is 'Index keys of a folded text of a store: its trigrams, hashed with the store.';

-- The keys that a text must have to match all patterns of the form '%word%'. None when every word is shorter than three.
create function app.wanted_keys(store uuid, patterns text[]) returns bigint[]
language sql stable parallel safe strict
return array(
    select distinct key from unnest(patterns) pattern, unnest(app.search_keys(store, btrim(pattern, '%'))) key
);
comment on function app.wanted_keys is 'The keys that a text has which matches all patterns, and some others have too.';

-- An index on an expression computes it for whoever writes the row.
grant execute on function app.search_keys to autolytiq_app, autolytiq_system;

-- Lists are long and change seldom: each change goes straight into the index, and no search reads a list of pending ones.
create index customer_search_keys on customer using gin (app.search_keys(dealership_id, search_text)) with (fastupdate = off);
drop index if exists customer_search;

-- One page of the customers of the acting store whose search text matches all patterns, in the order of the list, after the
-- given row.
--
-- How common the words are decides how to look, and no statistics know that of one store among many. So the list is read a
-- little way first, which finds a page of a word that every fifth customer has. Then the keys find all matches, if there are
-- at most a thousand to sort. With more than that, the page is near in the list.
create or replace function crm_search_customers(patterns text[], after_name text, after_id uuid, most integer)
returns table (id uuid)
language plpgsql stable security definer rows 50
set search_path = public, pg_temp
-- Each statement has one right plan, whatever the words.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_sort = off
as $$
declare
    store constant uuid := app.acting();
    keys constant bigint[] := app.wanted_keys(store, patterns);
    seen integer;
    found uuid[];
begin
    select count(*), array_agg(c.id order by c.sort_name, c.id) filter (where c.search_text like all (patterns))
    into seen, found
    from (
        select c.id, c.sort_name, c.search_text from customer c
        where c.dealership_id = store and (c.sort_name, c.id) > (after_name, after_id)
        order by c.sort_name, c.id
        limit 100
    ) c;
    if seen < 100 or cardinality(found) >= most then
        return query select unnest(found[:most]);
        return;
    end if;
    if keys <> '{}' then
        select count(*), array_agg(c.id order by c.sort_name, c.id)
        into seen, found
        from (
            select c.id, c.sort_name
            -- By the keys alone: another index beside them would be read for nothing.
            from (select * from customer c where app.search_keys(c.dealership_id, c.search_text) @> keys offset 0) c
            where c.dealership_id = store
              and c.search_text like all (patterns)
              and (c.sort_name, c.id) > (after_name, after_id)
            limit 1001
        ) c;
        if seen <= 1000 then
            return query select unnest(found[:most]);
            return;
        end if;
    end if;
    return query
        select c.id from customer c
        where c.dealership_id = store
          and c.search_text like all (patterns)
          and (c.sort_name, c.id) > (after_name, after_id)
        order by c.sort_name, c.id
        limit most;
end
$$;
