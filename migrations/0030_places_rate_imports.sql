-- Tables of local rates that a store imported: who, what, from which day; their rows; where each ZIP range lies. Rows of an
-- import never change; an import is withdrawn, never deleted.

create table rate_import (
    dealership_id uuid not null,
    id uuid not null,
    state text not null check (state ~ '^[A-Z]{2}$'),
    format text not null check (format in ('csv', 'sstRate', 'sstBoundary')),
    source text not null check (length(source) between 1 and 200),
    file_name text check (length(file_name) between 1 and 200),
    -- The day on which the list was current, and the first deal date for which it holds.
    as_of date not null,
    first_day date not null,
    -- Rows stored, and records of the file that are counted and not used.
    rows bigint not null check (rows >= 0),
    address_records bigint not null default 0 check (address_records >= 0),
    state_rows bigint not null default 0 check (state_rows >= 0),
    created_at timestamptz not null,
    created_by uuid not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_reason text check (length(withdrawn_reason) between 1 and 500),
    version bigint not null default 1,
    primary key (dealership_id, id),
    check ((withdrawn_at is null) = (withdrawn_by is null)),
    foreign key (dealership_id) references dealership (dealership_id)
);
create index rate_import_by_state on rate_import (dealership_id, state, created_at desc);
comment on table rate_import is 'Tables of local rates that a store imported.';
call app.protect_tenant_table('rate_import', 'select, insert, update');

create table rate_import_levy (
    dealership_id uuid not null,
    import_id uuid not null,
    -- The line of the file.
    line bigint not null,
    -- What the code names, for files that name places by code; null where county and area are names.
    coded text check (coded in ('county', 'place', 'district')),
    code text not null,
    county text not null,
    area text not null,
    level text not null,
    tax text not null,
    name text not null,
    -- A fraction of one; cents.
    rate numeric(13, 12) not null check (rate between 0 and 1),
    amount bigint check (amount >= 0),
    applies_to text not null,
    first_day date not null,
    last_day date check (last_day >= first_day),
    verified boolean not null,
    reason text not null,
    primary key (dealership_id, import_id, line),
    foreign key (dealership_id, import_id) references rate_import (dealership_id, id) deferrable initially deferred
);
comment on table rate_import_levy is 'The rates of an import of rates.';
call app.protect_tenant_table('rate_import_levy', 'select, insert');

create table rate_import_area (
    dealership_id uuid not null,
    import_id uuid not null,
    number integer not null,
    county text not null,
    county_name text not null,
    place text not null,
    -- Codes of special districts, separated by blanks.
    districts text not null,
    primary key (dealership_id, import_id, number),
    foreign key (dealership_id, import_id) references rate_import (dealership_id, id) deferrable initially deferred
);
comment on table rate_import_area is 'The combinations of tax jurisdictions that an import of boundaries names.';
call app.protect_tenant_table('rate_import_area', 'select, insert');

-- A state's file has a million of these, written in one transaction with their import and areas: foreign keys from here
-- would look up two keys for each and find nothing else.
create table rate_import_range (
    dealership_id uuid not null,
    import_id uuid not null,
    -- Whether the record names ZIP+4 ranges.
    plus4 boolean not null,
    -- ZIP and its four further digits as one number, both ends included.
    low integer not null check (low between 0 and 999999999),
    high integer not null,
    line bigint not null,
    first_day date not null,
    last_day date,
    area integer not null,
    primary key (dealership_id, import_id, plus4, low, line),
    check (high >= low),
    check (last_day >= first_day)
);
comment on table rate_import_range is 'Which area each ZIP range of an import of boundaries lies in.';
call app.protect_tenant_table('rate_import_range', 'select, insert');
