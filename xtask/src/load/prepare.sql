-- Multiplies the demonstration store into many load stores, by `cargo xtask load`: for measuring, never a part of the product.
--
-- Run as the cluster's superuser, whom row-level security does not bind, on a database in which the demonstration of tier m
-- was made and nothing else. `deals` is how many are wanted at least, `stores` into how many stores.
--
-- A copy is the whole store again: its customers, vehicles, deals and pencils under ids of their own, with stock numbers,
-- VINs (check digits computed), deal numbers and search texts that follow. Several copies share a load store, one after the
-- other in numbers and a minute apart in time. What is not copied: earlier pencils, so each deal has its newest one alone;
-- audit entries, events and data keys, so these deals have no history, and the blind indexes of the copies are those of the
-- original. Keys that bind rows to one another are dropped for the time and made again at the end, where each is checked
-- against all rows.
\set ON_ERROR_STOP on
set synchronous_commit = off;
set session_replication_role = replica;
set maintenance_work_mem = '1GB';
set max_parallel_maintenance_workers = 2;
set work_mem = '256MB';
set client_min_messages = warning;

create schema load_work;

create table load_work.plan as
with template as (
    select dealership_id, count(*) as deals, max(number) - 10000 as numbers from deal group by dealership_id order by 2 desc limit 1
), copies as (
    select template.*, greatest(ceil(:deals::numeric / template.deals)::int, 1) as wanted from template
)
select dealership_id as template, deals, numbers,
       (select max(substr(stock_number, 2)::int) - 9999 from vehicle v where v.dealership_id = copies.dealership_id) as stock,
       least(:stores, wanted) as stores,
       ceil(wanted::numeric / least(:stores, wanted))::int as each
from copies;

-- The n-th copy of an id: the same time, another number behind it. Ids of the demonstration have 000 there; those of people,
-- which come from their addresses, are hashed anew.
create function load_work.id(original uuid, n int) returns uuid language sql immutable parallel safe
return case when substr(original::text, 16, 3) = '000' then overlay(original::text placing lpad(to_hex(n), 3, '0') from 16 for 3)
            else md5(original::text || n) end::uuid;

-- The first copy of the load store that a copy belongs to: its people and its settings.
create table load_work.copy as
select n, (n - 1) / each * each + 1 as first, (n - 1) % each as place, load_work.id(template, (n - 1) / each * each + 1) as store
from load_work.plan, generate_series(1, stores * each) n;
analyze load_work.copy;

-- 49 CFR 565.15: the check digit is the remainder by eleven of the weighted sum; the last six characters of ours are digits.
create function load_work.vin_sum(vin text) returns int language sql immutable parallel safe
return (
    select sum(weight * case when c between '0' and '9' then c::int
                             else substr('12345678012345070923456789', ascii(c) - 64, 1)::int end)
    from unnest(array[8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8]) with ordinality as w (weight, at), substr(vin, at::int, 1) c
);
create function load_work.vin(vin text, upper_sum int, serial int) returns text language sql immutable parallel safe
return substr(vin, 1, 8)
    || substr('0123456789X', 1 + (upper_sum + 7 * (serial / 100000) + 6 * (serial / 10000 % 10) + 5 * (serial / 1000 % 10)
                                  + 4 * (serial / 100 % 10) + 3 * (serial / 10 % 10) + 2 * (serial % 10)) % 11, 1)
    || substr(vin, 10, 2) || serial;

-- What a copy has of its own, by table and column; all other columns are as in the original (o).
create table load_work.own (tab text, col text, expression text);
insert into load_work.own values
    ('dealership', 'dealership_id', 'c.store'),
    ('dealership', 'name', '''Load store '' || c.first'),
    ('person', 'id', 'load_work.id(o.id, c.first)'),
    ('person', 'email', 'replace(o.email, ''@'', ''.'' || c.first || ''@'')'),
    ('membership', 'person_id', 'load_work.id(o.person_id, c.first)'),
    ('membership', 'email', 'replace(o.email, ''@'', ''.'' || c.first || ''@'')'),
    ('deal_counter', 'last_number', '10000 + p.numbers * p.each'),
    ('customer', 'id', 'load_work.id(o.id, c.n)'),
    ('vehicle', 'id', 'load_work.id(o.id, c.n)'),
    ('vehicle', 'held_by', 'load_work.id(o.held_by, c.n)'),
    ('vehicle', 'stock_number', 'left(o.stock_number, 1) || x.stock'),
    ('vehicle', 'vin', 'x.vin'),
    ('vehicle', 'search_text', 'replace(replace(o.search_text, lower(o.stock_number), lower(left(o.stock_number, 1)) || x.stock), lower(o.vin), lower(x.vin))'),
    ('deal', 'id', 'load_work.id(o.id, c.n)'),
    ('deal', 'number', 'o.number + c.place * p.numbers'),
    ('deal', 'shown_number', 'null'),
    ('deal', 'customer_id', 'load_work.id(o.customer_id, c.n)'),
    ('deal', 'vehicle_id', 'load_work.id(o.vehicle_id, c.n)'),
    ('deal', 'salesperson_id', 'load_work.id(o.salesperson_id, c.first)'),
    ('deal', 'approved_by', 'load_work.id(o.approved_by, c.first)'),
    ('deal', 'newest_pencil_id', 'load_work.id(o.newest_pencil_id, c.n)'),
    ('deal', 'pencils', 'least(o.pencils, 1)'),
    ('deal', 'search_text', 'replace(replace(replace(o.search_text, ''d'' || o.number, ''d'' || o.number + c.place * p.numbers), lower(v.stock_number), lower(left(v.stock_number, 1)) || x.stock), lower(v.vin), lower(x.vin))'),
    ('pencil', 'id', 'load_work.id(o.id, c.n)'),
    ('pencil', 'deal_id', 'load_work.id(o.deal_id, c.n)'),
    ('pencil', 'number', '1'),
    ('pencil', 'parent_id', 'null'),
    ('pencil', 'penciled_by', 'load_work.id(o.penciled_by, c.first)'),
    ('pencil', 'penciled_at', 'o.penciled_at - c.place * interval ''1 minute'''),
    ('pencil_column', 'pencil_id', 'load_work.id(o.pencil_id, c.n)');
insert into load_work.own
select tab, 'dealership_id', 'c.store' from unnest(array['membership', 'desk_settings', 'deal_counter', 'customer', 'vehicle', 'deal', 'pencil', 'pencil_column']) tab;
insert into load_work.own
select tab, col, format('o.%I - c.place * interval ''1 minute''', col)
from unnest(array['customer', 'vehicle', 'deal']) tab, unnest(array['created_at', 'updated_at']) col;

-- Stock number and VIN of a vehicle's copy.
create table load_work.vin_sums as
select v.id, v.stock_number, v.vin, load_work.vin_sum(v.vin) as upper_sum, substr(v.vin, 12)::int as serial
from vehicle v, load_work.plan p where v.dealership_id = p.template;
alter table load_work.vin_sums add primary key (id);
analyze load_work.vin_sums;

-- Keys and indexes that are cheaper to make at once than row by row.
create table load_work.later as
with big as (select unnest(array['customer', 'vehicle', 'vehicle_search', 'deal', 'deal_search', 'pencil', 'pencil_column'])::regclass as tab),
keys as (
    select con.oid, con.conrelid::regclass::text as tab, con.conname::text as name, con.contype, pg_get_constraintdef(con.oid) as definition
    from pg_constraint con
    where con.contype in ('f', 'p', 'u') and con.conparentid = 0
      and (con.conrelid in (select tab from big) or con.confrelid in (select tab from big))
      and con.connamespace = 'public'::regnamespace
)
select case contype when 'f' then 3 else 1 end as step, format('alter table %s drop constraint %I', tab, name) as undo,
       format('alter table %s add constraint %I %s', tab, name, definition) as redo
from keys
union all
select 2, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
from pg_index i
where i.indrelid in (select tab from big) and not exists (select from pg_constraint con where con.conindid = i.indexrelid and con.contype in ('p', 'u'));

do $$
declare
    statement text;
begin
    for statement in select undo from load_work.later order by step desc loop
        execute statement;
    end loop;
end
$$;

-- One statement per table: rows of the original store times copies.
create procedure load_work.multiply(target text, source text, which text) language plpgsql as $$
declare
    columns text;
    expressions text;
begin
    select string_agg(format('%I', a.attname), ', ' order by a.attnum),
           string_agg(coalesce(own.expression, format('o.%I', a.attname)), ', ' order by a.attnum)
    into columns, expressions
    from pg_attribute a left join load_work.own on own.tab = target and own.col = a.attname
    where a.attrelid = target::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
    execute format('insert into %I (%s) select %s from load_work.plan p cross join load_work.copy c cross join %s where %s',
                   target, columns, expressions, source, which);
end
$$;

call load_work.multiply('dealership', 'dealership o', 'o.dealership_id = p.template and c.place = 0');
call load_work.multiply('person', 'person o', 'o.id in (select m.person_id from membership m where m.dealership_id = p.template) and c.place = 0');
call load_work.multiply('membership', 'membership o', 'o.dealership_id = p.template and c.place = 0');
call load_work.multiply('desk_settings', 'desk_settings o', 'o.dealership_id = p.template and c.place = 0');
call load_work.multiply('deal_counter', 'deal_counter o', 'o.dealership_id = p.template and c.place = 0');
call load_work.multiply('customer', 'customer o', 'o.dealership_id = p.template');
call load_work.multiply('vehicle', 'vehicle o join load_work.vin_sums s on s.id = o.id cross join lateral (
    select substr(o.stock_number, 2)::int + c.place * p.stock as stock, load_work.vin(s.vin, s.upper_sum, s.serial + c.place * p.stock) as vin) x',
    'o.dealership_id = p.template');
call load_work.multiply('deal', 'deal o join load_work.vin_sums v on v.id = o.vehicle_id cross join lateral (
    select substr(v.stock_number, 2)::int + c.place * p.stock as stock, load_work.vin(v.vin, v.upper_sum, v.serial + c.place * p.stock) as vin) x',
    'o.dealership_id = p.template');
call load_work.multiply('pencil_column', 'pencil_column o join deal d on d.newest_pencil_id = o.pencil_id', 'o.dealership_id = p.template and d.dealership_id = p.template');
call load_work.multiply('pencil', 'pencil o join deal d on d.newest_pencil_id = o.id', 'o.dealership_id = p.template and d.dealership_id = p.template');

-- No trigger ran.
truncate vehicle_search, deal_search;
insert into vehicle_search select dealership_id, id, app.search_keys(dealership_id, search_text) from vehicle;
insert into deal_search
select dealership_id, id, app.search_keys(dealership_id, search_text) || uuid_hash_extended(salesperson_id, 0) from deal;

do $$
declare
    statement text;
begin
    for statement in select redo from load_work.later order by step, redo loop
        execute statement;
    end loop;
end
$$;

drop schema load_work cascade;
reset session_replication_role;
vacuum (analyze, freeze) customer, vehicle, vehicle_search, deal, deal_search, pencil, pencil_column;
analyze;

-- What the measurement reads: statements by how often and how long, and each one that takes longer than 1 ms.
create extension if not exists pg_stat_statements;
alter system set shared_preload_libraries = 'pg_stat_statements';
-- Beginnings of transactions and what they say are no queries, and counting them is not free.
alter system set pg_stat_statements.track_utility = off;
alter system set log_min_duration_statement = '1ms';
alter system set log_parameter_max_length = 0;
checkpoint;
