-- The address ranges of an import of boundaries: which area the houses of a stretch of street lie in. As with the ZIP ranges a
-- state's file may have a million of them, so no foreign keys lead from here.

create table rate_import_address (
    dealership_id uuid not null,
    import_id uuid not null,
    zip integer not null check (zip between 0 and 99999),
    -- The street with its directions and suffix, shortened as the Postal Service shortens them.
    street text not null check (length(street) between 1 and 200),
    -- House numbers, both ends included.
    low integer not null check (low >= 0),
    high integer not null,
    -- Which of them: 0 the even ones, 1 the odd ones, null both.
    parity smallint check (parity in (0, 1)),
    line bigint not null,
    first_day date not null,
    last_day date,
    area integer not null,
    primary key (dealership_id, import_id, zip, street, low, line),
    check (high >= low),
    check (last_day >= first_day)
);
comment on table rate_import_address is 'Which area the addresses of an import of boundaries lie in.';
comment on column rate_import.address_records is 'Records for addresses that could not be used: without a street or whole house numbers.';
call app.protect_tenant_table('rate_import_address', 'select, insert');
