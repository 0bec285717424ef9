-- What a store writes to people in its own words, in place of the product's.

create table mail_template (
    dealership_id uuid not null references dealership (dealership_id),
    -- Which message.
    kind text not null check (kind ~ '^[a-z_]+$'),
    -- The newest holds. Version 0, which has no row, is the product's text.
    version bigint not null check (version >= 1),
    -- Nothing in both: back to the product's text.
    subject text check (char_length(subject) between 1 and 120 and subject !~ '[[:cntrl:]]'),
    body text check (char_length(body) between 1 and 4000),
    saved_by uuid,
    saved_at timestamptz not null,
    primary key (dealership_id, kind, version),
    check ((subject is null) = (body is null))
);
comment on table mail_template is 'Every version of a store''s own texts of messages. Never changed.';
call app.protect_tenant_table('mail_template', 'select, insert');
-- Administrators are told of requests for access by what works above stores.
call app.grant_system('mail_template', 'select');
