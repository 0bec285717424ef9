-- How long a store keeps customers, and the certificates of what it disposed of.

create table retention_schedule (
    dealership_id uuid primary key references dealership (dealership_id),
    -- Months after the last use; absent keeps them without end.
    without_purchase_months smallint check (without_purchase_months between 1 and 240),
    after_purchase_months smallint check (after_purchase_months between 1 and 240),
    version bigint not null default 1,
    updated_at timestamptz not null
);
comment on table retention_schedule is 'How long a store keeps customers after they were last used.';
call app.protect_tenant_table('retention_schedule', 'select, insert, update');

create table retention_run (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    ran_at timestamptz not null,
    ran_by uuid not null,
    without_purchase_months smallint,
    after_purchase_months smallint,
    -- The ids of whom was erased; nothing else is left of them.
    erased uuid[] not null,
    -- Due, and kept by a legal hold.
    held integer not null check (held >= 0),
    -- SHA-256 of the certificate, which the audit trail repeats.
    digest bytea not null check (octet_length(digest) = 32),
    primary key (dealership_id, id)
);
comment on table retention_run is 'Certificates of disposal: who was erased when under which schedule. Append-only.';
call app.protect_tenant_table('retention_run', 'select, insert');

-- When each customer was last of use: changed, in a deal that changed, or heard about what they agree to.
create view privacy_v_last_use with (security_invoker = true) as
select c.dealership_id,
       c.id as customer_id,
       c.first_name,
       c.last_name,
       greatest(c.updated_at, d.last_used_at, k.last_used_at) as last_used_at,
       coalesce(d.purchased, false) as purchased,
       coalesce(d.in_deal, false) as in_deal,
       exists (select from legal_hold h
               where h.dealership_id = c.dealership_id and h.customer_id = c.id and h.released_at is null) as held
from customer c
left join (
    select dealership_id, customer_id, max(updated_at) as last_used_at, bool_or(state = 'closed') as purchased,
           bool_or(state not in ('closed', 'rejected', 'cancelled')) as in_deal
    from deal group by dealership_id, customer_id
) d on d.dealership_id = c.dealership_id and d.customer_id = c.id
left join (
    select dealership_id, customer_id, max(recorded_at) as last_used_at
    from consent_entry group by dealership_id, customer_id
) k on k.dealership_id = c.dealership_id and k.customer_id = c.id
where c.erased_at is null;
comment on view privacy_v_last_use is 'When each customer was last of use, and what keeps them.';
grant select on privacy_v_last_use to autolytiq_app;
