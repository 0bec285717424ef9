//! Taking into stock, reading, changing, decoding.

use http::Method;
use serde_json::{Value, json};

use crate::{add, app, new_id, outback, vin};

#[tokio::test]
async fn a_vehicle_is_taken_into_stock_read_and_changed() {
    let (app, floor) = app().await;
    let manager = app.client(&floor.sales_manager);
    let id = new_id(&app);
    let created = manager.post("/inventory", &outback(id, "u4471", 100_441)).await;
    let body = created.expect(201);
    assert_eq!((created.version(), &body["stockNumber"], &body["status"]), (1, &json!("U4471"), &json!("inStock")));
    assert_eq!((&body["label"], &body["cost"]), (&json!("2025 Subaru Outback Touring"), &json!("38900.00")));
    // 5 January to 2 March 2026.
    assert_eq!(body["agingDays"], 56);

    let path = format!("/inventory/{id}");
    let mut changed = outback(id, "U4471", 100_441);
    changed["price"] = json!("40500.00");
    let saved = manager.put(&path, 1, &changed).await;
    assert_eq!((saved.expect(200)["price"].clone(), saved.version()), (json!("40500.00"), 2));
    let stale = manager.put(&path, 1, &changed).await.expect_problem(412, "version-conflict");
    assert_eq!(
        (&stale["expected"], &stale["current"], &stale["resource"]["price"]),
        (&json!(1), &json!(2), &json!("40500.00"))
    );
    manager.request(Method::PUT, &path).json(&changed).send().await.expect_problem(428, "precondition-required");
    changed["id"] = json!(new_id(&app));
    let other = manager.put(&path, 2, &changed).await.expect_problem(422, "invalid-field");
    assert_eq!(other["errors"][0]["pointer"], "/id");
}

#[tokio::test]
async fn who_may_not_see_the_cost_neither_sees_nor_loses_it() {
    let (app, floor) = app().await;
    let (manager, sales) = (app.client(&floor.sales_manager), app.client(&floor.salesperson));
    let id = new_id(&app);
    add(&manager, &outback(id, "U1", 1)).await;
    let path = format!("/inventory/{id}");
    for answer in [sales.get(&path).await, sales.get("/inventory").await] {
        let text = answer.expect(200).to_string();
        assert!(!text.contains("38900") && !text.contains("\"cost\""), "{text}");
    }
    // Only managers take into stock and change; a salesperson is refused before the body is looked at.
    sales.post("/inventory", &outback(new_id(&app), "U2", 2)).await.expect_problem(403, "forbidden");
    sales.put(&path, 1, &outback(id, "U1", 1)).await.expect_problem(403, "forbidden");
    let finance = app.client(&floor.fni_manager);
    assert_eq!(finance.get(&path).await.expect(200)["cost"], "38900.00");
}

#[tokio::test]
async fn stock_numbers_and_vins_are_unique_within_the_store() {
    let (app, floor) = app().await;
    let elsewhere = app.test().floor().await;
    let manager = app.client(&floor.sales_manager);
    let id = new_id(&app);
    add(&manager, &outback(id, "U1", 1)).await;
    let taken =
        manager.post("/inventory", &outback(new_id(&app), "u1", 2)).await.expect_problem(409, "stock-number-taken");
    assert_eq!(taken["errors"][0]["pointer"], "/stockNumber");
    let twice = manager.post("/inventory", &outback(new_id(&app), "U2", 1)).await.expect_problem(409, "vin-in-stock");
    assert_eq!(twice["errors"][0]["pointer"], "/vin");
    manager.post("/inventory", &outback(id, "U3", 3)).await.expect_problem(409, "id-taken");
    // Another store has its own numbers, and does not learn of these.
    let there = app.client(&elsewhere.sales_manager);
    there.get(&format!("/inventory/{id}")).await.expect_problem(404, "vehicle-not-found");
    there.get(&format!("/inventory/{id}/vin-decode")).await.expect_problem(404, "vehicle-not-found");
    there.put(&format!("/inventory/{id}"), 1, &outback(id, "U1", 1)).await.expect_problem(404, "vehicle-not-found");
    assert_eq!(add(&there, &outback(id, "U1", 1)).await["version"], 1);
}

#[tokio::test]
async fn bad_input_is_told_field_by_field_and_writes_nothing() {
    let (app, floor) = app().await;
    let manager = app.client(&floor.sales_manager);
    let with = |field: &str, value: Value| {
        let mut body = outback(new_id(&app), "U1", 1);
        body[field] = value;
        body
    };
    let mut wrong_digit = vin(1);
    wrong_digit.replace_range(8..9, if wrong_digit.as_bytes()[8] == b'0' { "1" } else { "0" });
    for (body, pointer, code) in [
        (with("vin", json!(wrong_digit)), "/vin", "vin-check-digit"),
        (with("vin", json!("4S4BTGNDOS3100441")), "/vin", "vin-letter"),
        (with("vin", json!("123")), "/vin", "vin-length"),
        (with("year", json!(2024)), "/year", "vin-year"),
        (with("year", json!(-1)), "/year", "invalid"),
        (with("price", json!("-1.00")), "/price", "negative"),
        (with("price", json!(41_250)), "/price", "wrong-type"),
        (with("price", json!("1.001")), "/price", "invalid"),
        (with("condition", json!("wrecked")), "/condition", "unknown-value"),
        (with("fuel", json!("steam")), "/fuel", "unknown-value"),
        (with("receivedOn", json!("1899-12-31")), "/receivedOn", "too-early"),
        (with("receivedOn", json!("2026-13-01")), "/receivedOn", "invalid"),
        (with("receivedOn", json!("2026-03-03")), "/receivedOn", "in-future"),
        (with("model", json!("x".repeat(61))), "/model", "too-long"),
        (with("status", json!("sold")), "/status", "unknown-field"),
        (with("id", json!(null)), "/id", "required"),
    ] {
        let problem = manager.post("/inventory", &body).await.expect_problem(422, "invalid-field");
        let told = (problem["errors"][0]["pointer"].as_str(), problem["errors"][0]["code"].as_str());
        assert_eq!(told, (Some(pointer), Some(code)), "{problem}");
    }
    let rows: i64 = sqlx::query_scalar("select (select count(*) from vehicle) + (select count(*) from audit_entry)")
        .fetch_one(&mut app.test().owner().await)
        .await
        .unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn a_vin_says_what_it_says_and_no_more() {
    let (app, floor) = app().await;
    let (manager, sales) = (app.client(&floor.sales_manager), app.client(&floor.salesperson));
    let decoded = sales.get(&format!("/vin-decode/{}", vin(100_441))).await.expect(200);
    assert_eq!(
        (&decoded["country"], &decoded["makes"], &decoded["modelYears"], &decoded["serial"]),
        (&json!("United States"), &json!(["Subaru"]), &json!([2025]), &json!("100441"))
    );
    assert!(decoded["unknown"].as_array().unwrap().contains(&json!("trim")));
    assert_eq!(decoded.get("disagreements"), None);
    let refused = sales.get("/vin-decode/4S4BTGND1S3100441").await;
    assert_eq!(refused.expect_problem(422, "invalid-field")["errors"][0]["code"], "vin-check-digit");

    let id = new_id(&app);
    let mut mislabelled = outback(id, "U1", 1);
    mislabelled["make"] = json!("Toyota");
    add(&manager, &mislabelled).await;
    let decoded = sales.get(&format!("/inventory/{id}/vin-decode")).await.expect(200);
    assert_eq!(decoded["disagreements"], json!([{"field": "make", "entered": "Toyota", "decoded": "Subaru"}]));
}
