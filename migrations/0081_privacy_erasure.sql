-- Erasing a customer, and what forbids it.

alter table customer add column erased_at timestamptz;

create table legal_hold (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    customer_id uuid not null,
    -- Encrypted under the customer's own key.
    reason bytea not null,
    placed_at timestamptz not null,
    placed_by uuid not null,
    released_at timestamptz,
    released_by uuid,
    primary key (dealership_id, id),
    foreign key (dealership_id, customer_id) references customer (dealership_id, id),
    check ((released_at is null) = (released_by is null))
);
comment on table legal_hold is 'Customers whose data must be kept for now, for a lawsuit or an authority. At most one hold of a customer stands.';
create unique index legal_hold_standing on legal_hold (dealership_id, customer_id) where released_at is null;
call app.protect_tenant_table('legal_hold', 'select, insert, update');

-- Pencils never change, and the app may not change them. What people wrote beside the figures of an erased customer goes
-- all the same: this function does that and nothing else.
create function desking_erase_words(of_customer uuid) returns bigint
language sql volatile security definer
set search_path = public, pg_temp
begin atomic
    with erased as (
        update public.pencil p set note = null, reason = null
        where p.dealership_id = app.acting()
          and (p.note is not null or p.reason is not null)
          and p.deal_id in (
              select d.id from public.deal d
              join public.customer c on c.dealership_id = d.dealership_id and c.id = d.customer_id
              where d.dealership_id = app.acting() and d.customer_id = of_customer and c.erased_at is not null)
        returning 1
    )
    select count(*) from erased;
end;
comment on function desking_erase_words is 'Empties the notes and reasons of the pencils of an erased customer.';
grant execute on function desking_erase_words to autolytiq_app;
