//! Copies of deals.

use serde_json::{Value, json};

use crate::Shop;

fn copy_body(shop: &Shop) -> Value {
    json!({"id": shop.id()})
}

#[tokio::test]
async fn a_copy_is_the_same_offer_today_under_a_number_of_its_own() {
    let shop = Shop::open().await;
    let mut work = shop.deal(1).await;
    work.input["cashDown"] = json!("2500.00");
    work.pencil(&shop, &shop.sales()).await;
    let source = shop.sales().get(&work.path).await.expect(200);
    shop.app.test().clock().advance(jiff::SignedDuration::from_hours(24 * 40));
    let copy = shop.sales().post(&format!("{}/copy", work.path), &copy_body(&shop)).await.expect(201);
    assert_ne!(copy["number"], source["number"]);
    assert_eq!((&copy["dealDate"], &copy["state"]), (&json!("2026-04-11"), &json!("draft")));
    assert_eq!(copy["current"]["input"]["dealDate"], "2026-04-11");
    assert_eq!(copy["current"]["result"]["rates"]["asOf"], "2026-04-11");
    assert_eq!((&copy["current"]["number"], &copy["current"]["input"]["cashDown"]), (&json!(1), &json!("2500.00")));
    assert_eq!(copy["current"]["input"]["price"], source["current"]["input"]["price"]);

    let path = format!("/deals/{}", copy["id"].as_str().unwrap());
    let history = shop.sales().get(&format!("{path}/history")).await.expect(200);
    let told = history["items"].as_array().unwrap();
    assert_eq!((&told[0]["action"], &told[1]["action"]), (&json!("deal.penciled"), &json!("deal.created")));
    assert_eq!(told[1]["copiedFrom"], source["number"]);
    assert_eq!(shop.sales().get(&work.path).await.expect(200)["version"], source["version"], "the first is untouched");
    // What the store paid came along, for those who may see it, and for nobody else.
    let costs = "/current/input/costs";
    assert!(shop.manager().get(&path).await.expect(200).pointer(costs).is_some());
    assert!(copy.pointer(costs).is_none());
}

#[tokio::test]
async fn a_copy_for_another_customer_and_vehicle() {
    let shop = Shop::open().await;
    let mut work = shop.deal(1).await;
    work.input["price"] = json!("39000.00");
    work.input["trades"] = json!([{"description": "2019 Civic", "allowance": "9000.00"}]);
    work.pencil(&shop, &shop.sales()).await;
    let (customer, vehicle) = (shop.customer("Bea").await, shop.vehicle(2).await);
    let body = json!({"id": shop.id(), "customerId": customer, "vehicleId": vehicle});
    let copy = shop.sales().post(&format!("{}/copy", work.path), &body).await.expect(201);
    assert_eq!((&copy["customer"]["firstName"], &copy["vehicle"]["stockNumber"]), (&json!("Bea"), &json!("N2")));
    let input = &copy["current"]["input"];
    assert_eq!(input["price"], "41250.00", "the other vehicle's own");
    assert_eq!(input.get("trades").and_then(Value::as_array).map_or(0, Vec::len), 0);
}

#[tokio::test]
async fn what_cannot_be_copied_is_said_and_leaves_nothing() {
    let shop = Shop::open().await;
    let mut sold = shop.approved(1).await;
    sold.act(&shop.finance(), "close", None).await;
    let body = copy_body(&shop);
    let path = format!("{}/copy", sold.path);
    shop.sales().post(&path, &body).await.expect_problem(409, "vehicle-not-available");
    let other = json!({"id": body["id"], "vehicleId": shop.vehicle(2).await});
    let _ = shop.sales().post(&path, &other).await.expect(201);
    // A deal without figures gives one without.
    let bare = shop.deal(3).await;
    let copy = shop.sales().post(&format!("{}/copy", bare.path), &copy_body(&shop)).await.expect(201);
    assert_eq!((copy.get("current"), &copy["pencils"]), (None, &json!([])));
    // Somebody else's deal is not there.
    let managers =
        json!({"id": shop.id(), "customerId": shop.customer("Cleo").await, "vehicleId": shop.vehicle(4).await});
    let opened = shop.manager().post("/deals", &managers).await.expect(201);
    let path = format!("/deals/{}/copy", opened["id"].as_str().unwrap());
    shop.sales().post(&path, &copy_body(&shop)).await.expect_problem(404, "deal-not-found");
    shop.finance().post(&path, &json!({"id": shop.id(), "price": "1.00"})).await.expect_problem(422, "invalid-field");
}
