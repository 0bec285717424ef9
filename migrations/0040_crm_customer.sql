-- Customers.

-- A composite trigram index needs both; without them search is slow and right. (A DO block, since the second source of
-- PostgreSQL binaries has no contrib modules.)
do $$
begin
    if exists (select from pg_available_extensions where name = 'btree_gin') then
        create extension if not exists btree_gin;
    end if;
exception
    when insufficient_privilege then
        raise notice 'btree_gin is available but this role may not create it: search will be slower';
end
$$;

create table customer (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    first_name text not null check (char_length(first_name) between 1 and 80),
    last_name text not null check (char_length(last_name) between 1 and 80),
    email text check (char_length(email) <= 254),
    phone text check (phone ~ '^\+[0-9]{8,15}$'),
    -- Keyed hashes under the store's key, for finding the same person again.
    email_index bytea,
    phone_index bytea,
    street text check (char_length(street) <= 200),
    state text check (state ~ '^[A-Z]{2}$'),
    county text check (char_length(county) <= 80),
    city text check (char_length(city) <= 80),
    zip text check (zip ~ '^[0-9]{5}(-[0-9]{4})?$'),
    district text check (char_length(district) <= 80),
    notes text check (char_length(notes) <= 10000),
    -- Encrypted under the customer's own key (subject_key); destroying that key erases it everywhere.
    date_of_birth bytea,
    -- Last and first name as search folds them: the order of the list.
    sort_name text collate "C" not null,
    -- Names, e-mail and telephone digits, folded.
    search_text text not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (dealership_id, id),
    check ((email is null) = (email_index is null)),
    check ((phone is null) = (phone_index is null))
);
comment on table customer is 'A person or household the store deals with.';
create index customer_in_order on customer (dealership_id, sort_name, id);
create index customer_by_email on customer (dealership_id, email_index) where email_index is not null;
create index customer_by_phone on customer (dealership_id, phone_index) where phone_index is not null;
call app.protect_tenant_table('customer', 'select, insert, update');

do $$
begin
    if exists (select from pg_extension where extname = 'pg_trgm') and exists (select from pg_extension where extname = 'btree_gin') then
        create index customer_search on customer using gin (dealership_id, search_text gin_trgm_ops);
    end if;
end
$$;
