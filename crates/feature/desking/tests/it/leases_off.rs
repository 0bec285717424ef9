//! A store that offers no leases.

use autolytiq_kernel::Feature;
use serde_json::{Value, json};

use crate::Shop;

fn kinds(columns: &Value) -> Vec<&str> {
    columns.as_array().unwrap().iter().map(|column| column["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn no_deal_becomes_a_lease_and_one_that_is_goes_on() {
    let shop = Shop::open().await;
    let sales = shop.sales();
    let mut leased = shop.deal(1).await;
    assert_eq!(kinds(&leased.input["columns"]), ["cash", "finance", "lease"], "as the store's defaults say");
    leased.pencil(&shop, &sales).await;
    let mut bought = shop.deal(2).await;
    bought.input["columns"] = json!([{"kind": "cash", "id": "cash"}]);
    bought.pencil(&shop, &sales).await;

    let (bea, third) = (shop.customer("Bea").await, shop.vehicle(3).await);
    // The same session, whose store has leases no longer.
    let sales = shop.app.client_without(&shop.floor.salesperson, &[Feature::Leases]);
    let lease = leased.input["columns"][2].clone();
    let mut body = bought.body(&shop);
    body["input"]["columns"] = json!([lease]);
    let refused = bought.send(&sales, &body).await.expect_problem(403, "feature-off");
    assert_eq!(refused["feature"], "leases");
    bought.input["cashDown"] = json!("100.00");
    bought.pencil(&shop, &sales).await;

    leased.input["cashDown"] = json!("100.00");
    let next = leased.pencil(&shop, &sales).await;
    assert_eq!(kinds(&next["pencil"]["input"]["columns"]), ["cash", "finance", "lease"]);
    leased.input["columns"] = json!([lease]);
    leased.pencil(&shop, &sales).await;

    // A new deal begins without one, and so does a copy of nothing but a lease.
    let body = json!({"id": shop.id(), "customerId": bea, "vehicleId": third});
    let opened = sales.post("/deals", &body).await.expect(201);
    assert_eq!(kinds(&opened["start"]["columns"]), ["cash", "finance"]);
    let copy = sales.post(&format!("{}/copy", leased.path), &json!({"id": shop.id()})).await.expect(201);
    assert_eq!(kinds(&copy["current"]["input"]["columns"]), ["cash", "finance"]);
}
