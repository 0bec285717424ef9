-- A store's desk defaults: what a first pencil begins with. Nothing is invented: a default that nobody set is absent.

create table desk_settings (
    dealership_id uuid primary key references dealership (dealership_id),
    -- Cents.
    doc_fee bigint not null default 0 check (doc_fee between 0 and 1000000),
    pack bigint not null default 0 check (pack between 0 and 10000000),
    acquisition_fee bigint check (acquisition_fee between 0 and 1000000),
    -- [{code, name, amount, taxable}], amounts as on the wire.
    fees jsonb not null default '[]' check (jsonb_typeof(fees) = 'array' and jsonb_array_length(fees) <= 50),
    finance_term_months smallint check (finance_term_months between 1 and 144),
    -- Fractions of one.
    finance_rate numeric(13, 12) check (finance_rate between 0 and 1),
    lease_term_months smallint check (lease_term_months between 1 and 84),
    lease_money_factor numeric(13, 12) check (lease_money_factor between 0 and 0.05),
    lease_residual_percent numeric(13, 12) check (lease_residual_percent between 0 and 1),
    annual_miles integer check (annual_miles between 0 and 200000),
    version bigint not null default 1,
    updated_at timestamptz not null
);
comment on table desk_settings is 'The desk''s defaults of a store.';
call app.protect_tenant_table('desk_settings', 'select, insert, update');
call app.grant_system('desk_settings', 'select, insert');
