-- Search in the desk log of a store with many deals: it stops at a page.

-- One page of the deals of the acting store that match, the one changed last first, after the given row; null narrows
-- nothing. See crm_search_customers for why it runs with its owner's rights.
create function desking_find_deals(
    patterns text[], only_of uuid, of_states text[], of_customer uuid, of_vehicle uuid,
    after_change timestamptz, after_id uuid, most integer
) returns setof uuid
language plpgsql stable security definer rows 50
set search_path = public, pg_temp
-- A rare word is best looked up in the trigram index, a common one by walking the log: that choice needs the word.
set plan_cache_mode = force_custom_plan
as $$
declare
    store constant uuid := app.acting();
begin
    return query
        select d.id from deal d
        where d.dealership_id = store
          and d.search_text like patterns[1]
          and (patterns[2] is null or d.search_text like patterns[2])
          and (patterns[3] is null or d.search_text like patterns[3])
          and (patterns[4] is null or d.search_text like patterns[4])
          and (only_of is null or d.salesperson_id = only_of)
          and (of_states is null or d.state = any (of_states))
          and (of_customer is null or d.customer_id = of_customer)
          and (of_vehicle is null or d.vehicle_id = of_vehicle)
          and (after_change is null or (d.updated_at, d.id) < (after_change, after_id))
        order by d.updated_at desc, d.id desc
        limit most;
end
$$;
comment on function desking_find_deals is 'One page of the acting store''s deals that match, the last changed first.';
grant execute on function desking_find_deals to autolytiq_app;
