//! Whose deals whom they concern.

use autolytiq_testkit::Client;
use http::Method;
use serde_json::json;

use crate::{Shop, shop::Work};

/// Every operation on one deal, as somebody whom it does not concern and who finds no other.
async fn finds_nothing(shop: &Shop, client: &Client, deal: &Work) {
    cannot_reach(shop, client, deal).await;
    assert_eq!(client.get("/deals").await.expect(200)["items"], json!([]));
}

/// Every operation on one deal, as somebody whom it does not concern.
pub(crate) async fn cannot_reach(shop: &Shop, client: &Client, deal: &Work) {
    for path in ["", "/history", "/calculate"] {
        client.get(&format!("{}{path}", deal.path)).await.expect_problem(404, "deal-not-found");
    }
    let pencil = format!("{}/scenarios/{}", deal.path, deal.parent.unwrap());
    client.get(&pencil).await.expect_problem(404, "deal-not-found");
    let copy = json!({"id": shop.id()});
    client.post(&format!("{}/copy", deal.path), &copy).await.expect_problem(404, "deal-not-found");
    let presence = client.request(Method::PUT, &format!("{}/presence", deal.path));
    presence.json(&json!({"manner": "looking"})).send().await.expect_problem(404, "deal-not-found");
    let body = deal.body(shop);
    deal.send(client, &body).await.expect_problem(404, "deal-not-found");
    for action in ["submit", "approve", "reject", "cancel", "close", "reopen"] {
        let path = format!("{}/{action}", deal.path);
        let answer =
            client.request(Method::POST, &path).if_match(deal.version).json(&json!({"reason": "x"})).send().await;
        // A role without the permission at all is told so before anything is looked for.
        assert!([403, 404].contains(&answer.status.as_u16()), "{action}: {answer:?}");
    }
}

#[tokio::test]
async fn a_salesperson_works_their_own_deals() {
    let shop = Shop::open().await;
    let deal = shop.penciled(1).await;
    finds_nothing(&shop, &shop.client(&shop.floor.other_salesperson), &deal).await;
    for ctx in [&shop.floor.salesperson, &shop.floor.sales_manager, &shop.floor.fni_manager, &shop.floor.administrator]
    {
        assert_eq!(shop.client(ctx).get(&deal.path).await.status, 200);
    }
}

#[tokio::test]
async fn another_store_finds_nothing() {
    let shop = Shop::open().await;
    let deal = shop.penciled(1).await;
    let elsewhere = shop.app.test().floor().await;
    for ctx in elsewhere.everybody() {
        finds_nothing(&shop, &shop.client(ctx), &deal).await;
    }
    // Nor can it open a deal for this store's customer, or on its vehicle.
    let there = shop.client(&elsewhere.sales_manager);
    let body = json!({"id": shop.id(), "customerId": shop.customer("Bea").await, "vehicleId": deal.vehicle});
    there.post("/deals", &body).await.expect_problem(404, "customer-not-found");
}

#[tokio::test]
async fn nobody_gets_in_without_a_token() {
    let shop = Shop::open().await;
    let deal = shop.penciled(1).await;
    let nobody = shop.app.nobody();
    for path in [deal.path.as_str(), "/deals", "/calc/states"] {
        nobody.get(path).await.expect_problem(401, "unauthenticated");
    }
    nobody.post("/calc/deal", &json!({})).await.expect_problem(401, "unauthenticated");
}
