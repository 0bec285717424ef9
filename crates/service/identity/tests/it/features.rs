//! What a store switches off.

use http::StatusCode;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn, send};

const SWITCHES: &str = "/admin/settings/features";

async fn switch_off(app: &App, by: &SignedIn, version: i64, off: &[&str]) -> Answer {
    app.send(Call::put(SWITCHES).token(&by.access).if_match(version).body(json!({ "off": off }))).await
}

async fn make_key(app: &App, owner: &SignedIn) -> Answer {
    let body = json!({ "name": "Nightly export", "scopes": ["dealership.read"] });
    app.send(Call::post("/account/api-keys").token(&owner.access).body(body)).await
}

fn off_of(answer: &Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().unwrap();
    items.iter().filter(|item| item["on"] == false).map(|item| item["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_is_off_is_refused_from_the_next_request_on_in_every_process_and_in_no_other_store() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let key = make_key(&app, &ada).await.body["key"].as_str().unwrap().to_owned();
    let program = json!({ "name": "Website", "purpose": "shows our stock", "role": "salesperson" });
    let program = app.send(Call::post("/admin/service-accounts").token(&ada.access).body(program)).await;
    let keys = format!("/admin/service-accounts/{}/keys", program.body["id"].as_str().unwrap());
    let made = app
        .send(Call::post(&keys).token(&ada.access).body(json!({ "name": "k", "scopes": ["dealership.read"] })))
        .await;
    let of_the_program = made.body["key"].as_str().unwrap().to_owned();
    let second = app.second_process().await;
    let there = async || send(&second, Call::get("/admin/dealerships").token(&key)).await;
    assert_eq!(there().await.status, StatusCode::OK);

    let first = app.send(Call::get(SWITCHES).token(&ada.access)).await;
    assert_eq!((off_of(&first), &first.body["version"]), (vec![], &json!(0)));
    assert!(first.body["items"].as_array().unwrap().len() >= 4);
    let saved = switch_off(&app, &ada, 0, &["personal-keys"]).await;
    assert_eq!((off_of(&saved), &saved.body["version"]), (vec!["personal-keys"], &json!(1)), "{}", saved.body);

    let refused = make_key(&app, &ada).await;
    refused.refused(403, "feature-off");
    assert_eq!(refused.body["feature"], "personal-keys");
    app.send(Call::get("/admin/dealerships").token(&key)).await.refused(403, "feature-off");
    assert_eq!(app.send(Call::get("/admin/dealerships").token(&of_the_program)).await.status, StatusCode::OK);
    let session = app.send(Call::get("/auth/validate-token").token(&ada.access)).await;
    assert_eq!(session.body["switchedOff"], json!(["personal-keys"]));
    // What was made can still be seen, and ended.
    let own = app.send(Call::get("/account/api-keys").token(&ada.access)).await;
    assert_eq!(own.body["items"].as_array().map(Vec::len), Some(1));
    let mut refused = false;
    for _ in 0..100 {
        refused = there().await.code() == "feature-off";
        if refused {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(refused, "the other process went on for two seconds");

    app.found("Other Motors", "bea@example.com").await;
    let bea = app.sign_in("bea@example.com", PASSWORD).await;
    assert_eq!(make_key(&app, &bea).await.status, StatusCode::CREATED);
    assert_eq!(bea.session["switchedOff"], json!([]));
}

#[tokio::test]
async fn switches_are_versioned_audited_and_go_back() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.add(&ada, "sal@example.com", "salesperson").await;
    let sal = app.sign_in("sal@example.com", PASSWORD).await;
    switch_off(&app, &sal, 0, &["leases"]).await.refused(403, "forbidden");
    app.send(Call::get(SWITCHES).token(&sal.access)).await.refused(403, "forbidden");
    switch_off(&app, &ada, 0, &["telephony"]).await.refused(422, "invalid-field");
    assert_eq!(switch_off(&app, &ada, 0, &[]).await.body["version"], 0, "nothing changed, nothing is kept");

    assert_eq!(switch_off(&app, &ada, 0, &["personal-keys", "leases"]).await.body["version"], 1);
    let stale = switch_off(&app, &ada, 0, &["presence"]).await;
    stale.refused(412, "version-conflict");
    assert_eq!(stale.body["resource"]["version"], 1);
    make_key(&app, &sal).await.refused(403, "feature-off");

    let versions = app.send(Call::get("/admin/settings/features/versions").token(&ada.access)).await;
    let told: Vec<&Value> = versions.body["items"].as_array().unwrap().iter().map(|kept| &kept["value"]).collect();
    assert_eq!(told, [&json!({ "off": ["leases", "personal-keys"] }), &json!({ "off": [] })]);
    let back = Call::post("/admin/settings/features/versions/0/restore").token(&ada.access).if_match(1);
    assert_eq!(app.send(back).await.body["version"], 2);
    assert_eq!(make_key(&app, &sal).await.status, StatusCode::CREATED, "at once");
    let trail = app.audited().await;
    assert_eq!(trail.iter().filter(|action| *action == "features.changed").count(), 2);
}
