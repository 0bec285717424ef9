-- Answers kept for 24 hours under the client's Idempotency-Key, per store, person and operation.

create table idempotency_key (
    dealership_id uuid not null,
    person_id uuid not null,
    operation text not null,
    key text not null,
    -- SHA-256 of the request: the same key with another body is refused.
    fingerprint bytea not null check (length(fingerprint) = 32),
    -- Names the attempt that holds the key, so that one taken over cannot finish it any more.
    ticket uuid not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status smallint,
    headers jsonb,
    body bytea,
    primary key (dealership_id, person_id, operation, key),
    check ((finished_at is null) = (status is null))
);
create index idempotency_key_age on idempotency_key (started_at);
comment on table idempotency_key is 'The stored answer of a request that must not happen twice.';

call app.protect_tenant_table('idempotency_key');
call app.grant_system('idempotency_key', 'select, delete');
