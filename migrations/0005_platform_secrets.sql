-- The data keys under which protected values of one subject (a customer) are encrypted. Destroying the wrapped key
-- destroys every value encrypted under it, in backups made from then on and in the audit trail too.

create table subject_key (
    dealership_id uuid not null,
    subject_kind text not null,
    subject_id uuid not null,
    -- Which master key wraps it; rotation re-wraps and changes this.
    master_key_id text,
    wrapped bytea,
    created_at timestamptz not null,
    destroyed_at timestamptz,
    primary key (dealership_id, subject_kind, subject_id),
    check ((wrapped is null) = (destroyed_at is not null)),
    check ((wrapped is null) = (master_key_id is null))
);
comment on table subject_key is 'Wrapped data keys, one per subject. A destroyed key leaves its row, so that it is never made anew.';

call app.protect_tenant_table('subject_key', 'select, insert, update');
call app.grant_system('subject_key', 'select, update (master_key_id, wrapped)');
