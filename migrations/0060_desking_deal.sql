-- Deals and their pencils.

create table deal_counter (
    dealership_id uuid primary key references dealership (dealership_id),
    last_number bigint not null
);
comment on table deal_counter is 'The last deal number of a store. Its row is locked until the deal that took a number is committed, so numbers have no gaps.';
call app.protect_tenant_table('deal_counter', 'select, insert, update');

create table deal (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    number bigint not null check (number > 0),
    state text not null check (state in ('draft', 'submitted', 'approved', 'closed', 'rejected', 'cancelled', 'reopened')),
    -- A civil date in the store's zone: the day whose law and programs apply.
    deal_date date not null check (deal_date >= '1900-01-01'),
    customer_id uuid not null,
    vehicle_id uuid not null,
    salesperson_id uuid not null,
    newest_pencil_id uuid,
    pencils integer not null default 0,
    -- Reopened at some time: later pencils keep the rates of the newest one while its places stay.
    keeps_rates boolean not null default false,
    approved_by uuid,
    approved_at timestamptz,
    -- Number, customer and vehicle as search folds them, as of the last change of the deal.
    search_text text not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, customer_id) references customer (dealership_id, id),
    foreign key (dealership_id, vehicle_id) references vehicle (dealership_id, id),
    foreign key (dealership_id, salesperson_id) references membership (dealership_id, person_id),
    foreign key (dealership_id, approved_by) references membership (dealership_id, person_id),
    check ((approved_by is null) = (approved_at is null)),
    check ((newest_pencil_id is null) = (pencils = 0))
);
comment on table deal is 'A deal being worked, or done. Its figures are in its pencils.';
create unique index deal_number on deal (dealership_id, number);
create index deal_by_change on deal (dealership_id, updated_at desc, id desc);
create index deal_by_salesperson on deal (dealership_id, salesperson_id, updated_at desc, id desc);
create index deal_by_state on deal (dealership_id, state, updated_at desc, id desc);
create index deal_by_customer on deal (dealership_id, customer_id);
-- A vehicle is held for one deal and sold on one deal. Inventory says so with a better message; this is the second wall.
create unique index deal_vehicle_taken on deal (dealership_id, vehicle_id) where state in ('approved', 'closed');
create index deal_by_vehicle on deal (dealership_id, vehicle_id);
call app.protect_tenant_table('deal', 'select, insert, update');

create table pencil (
    dealership_id uuid not null,
    id uuid not null,
    deal_id uuid not null,
    -- Counted from 1 within the deal.
    number integer not null check (number > 0),
    parent_id uuid,
    penciled_at timestamptz not null,
    penciled_by uuid not null,
    note text check (char_length(note) <= 2000),
    reason text check (char_length(reason) <= 500),
    -- Cents.
    price bigint not null,
    -- What was typed, with the costs that the server added, and what the engine made of it.
    input jsonb not null,
    rates jsonb not null,
    result jsonb not null,
    engine_version text not null,
    rules_jurisdiction text not null,
    rules_effective date not null,
    rules_hash text not null,
    rates_hash text not null,
    rates_as_of date not null,
    primary key (dealership_id, id),
    unique (dealership_id, deal_id, number),
    unique (dealership_id, deal_id, id),
    foreign key (dealership_id, deal_id) references deal (dealership_id, id),
    -- A chain: each pencil but the first has one parent in the same deal, and no two have the same.
    foreign key (dealership_id, deal_id, parent_id) references pencil (dealership_id, deal_id, id),
    unique nulls not distinct (dealership_id, deal_id, parent_id),
    foreign key (dealership_id, penciled_by) references membership (dealership_id, person_id),
    check ((number = 1) = (parent_id is null))
);
comment on table pencil is 'One offer: inputs, result and trace as they were. Never changed.';
call app.protect_tenant_table('pencil', 'select, insert');

alter table deal add constraint deal_newest_pencil
    foreign key (dealership_id, id, newest_pencil_id) references pencil (dealership_id, deal_id, id);

create table pencil_column (
    dealership_id uuid not null,
    pencil_id uuid not null,
    position smallint not null check (position >= 0),
    column_id text not null check (char_length(column_id) <= 40),
    kind text not null check (kind in ('cash', 'finance', 'lease')),
    label text not null check (char_length(label) <= 60),
    -- Cents: the balance due of a cash column, the payment of the others.
    amount bigint not null,
    front_gross bigint,
    back_gross bigint,
    reserve bigint,
    total_gross bigint,
    primary key (dealership_id, pencil_id, position),
    foreign key (dealership_id, pencil_id) references pencil (dealership_id, id)
);
comment on table pencil_column is 'The key figures of a pencil, for lists. All of them are in its result too.';
call app.protect_tenant_table('pencil_column', 'select, insert');

do $$
begin
    if exists (select from pg_extension where extname = 'pg_trgm') and exists (select from pg_extension where extname = 'btree_gin') then
        create index deal_search on deal using gin (dealership_id, search_text gin_trgm_ops);
    end if;
end
$$;

-- The deals of the acting store that match; see crm_search_customers for why it runs with its owner's rights.
create function desking_search_deals(patterns text[]) returns setof uuid
language plpgsql stable security definer
set search_path = public, pg_temp
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
          and (patterns[4] is null or d.search_text like patterns[4]);
end
$$;
comment on function desking_search_deals is 'The acting store''s deals that match.';
grant execute on function desking_search_deals to autolytiq_app;
