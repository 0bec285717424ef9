//! Local rates that the store imported: the next pencil takes them, a saved one keeps its own.

use http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Shop;

/// Imports a table with one rate for Leavenworth County, Kansas, and gives its id.
async fn import(shop: &Shop, rate: &str) -> Uuid {
    let id = shop.id();
    let path = format!("/places/rate-imports?id={id}&state=KS&format=csv&source=A%20list&asOf=2026-01-01");
    let file = format!("county,level,name,rate,effective\nLeavenworth,county,Leavenworth tax,{rate},2026-01-01\n");
    let sent = shop.client(&shop.floor.administrator).request(Method::POST, &path).raw("text/csv", file).send().await;
    let _ = sent.expect(201);
    id
}

async fn withdraw(shop: &Shop, id: Uuid) {
    let path = format!("/places/rate-imports/{id}/withdraw");
    let client = shop.client(&shop.floor.administrator);
    let _ = client.request(Method::POST, &path).if_match(1).json(&json!({})).send().await.expect(200);
}

/// The rates of a pencil's local tax lines.
fn local(added: &Value) -> Vec<&str> {
    let lines = added["pencil"]["result"]["columns"][0]["tax"]["lines"].as_array().unwrap();
    let ours = lines.iter().filter(|line| line.to_string().contains("Leavenworth"));
    ours.map(|line| line["rate"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_saved_pencil_keeps_its_rates_and_the_next_one_takes_the_imported() {
    let shop = Shop::open().await;
    let first = import(&shop, "0.01").await;
    let customer = shop.id();
    let place = json!({"state": "KS", "county": "Leavenworth"});
    let body = json!({"id": customer, "firstName": "Ana", "lastName": "Rivera", "place": place});
    let _ = shop.sales().post("/customers", &body).await.expect(201);
    let vehicle = shop.vehicle(100_441).await;
    let mut work = shop.deal_on(customer, vehicle).await;
    work.input["columns"] = json!([{"kind": "cash", "id": "cash"}]);
    let saved = work.pencil(&shop, &shop.sales()).await;
    assert_eq!(local(&saved), ["0.01"]);
    let path = format!("{}/scenarios/{}", work.path, saved["pencil"]["id"].as_str().unwrap());

    let second = import(&shop, "0.02").await;
    assert_eq!(shop.sales().get(&path).await.expect(200)["result"], saved["pencil"]["result"], "it is as it was");
    assert_eq!(local(&work.pencil(&shop, &shop.sales()).await), ["0.02"]);
    withdraw(&shop, second).await;
    assert_eq!(local(&work.pencil(&shop, &shop.sales()).await), ["0.01"]);
    withdraw(&shop, first).await;
    assert_eq!(shop.sales().get(&path).await.expect(200)["result"], saved["pencil"]["result"]);
}
