-- Events, written in the transaction of the change they tell about and sent from here afterwards.

-- Not an identity column: those are allowed on partitioned tables only from PostgreSQL 17 on.
create sequence outbox_sequence as bigint;

create table outbox (
    dealership_id uuid not null,
    id uuid not null,
    sequence bigint not null default nextval('outbox_sequence'),
    type text not null check (type ~ '^[a-z_]+(\.[a-z_]+)+$'),
    version smallint not null check (version > 0),
    occurred_at timestamptz not null,
    -- person:<uuid> or job:<name>
    actor text not null,
    -- The request or run that caused it.
    cause uuid not null,
    subject_kind text not null,
    subject_id uuid not null,
    payload jsonb not null,
    dispatched_at timestamptz,
    attempts integer not null default 0,
    next_attempt_at timestamptz,
    last_error text,
    primary key (dealership_id, id, occurred_at)
) partition by range (occurred_at);
comment on table outbox is 'One event per row. Nothing protected goes into a payload: ids, states and versions.';

create index outbox_pending on outbox (sequence) where dispatched_at is null;
create index outbox_by_sequence on outbox (sequence);

create table outbox_default partition of outbox default;
alter table outbox_default enable row level security;
alter table outbox_default force row level security;

call app.protect_tenant_table('outbox', 'select, insert');
call app.grant_system('outbox', 'select, insert, update (dispatched_at, attempts, next_attempt_at, last_error)');
grant usage on sequence outbox_sequence to autolytiq_app, autolytiq_system;

-- Partitions are made ahead by a daily job of the system role, which may not create tables itself.
create function app.create_partitions_ahead(first date, months integer) returns integer
language sql
security definer
set search_path = public, pg_temp
return app.create_month_partitions('public.audit_entry'::regclass, first, months)
     + app.create_month_partitions('public.outbox'::regclass, first, months);
grant execute on function app.create_partitions_ahead(date, integer) to autolytiq_system;
