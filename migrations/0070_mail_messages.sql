-- Messages to people. A row is written in the transaction of the change it tells about; the outbox sends it afterwards.

create table mail (
    dealership_id uuid not null,
    id uuid not null,
    -- Which text it was made from.
    kind text not null check (kind ~ '^[a-z_]+$'),
    to_name text not null check (char_length(to_name) <= 200),
    to_email text not null check (char_length(to_email) <= 254),
    subject text not null check (char_length(subject) <= 300),
    -- As the mail log shows it: without what only the receiver may have.
    body text not null check (char_length(body) <= 20000),
    -- The whole text, while it waits and has something that only the receiver may have.
    sealed bytea,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'filed', 'refused', 'expired')),
    attempts integer not null default 0,
    last_error text check (char_length(last_error) <= 500),
    -- A message that could not be sent until then is of no use any more.
    useful_until timestamptz,
    created_at timestamptz not null,
    done_at timestamptz,
    primary key (dealership_id, id),
    check ((state = 'waiting') = (done_at is null)),
    check (state = 'waiting' or sealed is null)
);
comment on table mail is 'Messages to people, in the order in which they were written.';
call app.protect_tenant_table('mail', 'select, insert, update');

-- What other crates may know of a store: whose name a message carries, and whether it is a demonstration.
create view identity_v_store with (security_invoker = true) as
select dealership_id, name, time_zone, demo from dealership;
comment on view identity_v_store is 'Stores: name, time zone, and whether one is a demonstration.';
grant select on identity_v_store to autolytiq_app;
