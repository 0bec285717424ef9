-- What the load generator knows, as one JSON document: the people of each load store with some of the deals that they may
-- see, and a sample of customers and stock. `password` is the demonstration's.
\set ON_ERROR_STOP on
select setseed(0.5) as seeded \gset
with stores as materialized (
    select d.dealership_id, d.state, d.county, d.city, d.zip from dealership d where d.name like 'Load store %'
),
sample as materialized (
    select d.dealership_id, d.salesperson_id, json_build_object('id', d.id, 'number', d.number) as deal,
           row_number() over (partition by d.dealership_id order by md5(d.id::text)) as place,
           row_number() over (partition by d.dealership_id, d.salesperson_id order by md5(d.id::text)) as own
    from stores s join deal d using (dealership_id)
    where substr(md5(d.id::text), 1, 1) = '0' or :deals < 200000
),
people as (
    select m.dealership_id, json_agg(json_build_object('email', m.email, 'deals', deals.some) order by md5(m.email)) as people
    from membership m join stores s using (dealership_id)
    cross join lateral (
        select json_agg(d.deal) as some from sample d
        where d.dealership_id = m.dealership_id
          and case when m.role = 'salesperson' then d.salesperson_id = m.person_id and d.own <= 40 else d.place <= 40 end
    ) deals
    where m.active and deals.some is not null
    group by m.dealership_id
)
select json_build_object('password', :'password', 'stores', json_agg(json_build_object(
    'place', json_strip_nulls(json_build_object('state', s.state, 'county', s.county, 'city', s.city, 'zip', s.zip)),
    'people', people.people, 'customers', customers.some, 'vehicles', vehicles.some, 'stock_words', words.some)))
from stores s join people using (dealership_id)
cross join lateral (
    select json_agg(json_build_object('id', c.id, 'first', lower(c.first_name), 'last', lower(c.last_name),
        'place', json_strip_nulls(json_build_object('state', c.state, 'county', c.county, 'city', c.city, 'zip', c.zip)))) as some
    from (select * from customer c where c.dealership_id = s.dealership_id order by random() limit 60) c
) customers
cross join lateral (
    select json_agg(v.id) as some
    from (select v.id from vehicle v where v.dealership_id = s.dealership_id and v.status = 'in_stock' order by random() limit 60) v
) vehicles
cross join lateral (
    select json_agg(word) as some
    from (select lower(unnest(array[v.stock_number, v.make, v.model, right(v.vin, 6)])) as word
          from (select * from vehicle v where v.dealership_id = s.dealership_id order by random() limit 15) v) w
    where word ~ '^[a-z0-9]+$'
) words;
