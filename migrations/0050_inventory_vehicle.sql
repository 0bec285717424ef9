-- Vehicles in stock.

create table vehicle (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    stock_number text not null check (stock_number ~ '^[A-Z0-9./-]{1,20}$'),
    vin text not null check (vin ~ '^[A-HJ-NPR-Z0-9]{17}$'),
    condition text not null check (condition in ('new', 'used')),
    year smallint not null check (year between 1981 and 2200),
    make text not null check (char_length(make) between 1 and 40),
    model text not null check (char_length(model) between 1 and 60),
    trim text check (char_length(trim) between 1 and 60),
    body_class text check (char_length(body_class) between 1 and 40),
    -- The words of the tax engine's vocabularies.
    class text,
    odometer integer not null check (odometer between 0 and 2000000),
    -- Cents.
    msrp bigint check (msrp between 0 and 1000000000),
    price bigint check (price between 0 and 1000000000),
    cost bigint check (cost between 0 and 1000000000),
    weight_lb integer check (weight_lb between 100 and 200000),
    mpg smallint check (mpg between 1 and 999),
    fuel text,
    received_on date not null check (received_on >= '1900-01-01'),
    status text not null default 'in_stock' check (status in ('in_stock', 'pending', 'sold')),
    -- What holds or has bought it: the id of a deal. Inventory does not know deals, so there is no foreign key.
    held_by uuid,
    search_text text not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (dealership_id, id),
    check ((status = 'in_stock') = (held_by is null))
);
comment on table vehicle is 'A vehicle the store has, holds for a deal, or has sold.';
create unique index vehicle_stock_number on vehicle (dealership_id, stock_number);
-- The same vehicle may come back after it was sold, under another stock number.
create unique index vehicle_vin_unsold on vehicle (dealership_id, vin) where status <> 'sold';
call app.protect_tenant_table('vehicle', 'select, insert, update');

do $$
begin
    if exists (select from pg_extension where extname = 'pg_trgm') and exists (select from pg_extension where extname = 'btree_gin') then
        create index vehicle_search on vehicle using gin (dealership_id, search_text gin_trgm_ops);
    end if;
end
$$;

-- The vehicles of the acting store that match; see crm_search_customers for why it runs with its owner's rights.
create function inventory_search_vehicles(patterns text[]) returns setof uuid
language plpgsql stable security definer
set search_path = public, pg_temp
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
          and (patterns[4] is null or v.search_text like patterns[4]);
end
$$;
comment on function inventory_search_vehicles is 'The acting store''s vehicles that match.';
grant execute on function inventory_search_vehicles to autolytiq_app;
