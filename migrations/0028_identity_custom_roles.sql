-- A store's own roles. Each begins with a predefined role or with another of the store's roles and changes some of its
-- permissions; what it begins with never changes, so there is no way to a circle.

create table custom_role (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    name text not null check (char_length(name) between 1 and 60),
    -- The predefined role at the bottom.
    base text not null check (base in (
        'salesperson', 'bdc', 'inventory_manager', 'sales_manager', 'fni_manager', 'controller', 'general_manager',
        'auditor', 'administrator', 'group_administrator')),
    parent_id uuid check (parent_id <> id),
    -- {permission: none | own | store | group}, by the names of the table of permissions.
    changes jsonb not null default '{}' check (jsonb_typeof(changes) = 'object'),
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, parent_id) references custom_role (dealership_id, id)
);
comment on table custom_role is 'Roles that a store made for itself.';
create unique index custom_role_by_name on custom_role (dealership_id, lower(name));
create index custom_role_by_parent on custom_role (dealership_id, parent_id);
call app.protect_tenant_table('custom_role', 'select, insert, update, delete');
call app.grant_system('custom_role', 'select');

alter table membership add column custom_role_id uuid;
alter table membership
    add constraint membership_custom_role_fkey foreign key (dealership_id, custom_role_id)
    references custom_role (dealership_id, id);
comment on column membership.custom_role_id is 'The store''s own role; membership.role is then the predefined one at its bottom.';
create index membership_by_custom_role on membership (dealership_id, custom_role_id) where custom_role_id is not null;

-- How many stores the acting store's group has: whoever administers all of them may appoint a group administrator. A
-- number is all that is told of stores that the caller may not read.
create function identity_stores_in_group() returns bigint
language sql stable security definer
set search_path = public, pg_temp
begin atomic
    select count(*) from public.dealership
    where group_id = (select group_id from public.dealership where dealership_id = app.acting());
end;
comment on function identity_stores_in_group is 'How many stores the group of the acting store has.';
grant execute on function identity_stores_in_group to autolytiq_app;
