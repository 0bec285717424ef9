//! Guessing passwords.

use http::header;
use jiff::SignedDuration;
use serde_json::json;

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD};

const WRONG: &str = "a wrong password";
const NOBODY: &str = "nobody@example.com";

#[tokio::test]
async fn five_failures_lock_an_account_for_fifteen_minutes_whether_or_not_it_exists() {
    let (app, _) = App::founded().await;
    for email in [ADMINISTRATOR, NOBODY] {
        for _ in 0..5 {
            app.try_sign_in(email, WRONG).await.refused(401, "sign-in-refused");
        }
        let locked = app.try_sign_in(email, PASSWORD).await;
        locked.refused(429, "sign-in-locked");
        assert_eq!(locked.headers[header::RETRY_AFTER], "900");
    }
    app.audited_eventually("session.refused", 5).await;
    app.audited_eventually("session.locked", 1).await;
    app.test.clock().advance(SignedDuration::from_mins(15));
    app.sign_in(ADMINISTRATOR, PASSWORD).await;
}

#[tokio::test]
async fn failures_are_forgotten_after_success_and_after_the_window() {
    let (app, _) = App::founded().await;
    for _ in 0..3 {
        for _ in 0..4 {
            app.try_sign_in(ADMINISTRATOR, WRONG).await.refused(401, "sign-in-refused");
        }
        app.sign_in(ADMINISTRATOR, PASSWORD).await;
    }
    for _ in 0..3 {
        for _ in 0..4 {
            app.try_sign_in(ADMINISTRATOR, WRONG).await.refused(401, "sign-in-refused");
        }
        app.test.clock().advance(SignedDuration::from_mins(15));
    }
    app.sign_in(ADMINISTRATOR, PASSWORD).await;
}

#[tokio::test]
async fn guesses_at_the_same_time_are_no_more_than_guesses_in_a_row() {
    let (app, _) = App::founded().await;
    let guesses = (0..9).map(|_| app.try_sign_in(ADMINISTRATOR, WRONG));
    let answers = futures::future::join_all(guesses).await;
    let refused = answers.iter().filter(|answer| answer.code() == "sign-in-refused").count();
    assert!(refused <= 5, "{refused} passwords were looked at");
    app.try_sign_in(ADMINISTRATOR, PASSWORD).await.refused(429, "sign-in-locked");
}

#[tokio::test]
async fn an_account_that_does_not_exist_answers_alike() {
    let (app, _) = App::founded().await;
    let (known, unknown) = (app.try_sign_in(ADMINISTRATOR, WRONG).await, app.try_sign_in(NOBODY, WRONG).await);
    let told = |answer: &crate::app::Answer| {
        let mut body = answer.body.clone();
        body["requestId"] = json!(null);
        (answer.status, body)
    };
    assert_eq!(told(&known), told(&unknown));
    // Not even an address: the same again.
    assert_eq!(told(&app.try_sign_in("not an address", WRONG).await), told(&known));
    assert!(!known.headers.contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn bad_input_is_told_apart_from_a_wrong_password() {
    let (app, _) = App::founded().await;
    let login = |body| app.send(Call::post("/auth/login").body(body));
    login(json!({ "email": ADMINISTRATOR })).await.refused(422, "invalid-field");
    login(json!({ "email": 7, "password": PASSWORD })).await.refused(422, "invalid-field");
    let wrong_type = login(json!({ "email": ADMINISTRATOR, "password": ["hunter2hunter2"] })).await;
    wrong_type.refused(422, "invalid-field");
    assert!(!wrong_type.body.to_string().contains("hunter2"), "a password is never repeated");
    login(json!({ "email": ADMINISTRATOR, "password": "x".repeat(100_000) })).await.refused(401, "sign-in-refused");
    login(json!({ "email": ADMINISTRATOR, "password": PASSWORD, "admin": true })).await.refused(422, "invalid-field");
    login(json!({ "email": "a\u{0}@example.com", "password": WRONG })).await;
    app.send(Call::post("/auth/login").raw("email=ada")).await.refused(400, "malformed-json");
}

#[tokio::test]
async fn an_administrator_lifts_the_lock_of_their_own_people_and_nobody_elses() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let grace = app.add(&ada, "grace@example.com", "salesperson").await;
    let unlock = format!("/admin/users/{grace}/unlock");
    for _ in 0..5 {
        app.try_sign_in("grace@example.com", WRONG).await.refused(401, "sign-in-refused");
    }
    app.try_sign_in("grace@example.com", PASSWORD).await.refused(429, "sign-in-locked");
    let locked = app.send(Call::get("/admin/locked-users").token(&ada.access)).await;
    // The test's clock stands at 15:00.
    assert_eq!(locked.body["items"], json!([{ "id": grace, "lockedUntil": "2026-03-02T15:15:00Z" }]));

    app.found("Boston Motors", "bob@example.com").await;
    let bob = app.sign_in("bob@example.com", PASSWORD).await;
    app.send(Call::post(&unlock).token(&bob.access)).await.refused(404, "not-found");
    assert_eq!(app.send(Call::get("/admin/locked-users").token(&bob.access)).await.body["items"], json!([]));
    app.try_sign_in("grace@example.com", PASSWORD).await.refused(429, "sign-in-locked");

    assert_eq!(app.send(Call::post(&unlock).token(&ada.access)).await.status, 204);
    let grace_in = app.sign_in("grace@example.com", PASSWORD).await;
    assert_eq!(app.send(Call::post(&unlock).token(&ada.access)).await.status, 204, "nothing to lift is no mistake");
    app.send(Call::post(&unlock).token(&grace_in.access)).await.refused(403, "forbidden");
    assert_eq!(app.audited().await.iter().filter(|action| *action == "user.unlocked").count(), 1);
}

/// What a flood must not do. The latency itself is measured under load; here it is enough that somebody who works waits
/// for none of the hashes: they take tens of milliseconds each, one after the other, and there are fifty.
#[tokio::test]
async fn a_flood_of_sign_ins_leaves_other_requests_alone() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let flood = async {
        let emails: Vec<String> = (0..50).map(|n| format!("flood-{n}@example.com")).collect();
        let answers = futures::future::join_all(emails.iter().map(|email| app.try_sign_in(email, WRONG))).await;
        assert!(answers.iter().any(|answer| answer.code() == "sign-in-busy"), "the queue is bounded");
        assert!(answers.iter().all(|answer| ["sign-in-busy", "sign-in-refused"].contains(&answer.code())));
        std::time::Instant::now()
    };
    let work = async {
        for _ in 0..5 {
            assert_eq!(app.send(Call::get("/admin/users").token(&ada.access)).await.status, 200);
        }
        std::time::Instant::now()
    };
    let (flooded, worked) = tokio::join!(flood, work);
    assert!(worked < flooded, "five requests were done before the flood was");
}
