-- Lists of people that were imported, and taking one back.

create table user_import (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    file_name text check (char_length(file_name) between 1 and 200),
    -- How many people it gave access.
    added integer not null check (added >= 0),
    created_by uuid not null,
    created_at timestamptz not null,
    undone_by uuid,
    undone_at timestamptz,
    -- How many of them it took access from again; the others had come already.
    removed integer check (removed between 0 and added),
    primary key (dealership_id, id),
    foreign key (dealership_id, created_by) references membership (dealership_id, person_id),
    foreign key (dealership_id, undone_by) references membership (dealership_id, person_id),
    check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (removed is null))
);
comment on table user_import is 'Lists of people that were imported into a store.';
create index user_import_in_order on user_import (dealership_id, created_at desc);
call app.protect_tenant_table('user_import', 'select, insert, update (undone_by, undone_at, removed)');

alter table membership add column import_id uuid;
alter table membership
    add constraint membership_import_fkey foreign key (dealership_id, import_id)
    references user_import (dealership_id, id);
comment on column membership.import_id is 'The imported list that the person came with.';
create index membership_by_import on membership (dealership_id, import_id) where import_id is not null;

-- Takes an import of the acting store back: removes whoever has not come yet, with their invitations. Whoever signed in
-- or is named by something of the store stays. A membership is deleted nowhere else: nothing that
-- these people did needs their names. An account that nobody uses and that no store knows goes with them.
create function identity_undo_user_import(wanted uuid, at timestamptz)
returns table (who uuid, called text, address text, held text)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
    found record;
begin
    for found in
        select m.person_id, m.name, m.email, m.role from public.membership m
        where m.dealership_id = app.acting() and m.import_id = wanted
          and not exists (select from public.account_link l
                          where l.dealership_id = m.dealership_id and l.person_id = m.person_id and l.used_at is not null)
          and not exists (select from public.audit_entry a
                          where a.dealership_id = m.dealership_id and a.person_id = m.person_id
                            and a.action in ('session.signed_in', 'session.switched'))
        order by m.person_id
        for update of m
    loop
        begin
            perform public.identity_member_changed(found.person_id, at);
            delete from public.account_link l
            where l.dealership_id = app.acting() and l.person_id = found.person_id;
            delete from public.membership m
            where m.dealership_id = app.acting() and m.person_id = found.person_id;
        exception when foreign_key_violation then
            continue;
        end;
        begin
            delete from public.person p
            where p.id = found.person_id and p.must_change
              and not exists (select from public.membership m where m.person_id = p.id);
        exception when foreign_key_violation then
            null;
        end;
        who := found.person_id;
        called := found.name;
        address := found.email;
        held := found.role;
        return next;
    end loop;
end
$$;
comment on function identity_undo_user_import is 'Removes the people of an import of the acting store who have not come yet.';
grant execute on function identity_undo_user_import to autolytiq_app;
