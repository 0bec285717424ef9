//! The desk log.

use serde_json::{Value, json};

use crate::Shop;

pub(crate) fn numbers(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_log_shows_filters_sorts_and_finds() {
    let shop = Shop::open().await;
    let clock = shop.app.test().clock();
    let turn = || clock.advance(jiff::SignedDuration::from_mins(1));
    let bea = shop.customer("Beatrice").await;
    let draft = shop.deal_on(bea, shop.vehicle(1).await).await;
    turn();
    let submitted = shop.submitted(2).await;
    turn();
    let mut rejected = shop.submitted(3).await;
    turn();
    rejected.act(&shop.manager(), "reject", Some("no")).await;
    turn();
    let mut touched = draft;
    touched.pencil(&shop, &shop.sales()).await;

    let manager = shop.manager();
    let page = manager.get("/deals").await.expect(200);
    assert_eq!(numbers(&page), ["D-10001", "D-10003", "D-10002"]);
    let row = &page["items"][0];
    assert_eq!(
        (
            &row["customer"]["name"],
            &row["vehicle"]["stockNumber"],
            &row["salesperson"]["name"],
            &row["lastPencil"]["price"]
        ),
        (&json!("Beatrice Rivera"), &json!("N1"), &json!("Sam Sales"), &json!("41250.00"))
    );
    let labels: Vec<&Value> = row["lastPencil"]["payments"].as_array().unwrap().iter().map(|p| &p["label"]).collect();
    assert_eq!(labels, ["Cash", "Finance 72", "Lease 36"]);

    for (query, expected) in [
        ("sort=-number", vec!["D-10003", "D-10002", "D-10001"]),
        ("sort=number", vec!["D-10001", "D-10002", "D-10003"]),
        ("sort=updatedAt", vec!["D-10002", "D-10003", "D-10001"]),
        ("state=submitted", vec!["D-10002"]),
        ("state=submitted,rejected", vec!["D-10003", "D-10002"]),
        ("state=submitted&state=rejected", vec!["D-10003", "D-10002"]),
        ("state=closed", vec![]),
        ("q=beatrice", vec!["D-10001"]),
        ("q=n2", vec!["D-10002"]),
        ("q=D-10003", vec!["D-10003"]),
        ("q=rivera%20outback", vec!["D-10001", "D-10003", "D-10002"]),
        ("q=nobody", vec![]),
        (&format!("customerId={bea}"), vec!["D-10001"]),
        (&format!("vehicleId={}", submitted.vehicle), vec!["D-10002"]),
    ] {
        assert_eq!(numbers(&manager.get(&format!("/deals?{query}")).await.expect(200)), expected, "{query}");
    }
    for bad in ["state=open", "sort=gross", "limit=1000", "customerId=7", "cursor=zzz"] {
        assert_eq!(manager.get(&format!("/deals?{bad}")).await.status, 422, "{bad}");
    }
    for sort in ["-updatedAt", "updatedAt", "-number", "number"] {
        let whole = manager.get(&format!("/deals?sort={sort}")).await.expect(200);
        let first = manager.get(&format!("/deals?limit=2&sort={sort}")).await.expect(200);
        let next = first["nextCursor"].as_str().unwrap();
        let second = manager.get(&format!("/deals?limit=2&sort={sort}&cursor={next}")).await.expect(200);
        assert_eq!([numbers(&first), numbers(&second)].concat(), numbers(&whole), "{sort}");
        let other = if sort == "number" { "-number" } else { "number" };
        manager.get(&format!("/deals?sort={other}&cursor={next}")).await.expect_problem(422, "invalid-cursor");
    }
}
