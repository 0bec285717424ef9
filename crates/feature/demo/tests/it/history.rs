//! The store with a history, made small by the code that makes it large.

use crate::{SATURDAY, seeded_as, texts};
use autolytiq_demo::{Scale, Tier};
use autolytiq_inventory::api::Vin;
use autolytiq_places::zip;
use autolytiq_testkit::TestDb;
use sqlx::PgConnection;
use std::collections::BTreeMap;

const SCALE: Scale = Scale { units: 50, people: 15, months: 6, deliveries: 26 };

/// The last pencil of each deal.
const LAST: &str = "with last as (select d.number, d.state, d.deal_date, d.created_at, d.salesperson_id, d.customer_id, p.input, p.result
     from deal d join pencil p on p.dealership_id = d.dealership_id and p.deal_id = d.id and p.number = d.pencils) ";

async fn all(owner: &mut PgConnection, query: &str) -> Vec<String> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("{LAST}{query}"))).fetch_all(owner).await.unwrap()
}

async fn count(owner: &mut PgConnection, query: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("{LAST}{query}"))).fetch_one(owner).await.unwrap()
}

#[tokio::test]
async fn a_sceptical_manager_finds_nothing() {
    let test = seeded_as(11, Tier::Franchise(SCALE)).await;
    truths(&test).await;
    let mut owner = test.owner().await;
    let on_the_lot = count(&mut owner, "select count(*) from vehicle where status <> 'sold'").await;
    assert_eq!(on_the_lot, 50);
}

#[tokio::test]
async fn a_metropolitan_store_made_small_is_as_true() {
    let Scale { units, people, deliveries, .. } = Scale::L;
    let small = Scale { units: units / 5, people: people / 3, months: 4, deliveries: deliveries / 5 };
    truths(&seeded_as(29, Tier::Franchise(small)).await).await;
}

#[tokio::test]
async fn the_same_plan_gives_the_same_history() {
    let (one, two) = (
        seeded_as(3, Tier::Franchise(Scale { months: 2, ..SCALE })).await,
        seeded_as(3, Tier::Franchise(Scale { months: 2, ..SCALE })).await,
    );
    let figures = "select concat_ws(' ', number, state, created_at, result::text) from last order by number";
    assert_eq!(all(&mut one.owner().await, figures).await, all(&mut two.owner().await, figures).await);
}

/// The whole of it: half a minute and more on a busy machine.
#[tokio::test]
#[ignore = "makes the store of two years"]
async fn the_large_store_is_as_true() {
    let begun = std::time::Instant::now();
    let test = seeded_as(2024, Tier::Franchise(Scale::M)).await;
    eprintln!("made in {:?}", begun.elapsed());
    truths(&test).await;
}

async fn truths(test: &TestDb) {
    let mut owner = test.owner().await;
    let vehicles: Vec<(String, i32)> =
        sqlx::query_as("select vin, year::integer from vehicle").fetch_all(&mut owner).await.unwrap();
    for (vin, year) in vehicles {
        let parsed = Vin::parse(&vin).unwrap();
        assert!(parsed.model_years().map(i32::from).contains(&year), "{vin} is not of {year}");
    }
    for buyer in all(&mut owner, "select distinct (input->'buyerPlace')::text from last").await {
        let place: BTreeMap<String, Option<String>> = serde_json::from_str(&buyer).unwrap();
        let part = |name: &str| place[name].clone().unwrap();
        let real = zip(&part("zip")).unwrap();
        assert_eq!((part("state").as_str(), part("county").as_str()), (real.state, real.county), "{buyer}");
        assert!(real.cities.contains(&part("city").as_str()), "{buyer}");
    }
    let phones = texts(&mut owner, "select phone from customer").await;
    assert!(phones.iter().all(|phone| phone.get(5..10) == Some("55501")));
    for (what, query) in [
        ("before its customer", "select number::text from last l join customer c on c.id = l.customer_id where c.created_at > l.created_at"),
        ("a lease of an old model year", "select number::text from last where input->'columns' @> '[{\"kind\":\"lease\"}]'
            and (input->'vehicle'->>'modelYear')::int < extract(year from deal_date)"),
        ("above 18 %", "select number::text from last, jsonb_array_elements(input->'columns') c where (c->>'rate')::numeric > 0.18"),
        ("below its buy rate", "select number::text from last, jsonb_array_elements(input->'columns') c where (c->>'rate')::numeric < (c->>'buyRate')::numeric"),
        ("total of payments", "select number::text from last, jsonb_array_elements(result->'columns') c where c->>'kind' = 'finance'
            and (c->'figures'->>'totalOfPayments')::numeric <> (c->'figures'->>'payment')::numeric * ((c->'figures'->>'termMonths')::int - 1) + (c->'figures'->>'finalPayment')::numeric"),
        ("finance charge", "select number::text from last, jsonb_array_elements(result->'columns') c where c->>'kind' = 'finance'
            and (c->'figures'->>'financeCharge')::numeric <> (c->'figures'->>'totalOfPayments')::numeric - (c->'figures'->>'amountFinanced')::numeric"),
        ("gross", "select number::text from last, jsonb_array_elements(result->'columns') c where
            (c->'gross'->>'total')::numeric <> (c->'gross'->>'front')::numeric + (c->'gross'->>'back')::numeric"),
        ("closed on a Sunday", "select number::text from last where state = 'closed' and extract(dow from deal_date) = 0"),
        ("more than one way to pay", "select number::text from last where state = 'closed' and jsonb_array_length(input->'columns') <> 1"),
        ("sold and not closed", "select v.stock_number from vehicle v where (v.status = 'sold') is distinct from
            exists (select from deal d where d.dealership_id = v.dealership_id and d.vehicle_id = v.id and d.state = 'closed')"),
    ] {
        assert!(all(&mut owner, query).await.is_empty(), "{what}");
    }
    let late = format!("select count(*) from audit_entry where occurred_at > '{SATURDAY}'");
    assert_eq!(count(&mut owner, &late).await, 0);
    shares(&mut owner).await;
}

/// Shares, in per cent, within wide bands: a small store has few deals.
async fn shares(owner: &mut PgConnection) {
    for (what, part, whole, from, to) in [
        ("closed", "state = 'closed'", "true", 70, 95),
        ("new", "input->'vehicle'->>'condition' = 'new'", "state = 'closed'", 40, 65),
        ("cash", "input->'columns'->0->>'kind' = 'cash'", "state = 'closed'", 15, 38),
        (
            "lease",
            "input->'columns'->0->>'kind' = 'lease'",
            "state = 'closed' and input->'vehicle'->>'condition' = 'new'",
            8,
            33,
        ),
        ("trade", "jsonb_array_length(input->'trades') > 0", "true", 28, 50),
        (
            "negative equity",
            "(input->'trades'->0->>'allowance')::numeric < (input->'trades'->0->>'payoff')::numeric",
            "jsonb_array_length(input->'trades') > 0",
            15,
            40,
        ),
        ("Saturday", "extract(dow from deal_date) = 6", "state = 'closed'", 15, 34),
    ] {
        let share = count(
            owner,
            &format!(
                "select coalesce(100 * count(*) filter (where {part}) / nullif(count(*), 0), 0) from last where {whole}"
            ),
        )
        .await;
        assert!((from..=to).contains(&share), "{what}: {share} %");
    }
    for state in ["draft", "submitted", "approved", "closed", "rejected", "cancelled", "reopened"] {
        assert!(count(owner, &format!("select count(*) from last where state = '{state}'")).await > 0, "{state}");
    }
}
