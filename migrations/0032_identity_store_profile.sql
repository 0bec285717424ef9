-- What a customer is told of the store beside its name and address, and every version of a store's settings.

-- Pictures that a store put up. One is never changed: a profile, or an earlier version of it, names it by its digest.
create table store_logo (
    dealership_id uuid not null references dealership (dealership_id),
    -- SHA-256 of the bytes.
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    kind text not null check (kind in ('image/png', 'image/jpeg', 'image/webp')),
    bytes bytea not null check (octet_length(bytes) between 1 and 262144),
    created_at timestamptz not null,
    primary key (dealership_id, digest)
);
comment on table store_logo is 'Pictures for the papers of a store.';
call app.protect_tenant_table('store_logo', 'select, insert');

alter table dealership
    add column phone text check (char_length(phone) between 7 and 30),
    add column licence_numbers text check (char_length(licence_numbers) between 1 and 120),
    -- {weekday: {opens, closes}}, as on the wire; closed on the days that are not there.
    add column hours jsonb not null default '{}' check (jsonb_typeof(hours) = 'object'),
    add column logo text;
alter table dealership
    add constraint dealership_logo_fkey foreign key (dealership_id, logo) references store_logo (dealership_id, digest);
comment on column dealership.licence_numbers is 'Dealer licence and the like, as they stand on papers.';
grant update (name, time_zone, state, county, city, zip, street, phone, licence_numbers, hours, logo, version, updated_at)
    on dealership to autolytiq_app;

create table setting_version (
    dealership_id uuid not null references dealership (dealership_id),
    setting text not null check (setting in ('desk', 'sessions', 'profile')),
    version bigint not null check (version >= 0),
    -- As on the wire.
    value jsonb not null check (jsonb_typeof(value) = 'object'),
    -- Nobody in particular, at no known time: the version that was there before versions were kept.
    saved_by uuid,
    saved_at timestamptz,
    primary key (dealership_id, setting, version)
);
comment on table setting_version is 'Every version of a store''s settings. Never changed.';
call app.protect_tenant_table('setting_version', 'select, insert');
