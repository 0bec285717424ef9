-- What every later migration stands on: the functions the policies read, and the procedures by which a table says
-- what kind of table it is. The roles exist already (`autolytiq migrate` ensures them before it runs this series).

-- Trigram search is quick with pg_trgm and slow, not wrong, without it. Created before the default privileges below,
-- so that its functions stay executable by everyone.
do $$
begin
    if exists (select from pg_available_extensions where name = 'pg_trgm') then
        create extension if not exists pg_trgm;
    end if;
exception
    when insufficient_privilege then
        raise notice 'pg_trgm is available but this role may not create it: search will be slower';
end
$$;

-- A function is for those it was granted to.
alter default privileges revoke execute on functions from public;

create schema app;
grant usage on schema app to autolytiq_app, autolytiq_system;
grant usage on schema public to autolytiq_app, autolytiq_system;
grant select on _sqlx_migrations to autolytiq_app, autolytiq_system;

-- After a commit the setting reads '' instead of null on a reused connection, hence nullif.
create function app.acting() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.acting', true), '')::uuid;
comment on function app.acting() is 'The store the transaction acts for; null outside a tenant transaction.';

create function app.readable() returns uuid[]
language sql stable parallel safe
return string_to_array(nullif(current_setting('app.readable', true), ''), ',')::uuid[];
comment on function app.readable() is 'The stores the transaction may read; null outside a tenant transaction.';

create function app.person() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.person', true), '')::uuid;
comment on function app.person() is 'The person who acts; null for a job.';

grant execute on function app.acting(), app.readable(), app.person() to autolytiq_app, autolytiq_system;

-- A table whose rows belong to a store. Reading is allowed in the readable stores, writing in the acting one.
-- The privileges are those of the app role; a table that is only appended to passes 'select, insert'.
create procedure app.protect_tenant_table(target regclass, privileges text default 'select, insert, update, delete')
language plpgsql
as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    -- The subselect makes the planner read the setting once per query, not once per row.
    execute format('create policy tenant_read on %s for select to autolytiq_app '
                   'using (dealership_id = any ((select app.readable())::uuid[]))', target);
    execute format('create policy tenant_insert on %s for insert to autolytiq_app '
                   'with check (dealership_id = (select app.acting()))', target);
    execute format('create policy tenant_update on %s for update to autolytiq_app '
                   'using (dealership_id = (select app.acting())) with check (dealership_id = (select app.acting()))', target);
    execute format('create policy tenant_delete on %s for delete to autolytiq_app '
                   'using (dealership_id = (select app.acting()))', target);
    execute format('grant %s on %s to autolytiq_app', privileges, target);
end
$$;

-- Lets the system role work on a table across stores, with these privileges and no others:
-- call app.grant_system('outbox', 'select, update (dispatched_at)').
create procedure app.grant_system(target regclass, privileges text)
language plpgsql
as $$
begin
    execute format('create policy system_use on %s to autolytiq_system using (true) with check (true)', target);
    execute format('grant %s on %s to autolytiq_system', privileges, target);
end
$$;

-- A table that only the system role touches: what exists before or above stores.
create procedure app.protect_system_table(target regclass, privileges text)
language plpgsql
as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    call app.grant_system(target, privileges);
end
$$;

-- A table that everybody reads and only a migration or an import writes: counties, published rates.
create procedure app.publish_reference_table(target regclass)
language plpgsql
as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy reference_read on %s for select to autolytiq_app, autolytiq_system using (true)', target);
    execute format('grant select on %s to autolytiq_app, autolytiq_system', target);
end
$$;

-- Creates the monthly partitions of a table from the month of `first` for `months` months, and returns how many it
-- made. A month whose rows already went to the default partition is left there: correct, only less tidy.
create function app.create_month_partitions(target regclass, first date, months integer) returns integer
language plpgsql
as $$
declare
    month date := date_trunc('month', first)::date;
    made integer := 0;
    part text;
begin
    for step in 1 .. months loop
        part := format('%s_%s', target, to_char(month, 'YYYY_MM'));
        if to_regclass(part) is null then
            begin
                execute format('create table %s partition of %s for values from (%L) to (%L)',
                               part, target, month || ' 00:00+00', (month + interval '1 month')::date || ' 00:00+00');
                execute format('alter table %s enable row level security', part);
                execute format('alter table %s force row level security', part);
                made := made + 1;
            exception
                when check_violation then
                    raise notice 'rows of % are in the default partition of %', month, target;
            end;
        end if;
        month := (month + interval '1 month')::date;
    end loop;
    return made;
end
$$;
