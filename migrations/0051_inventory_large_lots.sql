-- Lists of a store with many vehicles, most of them sold: by status and by condition in the order of stock numbers, and
-- search that stops at a page.

create index vehicle_by_status on vehicle (dealership_id, status, stock_number, id);
create index vehicle_by_condition on vehicle (dealership_id, condition, stock_number, id);

-- One page of the vehicles of the acting store that match, in the order of stock numbers, after the given row; null
-- narrows nothing. See crm_search_customers for why it runs with its owner's rights.
create function inventory_find_vehicles(
    patterns text[], of_condition text, of_status text, after_stock_number text, after_id uuid, most integer
) returns setof uuid
language plpgsql stable security definer rows 50
set search_path = public, pg_temp
-- A rare word is best looked up in the trigram index, a common one by walking the list: that choice needs the word.
set plan_cache_mode = force_custom_plan
as $$
declare
    store constant uuid := app.acting();
begin
    return query
        select v.id from vehicle v
        where v.dealership_id = store
          and v.search_text like patterns[1]
          and (patterns[2] is null or v.search_text like patterns[2])
          and (patterns[3] is null or v.search_text like patterns[3])
          and (patterns[4] is null or v.search_text like patterns[4])
          and (of_condition is null or v.condition = of_condition)
          and (of_status is null or v.status = of_status)
          and (after_stock_number is null or (v.stock_number, v.id) > (after_stock_number, after_id))
        order by v.stock_number, v.id
        limit most;
end
$$;
comment on function inventory_find_vehicles is 'One page of the acting store''s vehicles that match.';
grant execute on function inventory_find_vehicles to autolytiq_app;
