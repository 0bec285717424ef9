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

/// Kansas in the layout of the state's files, made up: a county with 1 %, a city with 1.5 % more, and a ZIP that a street splits.
async fn import_streets(shop: &Shop) {
    let rates = "20,00,00103,0.01,0.01,0,0,20260101,99991231\n20,01,39000,0.015,0.015,0,0,20260101,99991231\n";
    let stretch = |low: &str, high: &str, place: &str| {
        let mut fields = vec![""; 89];
        (fields[0], fields[1], fields[2], fields[3], fields[4]) = ("A", "20260101", "99991231", low, high);
        (fields[7], fields[8], fields[15], fields[22], fields[24], fields[25]) =
            ("ELM", "ST", "66048", "20", "103", place);
        fields.join(",")
    };
    let streets = [stretch("1", "99", "39000"), stretch("100", "199", "")].join("\n");
    for (format, file) in [("sstRate", rates), ("sstBoundary", streets.as_str())] {
        let id = shop.id();
        let path = format!("/places/rate-imports?id={id}&state=KS&format={format}&source=A%20list&asOf=2026-01-01");
        let request = shop.client(&shop.floor.administrator).request(Method::POST, &path);
        let _ = request.raw("text/csv", file.to_owned()).send().await.expect(201);
    }
}

#[tokio::test]
async fn the_customers_street_settles_the_rate_where_they_live() {
    let shop = Shop::open().await;
    import_streets(&shop).await;
    let vehicle = shop.vehicle(100_442).await;
    let place = json!({"state": "KS", "county": "Leavenworth", "zip": "66048"});
    for (street, expected, sure) in [
        (Some("12 Elm Street"), vec!["0.01", "0.015"], true),
        (Some("112 ELM ST"), vec!["0.01"], true),
        (None, vec!["0.01"], false),
    ] {
        let customer = shop.id();
        let body = json!({"id": customer, "firstName": "Ana", "lastName": "Rivera", "street": street, "place": place});
        let _ = shop.sales().post("/customers", &body).await.expect(201);
        let mut work = shop.deal_on(customer, vehicle).await;
        work.input["columns"] = json!([{"kind": "cash", "id": "cash"}]);
        let saved = work.pencil(&shop, &shop.sales()).await;
        let page = shop.sales().get(&work.path).await.expect(200);
        assert_eq!(page["customer"]["street"].as_str(), street);
        for rates in [&page["rates"], &saved["pencil"]["rates"]] {
            let entries = rates["entries"].as_array().unwrap().iter().filter(|entry| entry["placeRole"] == "buyer");
            let found: Vec<_> = entries.clone().map(|entry| entry["rate"].as_str().unwrap()).collect();
            assert_eq!(found, expected, "{street:?}");
            assert!(entries.clone().all(|entry| entry["verified"] == sure), "{street:?}");
        }
        let elsewhere = work.input.clone();
        work.input["buyerPlace"]["zip"] = json!("66049");
        let moved = work.pencil(&shop, &shop.sales()).await;
        assert!(
            moved["pencil"]["rates"].to_string().contains("66049 is in no boundary file"),
            "another ZIP than the customer's"
        );
        work.input = elsewhere;
    }
}
