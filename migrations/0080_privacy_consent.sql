-- What a customer agreed to be contacted by, and for what their data may be shared: a ledger that is only added to.

create table consent_entry (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    customer_id uuid not null,
    channel text not null check (channel in ('email', 'sms', 'phone', 'sharing')),
    given boolean not null,
    source text not null check (source in ('in_person', 'phone', 'web', 'paper', 'unsubscribe_link')),
    -- What the customer was shown or said, encrypted under the customer's own key, so that erasing them erases it too.
    wording bytea,
    recorded_at timestamptz not null,
    -- Nobody of the store where the customer did it.
    recorded_by uuid,
    primary key (dealership_id, id),
    foreign key (dealership_id, customer_id) references customer (dealership_id, id),
    check ((source = 'unsubscribe_link') = (recorded_by is null)),
    check (source <> 'unsubscribe_link' or not given)
);
comment on table consent_entry is 'What customers agreed to and took back, by channel. Append-only; the newest entry of a channel counts.';
create index consent_entry_by_customer on consent_entry (dealership_id, customer_id, id);
call app.protect_tenant_table('consent_entry', 'select, insert');
-- Whoever follows the link in a mail is signed in nowhere.
call app.grant_system('consent_entry', 'select, insert');
