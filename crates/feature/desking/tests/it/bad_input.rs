//! Whatever is typed gets a clear answer, and leaves nothing behind.

use http::Method;
use serde_json::{Value, json};

use crate::Shop;

#[tokio::test]
async fn every_wrong_pencil_is_told_where_it_is_wrong() {
    let shop = Shop::open().await;
    let work = shop.deal(1).await;
    let cases: [(&str, Value, &str); 24] = [
        ("/input/price", json!("-1.00"), "/input/price"),
        ("/input/price", json!(41_250), "/input/price"),
        ("/input/price", json!("41250.001"), "/input/price"),
        ("/input/price", json!("99999999999999.00"), "/input/price"),
        ("/input/price", json!("10000000.01"), "/input/price"),
        ("/input/cashDown", json!("-0.01"), "/input/cashDown"),
        ("/input/buyerPlace/state", json!("ZZ"), "/input/buyerPlace/state"),
        ("/input/buyerPlace/state", json!("PR"), "/input/buyerPlace/state"),
        ("/input/buyerPlace", json!("Texas"), "/input/buyerPlace"),
        ("/input/dealerPlace/county", json!("Tarrant"), "/input/dealerPlace"),
        ("/input/dealDate", json!("2025-01-01"), "/input/dealDate"),
        ("/input/dealDate", json!("1899-12-31"), "/input/dealDate"),
        ("/input/dealDate", json!("yesterday"), "/input/dealDate"),
        ("/input/columns/1/termMonths", json!(400), "/input/columns/1/termMonths"),
        ("/input/columns/1/termMonths", json!(0), "/input/columns/1/termMonths"),
        ("/input/columns/1/rate", json!("4"), "/input/columns/1/rate"),
        ("/input/columns/1/rate", json!("-0.01"), "/input/columns/1/rate"),
        ("/input/columns/2/moneyFactor", json!("1"), "/input/columns/2/moneyFactor"),
        ("/input/columns", json!([]), "/input/columns"),
        ("/input/elections", json!({"nonsense": "yes"}), "/input/elections/nonsense"),
        ("/input/trades", json!([{"description": "x", "allowance": "-5.00"}]), "/input/trades/0/allowance"),
        ("/note", json!("x".repeat(2_001)), "/note"),
        ("/reason", json!("x".repeat(501)), "/reason"),
        ("/total", json!("1.00"), "/total"),
    ];
    for (at, value, pointer) in cases {
        let mut body = work.body(&shop);
        match body.pointer_mut(at) {
            Some(place) => *place = value.clone(),
            None => {
                let (parent, name) = at.rsplit_once('/').unwrap();
                body.pointer_mut(parent).unwrap()[name] = value.clone();
            }
        }
        let problem = work.send(&shop.sales(), &body).await.expect_problem(422, "invalid-field");
        let pointers: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().filter_map(|e| e["pointer"].as_str()).collect();
        assert!(pointers.iter().any(|told| told.starts_with(pointer)), "{at} = {value}: {problem}");
        assert!(problem["errors"][0]["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    }
    let million = json!({"id": shop.id(), "input": work.input, "note": "x".repeat(1_000_000)});
    let status = work.send(&shop.sales(), &million).await.status.as_u16();
    assert!([413, 422].contains(&status), "{status}");
    let path = format!("{}/scenarios", work.path);
    let raw =
        |body: &'static str| shop.sales().request(Method::POST, &path).if_match(1).raw("application/json", body).send();
    raw("{").await.expect_problem(400, "malformed-json");
    raw("[]").await.expect_problem(422, "invalid-field");
    raw("{}").await.expect_problem(422, "invalid-field");

    let left: (i64, i64) = sqlx::query_as("select (select count(*) from pencil), (select max(version) from deal)")
        .fetch_one(&mut shop.app.test().owner().await)
        .await
        .unwrap();
    assert_eq!(left, (0, 1));
}

#[tokio::test]
async fn what_is_odd_but_possible_is_computed() {
    let shop = Shop::open().await;
    let mut work = shop.deal(1).await;
    // No interest, and a trade worth more than the car.
    work.input["columns"][1]["rate"] = json!("0");
    work.input["trades"] = json!([{"description": "2024 Silverado", "allowance": "60000.00", "payoff": "0.00"}]);
    let added = work.pencil(&shop, &shop.sales()).await;
    let codes: Vec<&str> =
        added["pencil"]["result"]["notices"].as_array().unwrap().iter().filter_map(|n| n["code"].as_str()).collect();
    assert!(codes.contains(&"trade-above-price"), "{codes:?}");
    // A whole 100 % a year, the most there is.
    work.input["trades"] = json!([]);
    work.input["columns"][1]["rate"] = json!("1");
    work.pencil(&shop, &shop.sales()).await;
}

#[tokio::test]
async fn ids_that_mean_nothing_are_not_found() {
    let shop = Shop::open().await;
    let client = shop.manager();
    let id = shop.id();
    client.get(&format!("/deals/{id}")).await.expect_problem(404, "deal-not-found");
    client.get("/deals/not-an-id").await.expect_problem(404, "not-found");
    let work = shop.penciled(1).await;
    client.get(&format!("{}/scenarios/{id}", work.path)).await.expect_problem(404, "pencil-not-found");
    let (customer, vehicle) = (shop.customer("Ana").await, work.vehicle);
    let open = |customer, vehicle| json!({"id": id, "customerId": customer, "vehicleId": vehicle});
    client.post("/deals", &open(id, vehicle)).await.expect_problem(404, "customer-not-found");
    client.post("/deals", &open(customer, id)).await.expect_problem(404, "vehicle-not-found");
    client.post("/deals", &json!({"id": id})).await.expect_problem(422, "invalid-field");
}
