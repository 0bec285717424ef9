//! Protected fields.

use serde_json::json;

use crate::{add, ana, app, new_id};

#[tokio::test]
async fn a_date_of_birth_is_revealed_to_those_who_may_and_say_why() {
    let (app, floor) = app().await;
    let (sales, finance) = (app.client(&floor.salesperson), app.client(&floor.fni_manager));
    let id = new_id(&app);
    let mut body = ana(id);
    body["dateOfBirth"] = json!("1990-04-01");
    let created = add(&sales, &body).await;
    assert_eq!((&created["dateOfBirthOnFile"], created.get("dateOfBirth")), (&json!(true), None));

    let reveal = format!("/customers/{id}/reveal");
    let ask = json!({"field": "dateOfBirth", "reason": "credit application"});
    sales.post(&reveal, &ask).await.expect_problem(403, "forbidden");
    finance.post(&reveal, &json!({"field": "dateOfBirth", "reason": " "})).await.expect_problem(422, "invalid-field");
    let shown = finance.post(&reveal, &ask).await;
    assert_eq!(shown.expect(200), json!({"field": "dateOfBirth", "value": "1990-04-01"}));
    assert_eq!(shown.header("cache-control"), Some("no-store"));

    let mut owner = app.test().owner().await;
    let (person, reason): (uuid::Uuid, Option<String>) = sqlx::query_as(
        "select e.person_id, w.reason from audit_entry e join audit_reason w on w.entry_id = e.id
                         where e.action = 'customer.protected_viewed'",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!((person, reason.as_deref()), (floor.fni_manager.person().unwrap().uuid(), Some("credit application")));
    // Nothing of it is anywhere in clear.
    let stored: Vec<String> = sqlx::query_scalar(
        "select encode(date_of_birth, 'escape') || coalesce(notes, '') || search_text from customer
         union all select coalesce(before::text, '') || coalesce(after::text, '') from audit_entry
         union all select payload::text from outbox",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert!(stored.iter().all(|text| !text.contains("1990-04-01")), "{stored:?}");
}

#[tokio::test]
async fn it_is_kept_removed_or_set() {
    let (app, floor) = app().await;
    let client = app.client(&floor.fni_manager);
    let id = new_id(&app);
    add(&client, &ana(id)).await;
    let (path, reveal) = (format!("/customers/{id}"), format!("/customers/{id}/reveal"));
    let ask = json!({"field": "dateOfBirth", "reason": "test"});
    client.post(&reveal, &ask).await.expect_problem(404, "nothing-on-file");
    let mut body = ana(id);
    body["dateOfBirth"] = json!("1990-04-01");
    assert_eq!(client.put(&path, 1, &body).await.expect(200)["dateOfBirthOnFile"], true);
    let mut keeps = ana(id);
    keeps["notes"] = json!("Something else.");
    assert_eq!(client.put(&path, 2, &keeps).await.expect(200)["dateOfBirthOnFile"], true);
    assert_eq!(client.post(&reveal, &ask).await.expect(200)["value"], "1990-04-01");
    keeps["dateOfBirth"] = json!(null);
    assert_eq!(client.put(&path, 3, &keeps).await.expect(200)["dateOfBirthOnFile"], false);
    client.post(&reveal, &ask).await.expect_problem(404, "nothing-on-file");
}

#[tokio::test]
async fn the_same_person_is_found_again() {
    let (app, floor) = app().await;
    let client = app.client(&floor.salesperson);
    let (ana_id, bea_id) = (new_id(&app), new_id(&app));
    add(&client, &ana(ana_id)).await;
    let mut bea = ana(bea_id);
    bea["firstName"] = json!("Bea");
    bea["email"] = json!("bea@example.com");
    add(&client, &bea).await;
    let ask = |body: serde_json::Value| {
        let client = client.clone();
        async move { client.post("/customers/duplicates", &body).await.expect(200)["items"].clone() }
    };
    let both = ask(json!({"phone": "214 555 0123", "email": "BEA@example.com"})).await;
    let told: Vec<_> =
        both.as_array().unwrap().iter().map(|d| (d["firstName"].clone(), d["matched"].clone())).collect();
    assert_eq!(told, [(json!("Ana"), json!(["phone"])), (json!("Bea"), json!(["phone", "email"]))]);
    assert_eq!(ask(json!({"phone": "214 555 0123", "exceptId": ana_id})).await[0]["id"], json!(bea_id));
    assert_eq!(ask(json!({"email": "nobody@example.com"})).await, json!([]));
    client.post("/customers/duplicates", &json!({})).await.expect_problem(422, "invalid-field");
    client.post("/customers/duplicates", &json!({"phone": "x"})).await.expect_problem(422, "invalid-field");
}
