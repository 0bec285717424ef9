//! Links in mails: a forgotten password, an invitation.

use http::StatusCode;
use jiff::SignedDuration;
use serde_json::json;

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD};

const NEW: &str = "mauve tripod cactus";

async fn ask(app: &App, email: &str) -> Answer {
    app.send(Call::post("/auth/forgotten-password").body(json!({ "email": email }))).await
}

async fn look(app: &App, token: &str) -> Answer {
    app.send(Call::post("/auth/links/look").body(json!({ "token": token }))).await
}

async fn follow(app: &App, token: &str, password: &str) -> Answer {
    app.send(Call::post("/auth/links/follow").body(json!({ "token": token, "password": password }))).await
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once_within_half_an_hour() {
    let (app, _) = App::founded().await;
    let before = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    assert_eq!(ask(&app, " Ada@Example.com ").await.status, StatusCode::ACCEPTED);
    app.audited_eventually("account.reset_requested", 1).await;
    let token = app.token_sent_to(ADMINISTRATOR).await;
    let seen = look(&app, &token).await.body;
    assert_eq!(
        (&seen["purpose"], &seen["email"], &seen["setsPassword"]),
        (&json!("reset"), &json!(ADMINISTRATOR), &json!(true))
    );

    // A weak one does not use the link up.
    let weak = follow(&app, &token, "password1234").await;
    weak.refused(422, "invalid-field");
    assert_eq!(weak.pointers(), ["/password"]);
    assert_eq!(follow(&app, &token, NEW).await.status, StatusCode::NO_CONTENT);
    follow(&app, &token, "another tripod cactus").await.refused(410, "link-spent");
    look(&app, &token).await.refused(410, "link-spent");

    app.try_sign_in(ADMINISTRATOR, PASSWORD).await.refused(401, "sign-in-refused");
    app.sign_in(ADMINISTRATOR, NEW).await;
    let validate = app.send(Call::get("/auth/validate-token").token(&before.access)).await;
    validate.refused(401, "session-revoked");
    assert_eq!(app.mailed_kinds().await, ["reset_password", "password_changed"]);
    assert!(app.audited().await.contains(&"account.password_reset".to_owned()));
}

#[tokio::test]
async fn a_link_runs_out_and_a_later_one_ends_the_earlier() {
    let (app, _) = App::founded().await;
    ask(&app, ADMINISTRATOR).await;
    app.audited_eventually("account.reset_requested", 1).await;
    let late = app.token_sent_to(ADMINISTRATOR).await;
    app.test.clock().advance(SignedDuration::from_mins(30));
    follow(&app, &late, NEW).await.refused(410, "link-spent");

    ask(&app, ADMINISTRATOR).await;
    app.audited_eventually("account.reset_requested", 2).await;
    let first = app.token_sent_to(ADMINISTRATOR).await;
    ask(&app, ADMINISTRATOR).await;
    app.audited_eventually("account.reset_requested", 3).await;
    let second = app.token_sent_to(ADMINISTRATOR).await;
    assert_ne!(first, second);
    assert_eq!(follow(&app, &second, NEW).await.status, StatusCode::NO_CONTENT);
    follow(&app, &first, "another tripod cactus").await.refused(410, "link-spent");
}

#[tokio::test]
async fn of_two_who_follow_a_link_at_once_one_is_let_in() {
    let (app, _) = App::founded().await;
    ask(&app, ADMINISTRATOR).await;
    app.audited_eventually("account.reset_requested", 1).await;
    let token = app.token_sent_to(ADMINISTRATOR).await;
    let (one, two) = tokio::join!(follow(&app, &token, NEW), follow(&app, &token, "another tripod cactus"));
    let done = [&one, &two].into_iter().filter(|answer| answer.status == StatusCode::NO_CONTENT).count();
    assert_eq!(done, 1, "{} {}", one.body, two.body);
}

#[tokio::test]
async fn nobody_learns_from_the_answer_whether_an_address_has_an_account() {
    let (app, _) = App::founded().await;
    let told = |answer: &Answer| (answer.status, answer.body.clone());
    let known = ask(&app, ADMINISTRATOR).await;
    for email in ["nobody@example.com", "not an address", ""] {
        assert_eq!(told(&ask(&app, email).await), told(&known), "{email}");
    }
    // What tells them apart happens after the answer: nothing was written when it was given.
    app.audited_eventually("account.reset_requested", 1).await;
    assert_eq!(app.mailed_kinds().await, ["reset_password"]);
}

#[tokio::test]
async fn a_mailbox_is_not_filled() {
    let (app, _) = App::founded().await;
    for count in 1..=3 {
        ask(&app, ADMINISTRATOR).await;
        app.audited_eventually("account.reset_requested", count).await;
    }
    ask(&app, ADMINISTRATOR).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(app.mailed_kinds().await.len(), 3);
}

#[tokio::test]
async fn a_reset_lifts_a_lock() {
    let (app, _) = App::founded().await;
    for _ in 0..5 {
        app.try_sign_in(ADMINISTRATOR, "a wrong password").await;
    }
    app.try_sign_in(ADMINISTRATOR, PASSWORD).await.refused(429, "sign-in-locked");
    ask(&app, ADMINISTRATOR).await;
    app.audited_eventually("account.reset_requested", 1).await;
    let token = app.token_sent_to(ADMINISTRATOR).await;
    assert_eq!(follow(&app, &token, NEW).await.status, StatusCode::NO_CONTENT);
    app.sign_in(ADMINISTRATOR, NEW).await;
}

#[tokio::test]
async fn an_invitation_lets_its_receiver_choose_the_password() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let body = json!({ "name": "Sal", "email": "sal@example.com", "role": "salesperson" });
    let added = app.send(Call::post("/admin/users").token(&ada.access).body(body)).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let sal = added.body["id"].as_str().unwrap();
    let pending = || app.send(Call::get("/admin/invitations").token(&ada.access));
    assert_eq!(pending().await.body["items"][0]["personId"], sal);

    let again = format!("/admin/users/{sal}/invite");
    assert_eq!(app.send(Call::post(&again).token(&ada.access)).await.status, StatusCode::NO_CONTENT);
    let token = app.token_sent_to("sal@example.com").await;
    assert_eq!(look(&app, &token).await.body["setsPassword"], true);
    assert_eq!(follow(&app, &token, NEW).await.status, StatusCode::NO_CONTENT);
    assert!(app.try_sign_in("sal@example.com", NEW).await.status.is_success());
    assert_eq!(pending().await.body["items"], json!([]));
}

#[tokio::test]
async fn an_invitation_takes_nobodys_account_over() {
    let (app, _) = App::founded().await;
    app.found("Bend Motors", "bea@example.com").await;
    let bea = app.sign_in("bea@example.com", PASSWORD).await;
    // Ada has an account of her own; Bea's store invites her.
    let body = json!({ "name": "Ada", "email": ADMINISTRATOR, "role": "salesperson" });
    assert_eq!(app.send(Call::post("/admin/users").token(&bea.access).body(body)).await.status, StatusCode::CREATED);
    let token = app.token_sent_to(ADMINISTRATOR).await;
    assert_eq!(look(&app, &token).await.body["setsPassword"], false);
    assert_eq!(follow(&app, &token, NEW).await.status, StatusCode::NO_CONTENT, "accepted");
    app.try_sign_in(ADMINISTRATOR, NEW).await.refused(401, "sign-in-refused");
    app.sign_in(ADMINISTRATOR, PASSWORD).await;
}

#[tokio::test]
async fn an_invitation_ends_with_the_access_it_is_for() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let body = json!({ "name": "Sal", "email": "sal@example.com", "role": "salesperson" });
    let added = app.send(Call::post("/admin/users").token(&ada.access).body(body)).await;
    let token = app.token_sent_to("sal@example.com").await;
    let path = format!("/admin/users/{}/deactivate", added.body["id"].as_str().unwrap());
    let ended = app.send(Call::post(&path).token(&ada.access).if_match(1).body(json!({}))).await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.body);
    follow(&app, &token, NEW).await.refused(410, "link-spent");
}

#[tokio::test]
async fn work_goes_to_somebody_who_works_here() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let path = format!("/admin/users/{sal}/deactivate");
    let end = |to: String| app.send(Call::post(&path).token(&ada.access).if_match(1).body(json!({ "transferTo": to })));
    let nobody = end("01980f3e-7c00-7000-8000-000000000001".to_owned()).await;
    nobody.refused(422, "invalid-field");
    assert_eq!(nobody.pointers(), ["/transferTo"]);
    end(sal.clone()).await.refused(422, "invalid-field");
    assert_eq!(end(founded.administrator.to_string()).await.status, StatusCode::OK);
}
