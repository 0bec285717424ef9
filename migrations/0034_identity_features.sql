-- What a store has switched off. Which features there are, the code says: one that is gone means nothing in a row.

create table feature_switches (
    dealership_id uuid primary key references dealership (dealership_id),
    off text[] not null check (cardinality(off) <= 100),
    version bigint not null default 1,
    updated_at timestamptz not null
);
comment on table feature_switches is 'The features that a store has switched off; without a row none is.';
call app.protect_tenant_table('feature_switches', 'select, insert, update');
-- Every request knows what is off in the store it acts for.
call app.grant_system('feature_switches', 'select');

-- Which settings keep versions is decided by the code that keeps them.
alter table setting_version drop constraint if exists setting_version_setting_check;
alter table setting_version add constraint setting_version_setting_check check (setting ~ '^[a-z][a-z-]{0,39}$');
