-- What the compliance desk keeps: sign-offs, the register of service providers, and incidents with their clock.

create table compliance_sign_off (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    kind text not null check (kind in ('qualified_individual', 'risk_assessment', 'access_review', 'training',
                                       'penetration_test', 'vulnerability_scan', 'incident_plan', 'board_report')),
    -- Who is it, or who did it.
    name text not null check (char_length(name) between 1 and 120),
    done_on date not null,
    due_on date check (due_on >= done_on),
    note text check (char_length(note) <= 2000),
    -- Of an access review: who had which role, as it was attested.
    attested json,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    primary key (dealership_id, id),
    check ((kind = 'access_review') = (attested is not null))
);
comment on table compliance_sign_off is 'What was done for the Safeguards Rule, by whom and until when it holds. Append-only; the newest of a kind counts.';
call app.protect_tenant_table('compliance_sign_off', 'select, insert');

create table compliance_vendor (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    name text not null check (char_length(name) between 1 and 120),
    service text not null check (char_length(service) between 1 and 200),
    -- Which data of customers they are given.
    data text not null check (char_length(data) between 1 and 500),
    -- The contract binds them to safeguards (16 CFR 314.4(f)(2)) since then.
    contract_on date,
    reviewed_on date,
    due_on date,
    ended_on date,
    version bigint not null default 1,
    updated_at timestamptz not null,
    primary key (dealership_id, id)
);
comment on table compliance_vendor is 'Service providers that are given data of customers.';
call app.protect_tenant_table('compliance_vendor', 'select, insert, update');

create table compliance_incident (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    title text not null check (char_length(title) between 1 and 200),
    summary text check (char_length(summary) <= 5000),
    discovered_at timestamptz not null,
    -- Unencrypted information of how many consumers was acquired; absent while that is not known.
    consumers integer check (consumers >= 0),
    contained_at timestamptz,
    notified_at timestamptz,
    closed_at timestamptz,
    version bigint not null default 1,
    updated_at timestamptz not null,
    primary key (dealership_id, id)
);
comment on table compliance_incident is 'Security events: when discovered, how many consumers, and when the FTC was told.';
call app.protect_tenant_table('compliance_incident', 'select, insert, update');
