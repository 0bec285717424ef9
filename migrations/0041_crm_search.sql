-- Search of customers. LIKE is not leakproof, so behind a policy it never reaches an index: this function runs with its
-- owner's rights, takes no store from its caller and filters by the transaction's own store first.

-- One page of the customers of the acting store whose search text matches all patterns (one to four), in the order of
-- the list, after the given row. Patterns come folded, so they hold no wildcard of the user's.
create function crm_search_customers(patterns text[], after_name text, after_id uuid, most integer)
returns table (id uuid)
language plpgsql stable security definer
set search_path = public, pg_temp
-- A rare word is best looked up in the trigram index, a common one by walking the list: that choice needs the word.
set plan_cache_mode = force_custom_plan
as $$
declare
    store constant uuid := app.acting();
begin
    return query
        select c.id
        from customer c
        where c.dealership_id = store
          and c.search_text like patterns[1]
          and (patterns[2] is null or c.search_text like patterns[2])
          and (patterns[3] is null or c.search_text like patterns[3])
          and (patterns[4] is null or c.search_text like patterns[4])
          and (c.sort_name, c.id) > (after_name, after_id)
        order by c.sort_name, c.id
        limit most;
end
$$;
comment on function crm_search_customers is 'One page of the acting store''s customers that match.';
grant execute on function crm_search_customers to autolytiq_app;
