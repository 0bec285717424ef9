//! Adding, reading, changing.

use autolytiq_testkit::TestDb;
use http::Method;
use serde_json::json;

use crate::{add, ana, app, new_id};

#[tokio::test]
async fn a_customer_is_added_read_and_changed() {
    let (app, floor) = app().await;
    let client = app.client(&floor.salesperson);
    let id = new_id(&app);
    let created = client.post("/customers", &ana(id)).await;
    let body = created.expect(201);
    assert_eq!(created.header("location"), Some(format!("/api/v1/customers/{id}").as_str()));
    assert_eq!(
        (created.version(), &body["phone"], &body["email"]),
        (1, &json!("+12145550123"), &json!("ana.rivera@example.com"))
    );
    assert_eq!(body["dateOfBirthOnFile"], false);

    let path = format!("/customers/{id}");
    assert_eq!(client.get(&path).await.expect(200), body);

    let mut changed = ana(id);
    changed["lastName"] = json!("Rivera-Soto");
    changed.as_object_mut().unwrap().remove("notes");
    let saved = client.put(&path, 1, &changed).await;
    let body = saved.expect(200);
    assert_eq!((saved.version(), &body["lastName"], &body["notes"]), (2, &json!("Rivera-Soto"), &json!(null)));

    // The same again changes nothing, and so makes no version.
    assert_eq!(client.put(&path, 2, &changed).await.version(), 2);
}

#[tokio::test]
async fn a_stale_change_is_told_with_both_versions() {
    let (app, floor) = app().await;
    let client = app.client(&floor.salesperson);
    let id = new_id(&app);
    add(&client, &ana(id)).await;
    let path = format!("/customers/{id}");
    let mut changed = ana(id);
    changed["notes"] = json!("Second.");
    assert_eq!(client.put(&path, 1, &changed).await.version(), 2);
    changed["notes"] = json!("Lost.");
    let conflict = client.put(&path, 1, &changed).await.expect_problem(412, "version-conflict");
    assert_eq!((&conflict["expected"], &conflict["current"]), (&json!(1), &json!(2)));
    assert_eq!(conflict["resource"]["notes"], "Second.");
    client.request(Method::PUT, &path).json(&changed).send().await.expect_problem(428, "precondition-required");
    assert_eq!(client.get(&path).await.json()["notes"], "Second.");
}

#[tokio::test]
async fn another_store_finds_nothing_and_may_use_the_same_id() {
    let (app, floor) = app().await;
    let elsewhere = app.test().floor().await;
    let (here, there) = (app.client(&floor.sales_manager), app.client(&elsewhere.administrator));
    let id = new_id(&app);
    add(&here, &ana(id)).await;
    let path = format!("/customers/{id}");
    there.get(&path).await.expect_problem(404, "customer-not-found");
    there.put(&path, 1, &ana(id)).await.expect_problem(404, "customer-not-found");
    there
        .post(&format!("{path}/reveal"), &json!({"field": "dateOfBirth", "reason": "x"}))
        .await
        .expect_problem(404, "customer-not-found");
    assert_eq!(there.get("/customers?q=rivera").await.json()["items"], json!([]));
    assert_eq!(there.post("/customers/duplicates", &json!({"phone": "2145550123"})).await.json()["items"], json!([]));
    // That the id is taken here is nothing anybody there could learn.
    assert_eq!(there.post("/customers", &ana(id)).await.status, 201);
    here.post("/customers", &ana(id)).await.expect_problem(409, "id-taken");
}

#[tokio::test]
async fn bad_input_is_told_field_by_field_and_writes_nothing() {
    let (app, floor) = app().await;
    let client = app.client(&floor.salesperson);
    let id = new_id(&app);
    let with = |field: &str, value: serde_json::Value| {
        let mut body = ana(id);
        body[field] = value;
        body
    };
    for (body, pointer, code) in [
        (with("firstName", json!("")), "/firstName", "required"),
        (with("firstName", json!(7)), "/firstName", "wrong-type"),
        (with("email", json!("nobody")), "/email", "email"),
        (with("phone", json!("911")), "/phone", "phone"),
        (with("place", json!({"state": "ZZ"})), "/place/state", "unknown-state"),
        (with("place", json!({"state": "TX", "zip": "1"})), "/place/zip", "zip"),
        (with("notes", json!("x".repeat(10_001))), "/notes", "too-long"),
        (with("dateOfBirth", json!("1899-12-31")), "/dateOfBirth", "too-early"),
        (with("dateOfBirth", json!("31.12.1990")), "/dateOfBirth", "invalid"),
        (with("gross", json!("1.00")), "/gross", "unknown-field"),
        (with("id", json!(null)), "/id", "required"),
    ] {
        let problem = client.post("/customers", &body).await.expect_problem(422, "invalid-field");
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
    }
    let million = with("notes", json!("x".repeat(1_000_000)));
    let refused = client.post("/customers", &million).await;
    assert!([413, 422].contains(&refused.status.as_u16()), "{refused:?}");
    client
        .request(Method::POST, "/customers")
        .raw("application/json", "{\"id\":")
        .send()
        .await
        .expect_problem(400, "malformed-json");
    assert_eq!(rows(app.test(), "select count(*) from customer").await, 0);
    assert_eq!(rows(app.test(), "select count(*) from audit_entry").await, 0);
    assert_eq!(rows(app.test(), "select count(*) from outbox").await, 0);
}

#[tokio::test]
async fn the_same_request_twice_adds_one_customer() {
    let (app, floor) = app().await;
    let client = app.client(&floor.salesperson);
    let body = ana(new_id(&app));
    let post = || client.request(Method::POST, "/customers").header("idempotency-key", "walk-in-1").json(&body).send();
    let (first, second) = (post().await, post().await);
    assert_eq!((first.status.as_u16(), first.json()), (201, second.json()));
    assert_eq!(rows(app.test(), "select count(*) from customer").await, 1);
}

#[tokio::test]
async fn the_trail_names_fields_and_hides_values() {
    let (app, floor) = app().await;
    let client = app.client(&floor.salesperson);
    let id = new_id(&app);
    add(&client, &ana(id)).await;
    let mut changed = ana(id);
    changed["phone"] = json!("214-555-0199");
    assert_eq!(client.put(&format!("/customers/{id}"), 1, &changed).await.version(), 2);
    let mut owner = app.test().owner().await;
    let trail: Vec<(String, Option<String>, Option<String>)> =
        sqlx::query_as("select action, before::text, after::text from audit_entry order by occurred_at, id")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    let actions: Vec<&str> = trail.iter().map(|(action, ..)| action.as_str()).collect();
    assert_eq!(actions, ["customer.created", "customer.updated"]);
    assert!(trail[1].2.as_deref().unwrap().contains("\"fields\":[\"phone\"]"));
    let events: Vec<String> =
        sqlx::query_scalar("select type || payload::text from outbox").fetch_all(&mut owner).await.unwrap();
    let everything = format!("{trail:?}{events:?}");
    for secret in ["Ana", "Rivera", "5550123", "5550199", "Elm", "example.com"] {
        assert!(!everything.contains(secret), "{secret} in {everything}");
    }
}

async fn rows(test: &TestDb, count: &'static str) -> i64 {
    sqlx::query_scalar(count).fetch_one(&mut test.owner().await).await.unwrap()
}
