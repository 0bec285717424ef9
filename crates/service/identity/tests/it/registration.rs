//! Asking for access oneself.

use http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn};

const NELL: &str = "nell@example.com";

async fn set_door(app: &App, by: &SignedIn, open: bool, version: i64) -> Answer {
    let body = json!({ "open": open });
    app.send(Call::put("/admin/registration-door").token(&by.access).if_match(version).body(body)).await
}

async fn ask(app: &App, store: &str, email: &str) -> Answer {
    let body = json!({ "store": store, "name": "Nell Newcomer", "email": email });
    app.send(Call::post("/auth/registration").body(body)).await
}

async fn confirm(app: &App, token: &str) -> Answer {
    app.send(Call::post("/auth/registration/confirm").body(json!({ "token": token }))).await
}

async fn waiting(app: &App, by: &SignedIn) -> Vec<Value> {
    let answer = app.send(Call::get("/admin/registrations").token(&by.access)).await;
    answer.body["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn whoever_asks_confirms_the_address_and_is_approved() {
    let (app, founded) = App::founded().await;
    let store = founded.dealership.to_string();
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    ask(&app, &store, NELL).await.refused(404, "not-found");
    let opened = set_door(&app, &ada, true, 0).await;
    assert_eq!((opened.status, &opened.body["version"]), (StatusCode::OK, &json!(1)), "{}", opened.body);
    assert!(opened.body["link"].as_str().unwrap().ends_with(&format!("/register?store={store}")));
    let path = format!("/auth/registration?store={store}");
    assert_eq!(app.send(Call::get(&path)).await.body["store"], "Austin Motors");

    assert_eq!(ask(&app, &store, NELL).await.status, StatusCode::ACCEPTED);
    app.audited_eventually("registration.asked", 1).await;
    assert_eq!(waiting(&app, &ada).await, Vec::<Value>::new(), "not before the address is confirmed");
    let token = app.token_sent_to(NELL).await;
    assert_eq!(confirm(&app, &token).await.status, StatusCode::NO_CONTENT);
    confirm(&app, &token).await.refused(410, "link-spent");
    let waits = waiting(&app, &ada).await;
    assert_eq!((&waits[0]["name"], &waits[0]["email"]), (&json!("Nell Newcomer"), &json!(NELL)));
    assert_eq!(app.mailed_kinds().await, ["verify_email", "access_requested"]);

    let path = format!("/admin/registrations/{}/approve", waits[0]["id"].as_str().unwrap());
    let approve = || app.send(Call::post(&path).token(&ada.access).body(json!({ "role": "salesperson" })));
    assert_eq!(approve().await.status, StatusCode::NO_CONTENT);
    approve().await.refused(404, "not-found");
    let token = app.token_sent_to(NELL).await;
    let body = json!({ "token": token, "password": "mauve tripod cactus" });
    assert_eq!(app.send(Call::post("/auth/links/follow").body(body)).await.status, StatusCode::NO_CONTENT);
    assert!(app.try_sign_in(NELL, "mauve tripod cactus").await.status.is_success());
}

#[tokio::test]
async fn whoever_is_declined_is_told_and_gets_nothing() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    set_door(&app, &ada, true, 0).await;
    ask(&app, &founded.dealership.to_string(), NELL).await;
    app.audited_eventually("registration.asked", 1).await;
    confirm(&app, &app.token_sent_to(NELL).await).await;
    let id = waiting(&app, &ada).await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/admin/registrations/{id}/decline");
    assert_eq!(app.send(Call::post(&path).token(&ada.access)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(waiting(&app, &ada).await, Vec::<Value>::new());
    assert_eq!(app.mailed_kinds().await.last().map(String::as_str), Some("access_declined"));
    let users = app.send(Call::get("/admin/users").token(&ada.access)).await.body;
    assert!(!users.to_string().contains(NELL));
}

#[tokio::test]
async fn nobody_learns_who_works_here_by_asking() {
    let (app, founded) = App::founded().await;
    let store = founded.dealership.to_string();
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    set_door(&app, &ada, true, 0).await;
    let (known, unknown) = (ask(&app, &store, ADMINISTRATOR).await, ask(&app, &store, NELL).await);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    app.audited_eventually("registration.asked", 2).await;
    let mut kinds = app.mailed_kinds().await;
    kinds.sort();
    assert_eq!(kinds, ["registered_already", "verify_email"]);
}

#[tokio::test]
async fn a_mailbox_is_not_filled_and_a_link_runs_out() {
    let (app, founded) = App::founded().await;
    let store = founded.dealership.to_string();
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    set_door(&app, &ada, true, 0).await;
    for count in 1..=3 {
        ask(&app, &store, NELL).await;
        app.audited_eventually("registration.asked", count).await;
    }
    ask(&app, &store, NELL).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(app.mailed_kinds().await.len(), 3);
    let token = app.token_sent_to(NELL).await;
    app.test.clock().advance(SignedDuration::from_hours(48));
    confirm(&app, &token).await.refused(410, "link-spent");
    app.identity.tidy().await.unwrap();
    let mut owner = app.test.owner().await;
    let left: i64 = sqlx::query_scalar("select count(*) from registration").fetch_one(&mut owner).await.unwrap();
    assert_eq!(left, 0, "unconfirmed requests are forgotten");
}

#[tokio::test]
async fn the_door_is_opened_by_administrators_on_what_they_saw() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let body = app.send(Call::get("/admin/registration-door").token(&ada.access)).await.body;
    assert_eq!((&body["open"], &body["version"]), (&json!(false), &json!(0)));
    set_door(&app, &ada, true, 0).await;
    set_door(&app, &ada, false, 0).await.refused(412, "version-conflict");
    assert_eq!(set_door(&app, &ada, false, 1).await.body["version"], 2);
}
