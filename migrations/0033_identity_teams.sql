-- Teams: people of a store whose deals somebody answers for together. A person is in one team or in none, also when their
-- access has ended, so that their deals stay in somebody's reach.

create table team (
    dealership_id uuid not null references dealership (dealership_id),
    id uuid not null,
    name text not null check (char_length(name) between 1 and 60),
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (dealership_id, id)
);
comment on table team is 'A team of people of a store.';
create unique index team_by_name on team (dealership_id, lower(name));
call app.protect_tenant_table('team', 'select, insert, update, delete');

alter table membership add column team_id uuid;
alter table membership
    add constraint membership_team_fkey foreign key (dealership_id, team_id) references team (dealership_id, id);
comment on column membership.team_id is 'The team that the person is in.';
create index membership_by_team on membership (dealership_id, team_id) where team_id is not null;
