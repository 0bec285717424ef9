-- How long a store lets its people stay signed in: without using the session, and altogether.

create table session_limits (
    dealership_id uuid primary key references dealership (dealership_id),
    idle_minutes integer not null check (idle_minutes between 15 and 10080),
    absolute_hours integer not null check (absolute_hours between 1 and 720),
    version bigint not null default 1,
    updated_at timestamptz not null
);
comment on table session_limits is 'A store''s limits of sessions; without a row the product''s own hold.';
call app.protect_tenant_table('session_limits', 'select, insert, update');
call app.grant_system('session_limits', 'select');

create index session_live_by_store on session (dealership_id) where ended_at is null;
