-- The reason of an entry is what somebody typed, and may name a customer. The chain hashes only a salted digest of it; the
-- words stand beside, where they can be erased while the chain stays whole. Without the salt, which goes with the words, the
-- digest tells nothing. Entries from before this migration keep their reasons in the entry.

create table audit_reason (
    dealership_id uuid not null,
    entry_id uuid not null,
    salt uuid not null,
    reason text not null,
    primary key (dealership_id, entry_id)
);
comment on table audit_reason is 'The reasons people gave, by audit entry; the entry holds the digest of salt and reason. Erased with the customer.';
call app.protect_tenant_table('audit_reason', 'select, insert');
call app.grant_system('audit_reason', 'select, insert');

-- The app may not delete a reason; erasing a customer does that for theirs alone.
create function audit_erase_reasons(of_customer uuid) returns bigint
language sql volatile security definer
set search_path = public, pg_temp
begin atomic
    with erased as (
        delete from public.audit_reason r
        using public.audit_entry e
        where r.dealership_id = app.acting()
          and e.dealership_id = r.dealership_id and e.id = r.entry_id
          and exists (select from public.customer c
                      where c.dealership_id = app.acting() and c.id = of_customer and c.erased_at is not null)
          and ((e.subject_kind = 'customer' and e.subject_id = of_customer)
               or (e.subject_kind = 'deal' and e.subject_id in (
                   select d.id from public.deal d where d.dealership_id = app.acting() and d.customer_id = of_customer)))
        returning 1
    )
    select count(*) from erased;
end;
comment on function audit_erase_reasons is 'Erases the reasons given on an erased customer and on their deals.';
grant execute on function audit_erase_reasons to autolytiq_app;
