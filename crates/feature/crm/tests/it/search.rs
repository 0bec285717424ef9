//! The list and the search, also at a hundred thousand customers.

use autolytiq_kernel::{DealershipId, TenantCtx};
use autolytiq_testkit::{Client, TestDb};
use serde_json::{Value, json};

use crate::{add, ana, app, new_id};

fn names(page: &Value) -> Vec<String> {
    let name = |item: &Value| format!("{} {}", item["firstName"].as_str().unwrap(), item["lastName"].as_str().unwrap());
    page["items"].as_array().unwrap().iter().map(name).collect()
}

async fn find(client: &Client, query: &str) -> Vec<String> {
    names(&client.get(&format!("/customers?q={query}")).await.expect(200))
}

#[tokio::test]
async fn names_numbers_and_addresses_are_found() {
    let (app, floor) = app().await;
    let client = app.client(&floor.salesperson);
    for (first, last, phone, email) in [
        ("José", "O'Brien", "2145550101", "jose@example.com"),
        ("Ana", "Rivera", "2145550102", "ana@example.net"),
        ("Anabel", "Riverton", "9725550103", "anabel@example.org"),
        ("Li", "Wu", "2145550104", "li@example.com"),
    ] {
        let mut body = ana(new_id(&app));
        (body["firstName"], body["lastName"]) = (json!(first), json!(last));
        (body["phone"], body["email"]) = (json!(phone), json!(email));
        add(&client, &body).await;
    }
    assert_eq!(find(&client, "").await, ["José O'Brien", "Ana Rivera", "Anabel Riverton", "Li Wu"]);
    assert_eq!(find(&client, "obrien").await, ["José O'Brien"]);
    assert_eq!(find(&client, "JOSE%20O%27BR").await, ["José O'Brien"]);
    assert_eq!(find(&client, "ana%20riv").await, ["Ana Rivera", "Anabel Riverton"]);
    assert_eq!(find(&client, "riv%20ana").await, ["Ana Rivera", "Anabel Riverton"]);
    assert_eq!(find(&client, "(214)%20555-010").await, ["José O'Brien", "Ana Rivera", "Li Wu"]);
    assert_eq!(find(&client, "%2B1%20972%20555%200103").await, ["Anabel Riverton"]);
    assert_eq!(find(&client, "ana@example.net").await, ["Ana Rivera"]);
    assert_eq!(find(&client, "wu").await, ["Li Wu"], "two letters find a last name that begins with them");
    assert_eq!(find(&client, "o%27").await, ["José O'Brien"]);
    assert!(find(&client, "zzz").await.is_empty());
    assert!(find(&client, "%25").await.is_empty(), "a wildcard is no letter");
    client.get(&format!("/customers?q={}", "x".repeat(101))).await.expect_problem(422, "invalid-field");
}

#[tokio::test]
async fn pages_follow_one_another() {
    let (app, floor) = app().await;
    seed(app.test(), floor.store, 25).await;
    let client = app.client(&floor.salesperson);
    for query in ["", "&q=customer"] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = client.get(&format!("/customers?limit=10{query}{cursor}")).await.expect(200);
            seen.extend(names(&page));
            match page["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 25);
        assert!(seen.is_sorted(), "{seen:?}");
    }
    client.get("/customers?cursor=nonsense").await.expect_problem(422, "invalid-cursor");
}

/// What a search may read is bounded by its answer and not by the store: rows fetched are counted, not milliseconds.
#[tokio::test]
async fn a_hundred_thousand_customers_are_not_read_through() {
    let (app, floor) = app().await;
    let elsewhere = app.test().floor().await;
    seed(app.test(), floor.store, 100_000).await;
    seed(app.test(), elsewhere.store, 10_000).await;
    // A name, a telephone number, an address, two letters, and the first page.
    for (terms, most) in [("customer 77123", 200), ("2143077123", 200), ("c77123@example", 200), ("la", 400), ("", 400)]
    {
        let fetched = fetched_by(app.test(), &floor.salesperson, terms).await;
        assert!(fetched <= most, "{terms:?} fetched {fetched} rows");
    }
    // A word that everybody has is found by walking the list, and stops with the page.
    let fetched = fetched_by(app.test(), &floor.salesperson, "customer").await;
    assert!(fetched <= 2_000, "a common word fetched {fetched} rows");
}

/// Customers as the product writes them, without its audit trail. Last names are those of the number, so that the list
/// has an order.
async fn seed(test: &TestDb, store: DealershipId, count: i32) {
    let mut owner = test.owner().await;
    sqlx::query(
        "insert into customer (dealership_id, id, first_name, last_name, email, phone, email_index, phone_index, sort_name,
                               search_text, created_at, updated_at)
         select $1, gen_random_uuid(), 'Customer', 'Last' || lpad(n::text, 6, '0'), 'c' || n || '@example.com',
                '+121430' || lpad(n::text, 5, '0'), sha256(n::text::bytea), sha256(n::text::bytea),
                'last' || lpad(n::text, 6, '0') || ' customer',
                'customer last' || lpad(n::text, 6, '0') || ' c' || n || '@example.com 121430' || lpad(n::text, 5, '0'),
                now(), now()
         from generate_series(1, $2) n",
    )
    .bind(store)
    .bind(count)
    .execute(&mut owner)
    .await
    .unwrap();
    sqlx::query("analyze customer").execute(&mut owner).await.unwrap();
}

/// Rows of `customer` that PostgreSQL touched for one page of a search, by its own count for the transaction.
async fn fetched_by(test: &TestDb, ctx: &TenantCtx, words: &str) -> i64 {
    let mut tx = test.db().tenant(ctx).await.unwrap();
    autolytiq_crm::api::find_customers(&mut tx, words).await.unwrap();
    let (seq_scans, fetched): (i64, i64) = sqlx::query_as(
        "select seq_scan, coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = 'customer'",
    )
    .fetch_one(tx.conn())
    .await
    .unwrap();
    assert_eq!(seq_scans, 0, "{words:?} reads the whole table");
    fetched
}
