-- How a store numbers its deals and its stock, and where the numbers of its stock stand. Those of its deals stand in
-- deal_counter.

create table numbering (
    dealership_id uuid primary key references dealership (dealership_id),
    -- {prefix, year, digits}, as on the wire.
    deals jsonb not null check (jsonb_typeof(deals) = 'object'),
    -- {prefix, digits}; null: their numbers are typed.
    new_vehicles jsonb check (jsonb_typeof(new_vehicles) = 'object'),
    used_vehicles jsonb check (jsonb_typeof(used_vehicles) = 'object'),
    version bigint not null default 1,
    updated_at timestamptz not null
);
comment on table numbering is 'How a store numbers its deals and its stock; without a row, as the product does by itself.';
call app.protect_tenant_table('numbering', 'select, insert, update');

create table number_counter (
    dealership_id uuid not null references dealership (dealership_id),
    series text not null check (series in ('new_vehicles', 'used_vehicles')),
    last_number bigint not null check (last_number between 0 and 999999999),
    primary key (dealership_id, series)
);
comment on table number_counter is 'The last number of a series. Its row is locked until the thing that took a number is committed.';
call app.protect_tenant_table('number_counter', 'select, insert, update');
