//! Whose deals an import changes, and which not.

use crate::Store;
use http::Method;
use serde_json::{Value, json};

const FIRST: &str = "county,level,name,rate,effective\nLeavenworth,county,Leavenworth tax,0.01,2026-01-01\n";
const SECOND: &str = "county,level,name,rate,effective\nLeavenworth,county,Leavenworth tax,0.02,2026-01-01\n";

fn place() -> Value {
    json!({ "state": "KS", "county": "Leavenworth" })
}

fn only(rate: &str) -> Vec<(String, String, bool)> {
    vec![("Leavenworth tax".to_owned(), rate.to_owned(), false)]
}

#[tokio::test]
async fn the_newest_import_holds_until_it_is_withdrawn() {
    let store = Store::open().await;
    let shipped = store.rates(&place(), "2026-03-02").await;
    let first = store.import("KS", "csv", FIRST).await;
    let second = store.import("KS", "csv", SECOND).await;
    assert_eq!(store.rates(&place(), "2026-03-02").await, only("0.02"));
    let list = store.of(&store.floor.sales_manager).get("/places/rate-imports").await.expect(200);
    let shown: Vec<_> = list["items"].as_array().unwrap().iter().map(|item| (&item["id"], &item["inForce"])).collect();
    assert_eq!(shown, [(&second["id"], &json!(true)), (&first["id"], &json!(false))]);
    let _ = store.withdraw(&second).await;
    assert_eq!(store.rates(&place(), "2026-03-02").await, only("0.01"));
    let _ = store.withdraw(&first).await;
    assert_eq!(store.rates(&place(), "2026-03-02").await, shipped);
    let kept: (i64, i64) = sqlx::query_as(
        "select (select count(*) from rate_import_levy), (select count(*) from audit_entry where action like 'rates.%')",
    )
    .fetch_one(&mut store.app.test().owner().await)
    .await
    .unwrap();
    assert_eq!(kept, (2, 4), "nothing is deleted, and each act is in the audit trail");
}

#[tokio::test]
async fn a_first_day_in_the_request_comes_before_the_file() {
    let store = Store::open().await;
    let _ = store.import("KS", "csv", FIRST).await;
    let id = store.id();
    let made =
        store.send("", &id, "KS", "csv", "&firstDay=2026-04-01&fileName=KS%20April.csv", SECOND).await.expect(201);
    assert_eq!((&made["firstDay"], &made["fileName"]), (&json!("2026-04-01"), &json!("KS April.csv")));
    assert_eq!(store.rates(&place(), "2026-03-31").await, only("0.01"));
    assert_eq!(store.rates(&place(), "2026-04-01").await, only("0.02"));
}

#[tokio::test]
async fn another_store_sees_and_changes_nothing_of_it() {
    let store = Store::open().await;
    let shipped = store.rates(&place(), "2026-03-02").await;
    let made = store.import("KS", "csv", FIRST).await;
    let other = store.app.test().floor().await;
    let stranger = store.of(&other.administrator);
    assert_eq!(stranger.get("/places/rate-imports").await.expect(200)["items"], json!([]));
    let path = format!("/places/rate-imports/{}", made["id"].as_str().unwrap());
    stranger.get(&path).await.expect_problem(404, "rate-import-not-found");
    stranger.get(&format!("{path}/progress")).await.expect_problem(404, "rate-import-not-found");
    let withdraw =
        stranger.request(Method::POST, &format!("{path}/withdraw")).if_match(1).json(&json!({})).send().await;
    withdraw.expect_problem(404, "rate-import-not-found");
    let body = json!({ "dealDate": "2026-03-02", "dealerPlace": place(), "buyerPlace": place() });
    let seen = stranger.post("/places/resolve", &body).await.expect(200);
    let rates: Vec<_> =
        seen["entries"].as_array().unwrap().iter().filter(|entry| entry["placeRole"] == "buyer").collect();
    assert_eq!(rates.len(), shipped.len());
    assert!(!seen.to_string().contains("imported by the store"));
}
