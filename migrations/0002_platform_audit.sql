-- The audit trail. The writer appends an entry and a note that it is not sealed yet; the sealer chains entries per
-- store shortly after, so writers never wait for one another.

create table audit_entry (
    dealership_id uuid not null,
    id uuid not null,
    occurred_at timestamptz not null,
    -- Who: a person in a session with a role, or a job by name.
    person_id uuid,
    session_id uuid,
    role text,
    job text,
    -- From where.
    request_id uuid not null,
    address inet,
    -- What.
    action text not null check (action ~ '^[a-z_]+(\.[a-z_]+)+$'),
    subject_kind text not null,
    subject_id uuid not null,
    reason text,
    -- `json` keeps the bytes that were written, which is what the chain hashes; `jsonb` would rewrite them.
    before json,
    after json,
    primary key (dealership_id, id, occurred_at),
    check ((job is null) = (person_id is not null))
) partition by range (occurred_at);
comment on table audit_entry is 'Who changed or viewed what, when and from where. Append-only. Protected values are ciphertext.';

create index audit_entry_by_subject on audit_entry (dealership_id, subject_kind, subject_id, id);
create index audit_entry_by_person on audit_entry (dealership_id, person_id, id);
create index audit_entry_by_action on audit_entry (dealership_id, action, id);

create table audit_entry_default partition of audit_entry default;
alter table audit_entry_default enable row level security;
alter table audit_entry_default force row level security;

call app.protect_tenant_table('audit_entry', 'select, insert');
call app.grant_system('audit_entry', 'select, insert');

create table audit_unsealed (
    dealership_id uuid not null,
    entry_id uuid not null,
    occurred_at timestamptz not null,
    primary key (dealership_id, entry_id)
);
comment on table audit_unsealed is 'Entries the sealer has still to chain; written with the entry, deleted with the seal.';

call app.protect_tenant_table('audit_unsealed', 'insert');
call app.grant_system('audit_unsealed', 'select, insert, delete');

create table audit_seal (
    dealership_id uuid not null,
    sequence bigint not null check (sequence > 0),
    entry_id uuid not null,
    occurred_at timestamptz not null,
    previous bytea not null check (length(previous) = 32),
    hash bytea not null check (length(hash) = 32),
    sealed_at timestamptz not null,
    primary key (dealership_id, sequence),
    unique (dealership_id, entry_id)
    -- No foreign key to the entry: it would keep a month's partition from being detached.
);
comment on table audit_seal is 'The chain of a store: each link hashes the one before it and the stored bytes of its entry (SHA-256).';

call app.protect_tenant_table('audit_seal', 'select');
call app.grant_system('audit_seal', 'select, insert');
