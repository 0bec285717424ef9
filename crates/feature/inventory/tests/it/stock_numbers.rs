//! Stock numbers that the store gives by itself.

use autolytiq_testkit::{Answer, Client, TestApp};
use http::Method;
use serde_json::{Value, json};

use crate::{add, app, new_id, outback, vin};

/// A vehicle without a stock number.
fn bare(app: &TestApp, serial: u32, condition: &str) -> Value {
    let mut body = outback(new_id(app), "", serial);
    body["condition"] = json!(condition);
    body.as_object_mut().unwrap().remove("stockNumber");
    body
}

async fn next(client: &Client) -> Value {
    client.get("/inventory/next-numbers").await.expect(200)["items"].clone()
}

async fn go_on(client: &Client, condition: &str, next: i64) -> Answer {
    let body = json!({ "condition": condition, "next": next });
    client.request(Method::PUT, "/inventory/next-numbers").json(&body).send().await
}

#[tokio::test]
async fn a_vehicle_without_a_number_is_given_the_next_one_that_is_free() {
    let (app, floor) = app().await;
    let manager = app.client(&floor.sales_manager);
    assert_eq!(add(&manager, &bare(&app, 1, "new")).await["stockNumber"], "N1001");
    assert_eq!(add(&manager, &bare(&app, 2, "used")).await["stockNumber"], "U1001", "a series of its own");
    // What somebody typed is left out, and so is what was given out and changed.
    add(&manager, &outback(new_id(&app), "N1002", 3)).await;
    let third = add(&manager, &bare(&app, 4, "new")).await;
    assert_eq!(third["stockNumber"], "N1003");
    let mut renamed = outback(new_id(&app), "LOT-7", 4);
    renamed["id"] = third["id"].clone();
    let path = format!("/inventory/{}", third["id"].as_str().unwrap());
    let _ = manager.put(&path, 1, &renamed).await.expect(200);

    // A refused vehicle takes no number.
    let mut wrong = bare(&app, 5, "new");
    wrong["vin"] = json!("1HGCM82633A004353");
    manager.post("/inventory", &wrong).await.expect_problem(422, "invalid-field");
    manager.post("/inventory", &bare(&app, 1, "new")).await.expect_problem(409, "vin-in-stock");
    let bodies: Vec<Value> = (10..14).map(|serial| bare(&app, serial, "new")).collect();
    let at_once = tokio::join!(
        add(&manager, &bodies[0]),
        add(&manager, &bodies[1]),
        add(&manager, &bodies[2]),
        add(&manager, &bodies[3])
    );
    let mut given = [at_once.0, at_once.1, at_once.2, at_once.3].map(|vehicle| vehicle["stockNumber"].to_string());
    given.sort();
    assert_eq!(given, ["\"N1004\"", "\"N1005\"", "\"N1006\"", "\"N1007\""]);

    // A number is given once; a vehicle that has one keeps it.
    let mut without = bare(&app, 4, "new");
    without["id"] = third["id"].clone();
    let refused = manager.put(&path, 2, &without).await.expect_problem(422, "invalid-field");
    assert_eq!(refused["errors"][0]["pointer"], "/stockNumber");
    assert_eq!(manager.get(&path).await.expect(200)["vin"], vin(4));
}

#[tokio::test]
async fn the_numbers_go_on_from_a_higher_one_and_never_back() {
    let (app, floor) = app().await;
    let (manager, sales) = (app.client(&floor.sales_manager), app.client(&floor.salesperson));
    let first = json!([
        { "condition": "new", "next": 1001, "shown": "N1001" }, { "condition": "used", "next": 1001, "shown": "U1001" }
    ]);
    assert_eq!(next(&sales).await, first);
    add(&manager, &outback(new_id(&app), "N7000", 1)).await;
    let taken = go_on(&manager, "new", 7_000).await.expect_problem(422, "invalid-field");
    assert_eq!((&taken["errors"][0]["pointer"], &taken["errors"][0]["code"]), (&json!("/next"), &json!("taken")));
    assert_eq!(go_on(&manager, "new", 6_999).await.expect(200)["items"][0]["shown"], "N6999");
    assert_eq!(add(&manager, &bare(&app, 2, "new")).await["stockNumber"], "N6999");
    assert_eq!(next(&sales).await[0]["shown"], "N7001", "the one that is used is left out of what is shown, too");
    assert_eq!(add(&manager, &bare(&app, 3, "new")).await["stockNumber"], "N7001");
    for lower in [7_001, 1_001, 0] {
        let refused = go_on(&manager, "new", lower).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["errors"][0]["code"], "too-low", "{lower}");
    }
    assert_eq!(next(&sales).await[1]["shown"], "U1001", "the other series stands where it stood");
    go_on(&sales, "new", 9_000).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn the_store_says_how_numbers_look_and_which_are_typed() {
    let (app, floor) = app().await;
    let manager = app.client(&floor.sales_manager);
    sqlx::query(
        r#"insert into numbering (dealership_id, deals, used_vehicles, updated_at)
           values ($1, '{"prefix": "D-", "year": "none", "digits": 0}', '{"prefix": "T/", "digits": 6}', now())"#,
    )
    .bind(floor.store)
    .execute(&mut app.test().owner().await)
    .await
    .unwrap();
    assert_eq!(add(&manager, &bare(&app, 1, "used")).await["stockNumber"], "T/001001");
    let refused = manager.post("/inventory", &bare(&app, 2, "new")).await.expect_problem(422, "invalid-field");
    assert_eq!(refused["errors"][0]["pointer"], "/stockNumber");
    assert_eq!(next(&manager).await[0].get("shown"), None);
    assert_eq!(add(&manager, &outback(new_id(&app), "n2", 2)).await["stockNumber"], "N2");
}
