//! Several stores: switching, reading across a group, and the walls between groups.

use autolytiq_identity::api::{add_store, mark_demo_people};
use http::StatusCode;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD, SignedIn, new_store};

fn names(body: &Value) -> Vec<&str> {
    body["items"].as_array().unwrap().iter().map(|store| store["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_administrator_of_two_stores_reads_both_and_acts_for_one() {
    let (app, founded) = App::founded().await;
    let second = new_store("Waco Motors");
    let waco = add_store(&app.identity, founded.group, &second, founded.administrator, app.origin()).await.unwrap();
    let signed_in = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    assert_eq!(signed_in.session["dealership"]["name"], "Austin Motors");
    assert_eq!(signed_in.session["stores"].as_array().unwrap().len(), 2);
    let stores = app.send(Call::get("/admin/dealerships").token(&signed_in.access)).await.body;
    assert_eq!(names(&stores), ["Austin Motors", "Waco Motors"]);
    assert_eq!((&stores["items"][0]["acting"], &stores["items"][1]["acting"]), (&json!(true), &json!(false)));

    let switch = Call::post("/auth/switch-store").token(&signed_in.access).body(json!({ "dealershipId": waco }));
    let answer = app.send(switch).await;
    assert_eq!((answer.status, answer.refresh_cookie()), (StatusCode::OK, None));
    assert_eq!(answer.body["session"]["dealership"]["id"], waco.to_string());
    // The next refresh, and the next sign-in, go on there.
    let refreshed = SignedIn::of(&app.send(Call::post("/auth/refresh").cookie(&signed_in.refresh)).await);
    assert_eq!(refreshed.session["dealership"]["name"], "Waco Motors");
    assert_eq!(app.sign_in(ADMINISTRATOR, PASSWORD).await.session["dealership"]["name"], "Waco Motors");

    // Each store has its own people; a person added here is not one there.
    app.add(&signed_in, "sal@example.com", "salesperson").await;
    let here = app_users(&app, &signed_in.access).await;
    let there = app_users(&app, answer.body["accessToken"].as_str().unwrap()).await;
    assert_eq!((here.len(), there.len()), (2, 1));
}

async fn app_users(app: &App, token: &str) -> Vec<Value> {
    app.send(Call::get("/admin/users").token(token)).await.body["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn another_groups_store_does_not_exist() {
    let (app, _) = App::founded().await;
    let other = app.found("Boston Motors", "bob@example.com").await;
    let (ada, bob) = (app.sign_in(ADMINISTRATOR, PASSWORD).await, app.sign_in("bob@example.com", PASSWORD).await);
    let switch = |store: Value| {
        app.send(Call::post("/auth/switch-store").token(&ada.access).body(json!({ "dealershipId": store })))
    };
    let (foreign, made_up) = (switch(json!(other.dealership)).await, switch(json!(app.test.ids().uuid())).await);
    foreign.refused(404, "not-found");
    made_up.refused(404, "not-found");
    assert_eq!(foreign.body["detail"], made_up.body["detail"]);
    switch(json!("nonsense")).await.refused(422, "invalid-field");

    let stores = app.send(Call::get("/admin/dealerships").token(&bob.access)).await.body;
    assert_eq!(names(&stores), ["Boston Motors"]);
    let theirs = format!("/admin/users/{}", other.administrator);
    app.send(Call::get(&theirs).token(&ada.access)).await.refused(404, "not-found");
    let role = json!({ "role": "salesperson" });
    let path = format!("{theirs}/role");
    app.send(Call::put(&path).token(&ada.access).if_match(1).body(role)).await.refused(404, "not-found");
    let path = format!("{theirs}/deactivate");
    app.send(Call::post(&path).token(&ada.access).if_match(1).body(json!({}))).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_store_does_not_learn_who_has_an_account_elsewhere() {
    let (app, founded) = App::founded().await;
    app.found("Boston Motors", "bob@example.com").await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let add = |email: &'static str| {
        let body =
            json!({ "name": "New Body", "email": email, "password": "another long secret", "role": "salesperson" });
        app.send(Call::post("/admin/users").token(&ada.access).body(body))
    };
    let (known, new) = (add("bob@example.com").await, add("new@example.com").await);
    let told = |answer: &crate::app::Answer| {
        let mut body = answer.body.clone();
        (body["id"], body["email"]) = (json!(null), json!(null));
        (answer.status, body)
    };
    assert_eq!(told(&known), told(&new));
    // The time in an ordinary id would tell that an account is older than the membership.
    for answer in [&known, &new] {
        assert_eq!(answer.body["id"].as_str().unwrap().as_bytes()[14], b'8', "{}", answer.body);
    }
    assert_eq!(known.body["name"], "New Body", "as this store calls him, not as the other does");

    // Bob keeps his own password, and can now work in both.
    app.try_sign_in("bob@example.com", "another long secret").await.refused(401, "sign-in-refused");
    let bob = app.sign_in("bob@example.com", PASSWORD).await;
    assert_eq!(bob.session["stores"].as_array().unwrap().len(), 2);
    mark_demo_people(&app.identity, founded.dealership).await.unwrap();
    assert_eq!(app.sign_in("new@example.com", "another long secret").await.session["role"], "salesperson");
    // Two groups: he administers one and sells in the other, and reads one at a time.
    let stores = app.send(Call::get("/admin/dealerships").token(&bob.access)).await.body;
    assert_eq!(names(&stores).len(), 1);
}
