//! Second factors: enrolment at the first log-in, proofs, replays, recovery codes, and the act that asks again.

use autolytiq_testkit::totp;
use http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, Enrolled, PASSWORD, SignedIn, send};

/// A store of the demonstration and somebody in it whom the demonstration did not make: Sal has to have a factor.
async fn with_sal() -> (App, SignedIn, Enrolled) {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let body = json!({ "name": "Sal", "email": SAL, "password": PASSWORD, "role": "salesperson" });
    let made = app.send(Call::post("/admin/users").token(&ada.access).body(body)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    app.has_own_password(SAL).await;
    let pending = app.try_sign_in(SAL, PASSWORD).await;
    let sal = app.enrol(&pending).await;
    (app, ada, sal)
}

const SAL: &str = "sal@example.com";

async fn ticket(app: &App) -> Value {
    let pending = app.try_sign_in(SAL, PASSWORD).await;
    assert_eq!((pending.status, &pending.body["step"]), (StatusCode::ACCEPTED, &json!("factor")), "{}", pending.body);
    assert!(pending.body["accessToken"].is_null() && pending.refresh_cookie().is_none());
    pending.body["ticket"].clone()
}

fn code_of(app: &App, sal: &Enrolled) -> String {
    totp(&sal.secret, app.test.clock_value().now())
}

#[tokio::test]
async fn the_first_log_in_asks_for_a_factor_and_the_next_one_for_its_code() {
    let (app, _, sal) = with_sal().await;
    assert_eq!(sal.recovery_codes.len(), 10);
    assert_eq!(sal.signed_in.session["person"]["email"], SAL);
    app.test.clock().advance(SignedDuration::from_secs(30));
    let answer = app.prove(&ticket(&app).await, "totp", &code_of(&app, &sal)).await;
    let again = SignedIn::of(&answer);
    let listed = app.send(Call::get("/auth/factors").token(&again.access)).await.body;
    assert_eq!((&listed["required"], &listed["recoveryCodesLeft"]), (&json!(true), &json!(10)));
    assert_eq!(listed["items"][0]["method"], "totp");
    assert!(listed["items"][0].get("secret").is_none());
    // What is stored does not contain the secret.
    let mut owner = app.test.owner().await;
    let stored: Vec<u8> = sqlx::query_scalar("select secret from factor").fetch_one(&mut owner).await.unwrap();
    assert!(!stored.windows(sal.secret.len()).any(|part| part == sal.secret.as_bytes()));
    let audited = app.audited().await;
    assert!(audited.iter().any(|action| action == "factor.added"), "{audited:?}");
}

#[tokio::test]
async fn a_code_is_good_once_and_so_is_the_ticket() {
    let (app, _, sal) = with_sal().await;
    // The code that confirmed the app is spent already.
    app.prove(&ticket(&app).await, "totp", &sal.code).await.refused(422, "factor-refused");
    app.test.clock().advance(SignedDuration::from_secs(30));
    let (one, two) = (ticket(&app).await, ticket(&app).await);
    let code = code_of(&app, &sal);
    // The same code in two log-ins at the same moment opens one.
    let (first, second) = tokio::join!(app.prove(&one, "totp", &code), app.prove(&two, "totp", &code));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    let used = if first.status == StatusCode::OK { &one } else { &two };
    app.test.clock().advance(SignedDuration::from_secs(30));
    app.prove(used, "totp", &code_of(&app, &sal)).await.refused(401, "sign-in-expired");
    app.prove(&json!("invented"), "totp", &code_of(&app, &sal)).await.refused(401, "sign-in-expired");

    let late = ticket(&app).await;
    app.test.clock().advance(SignedDuration::from_mins(10));
    app.prove(&late, "totp", &code_of(&app, &sal)).await.refused(401, "sign-in-expired");
}

#[tokio::test]
async fn guessing_locks_and_the_right_code_waits_with_it() {
    let (app, _, sal) = with_sal().await;
    app.test.clock().advance(SignedDuration::from_secs(30));
    let right = code_of(&app, &sal);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        // A new ticket is no new chance.
        app.prove(&ticket(&app).await, "totp", wrong).await.refused(422, "factor-refused");
    }
    app.prove(&ticket(&app).await, "totp", &right).await.refused(429, "sign-in-locked");
    app.prove(&ticket(&app).await, "recoveryCode", &sal.recovery_codes[0]).await.refused(429, "sign-in-locked");
    app.test.clock().advance(SignedDuration::from_mins(15));
    SignedIn::of(&app.prove(&ticket(&app).await, "totp", &code_of(&app, &sal)).await);
    assert_eq!(app.audited().await.iter().filter(|action| *action == "session.factor_refused").count(), 5);
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_new_ones_end_the_old() {
    let (app, _, sal) = with_sal().await;
    let typed = sal.recovery_codes[3].to_lowercase().replace('-', "");
    let session = SignedIn::of(&app.prove(&ticket(&app).await, "recoveryCode", &typed).await);
    app.prove(&ticket(&app).await, "recoveryCode", &sal.recovery_codes[3]).await.refused(422, "factor-refused");
    let renewed = app.send(Call::post("/auth/factors/recovery-codes").token(&session.access)).await;
    assert_eq!(renewed.status, StatusCode::OK, "{}", renewed.body);
    app.prove(&ticket(&app).await, "recoveryCode", &sal.recovery_codes[4]).await.refused(422, "factor-refused");
    let new = renewed.body["recoveryCodes"][9].as_str().unwrap();
    SignedIn::of(&app.prove(&ticket(&app).await, "recoveryCode", new).await);
    let mut owner = app.test.owner().await;
    let stored: Vec<Vec<u8>> =
        sqlx::query_scalar("select digest from recovery_code").fetch_all(&mut owner).await.unwrap();
    assert!(stored.len() == 10 && stored.iter().all(|digest| digest != new.as_bytes()));
    app.audited_eventually("factor.recovery_codes_renewed", 1).await;
}

#[tokio::test]
async fn one_factor_of_two_may_go() {
    let (app, _, sal) = with_sal().await;
    let access = &sal.signed_in.access;
    let new = app.send(Call::post("/auth/factors/totp").token(access).body(json!({}))).await.body;
    let code = totp(new["secret"].as_str().unwrap(), app.test.clock_value().now());
    let body = json!({ "id": new["id"], "code": code });
    let added = app.send(Call::post("/auth/factors/totp/confirm").token(access).body(body)).await;
    assert_eq!((added.status, &added.body["recoveryCodes"]), (StatusCode::OK, &Value::Null), "{}", added.body);
    assert_eq!(remove(&app, access, &sal.id).await.status, StatusCode::NO_CONTENT);
    remove(&app, access, new["id"].as_str().unwrap()).await.refused(409, "last-factor");
    app.audited_eventually("factor.removed", 1).await;
}

#[tokio::test]
async fn a_ticket_alone_adds_no_factor_to_an_account_that_has_one() {
    let (app, ada, _) = with_sal().await;
    let ticket = ticket(&app).await;
    let begin = |body: Value| app.send(Call::post("/auth/factors/totp").body(body));
    begin(json!({ "ticket": ticket })).await.refused(401, "sign-in-expired");
    begin(json!({})).await.refused(401, "unauthenticated");
    // Nor does somebody confirm with the code of a secret of their own.
    let new = app.send(Call::post("/auth/factors/totp").token(&ada.access).body(json!({}))).await.body;
    let code = totp(new["secret"].as_str().unwrap(), app.test.clock_value().now());
    let body = json!({ "ticket": ticket, "id": new["id"], "code": code });
    app.send(Call::post("/auth/factors/totp/confirm").body(body)).await.refused(401, "sign-in-expired");
}

async fn remove(app: &App, access: &str, id: &str) -> Answer {
    let path = format!("/auth/factors/{id}");
    app.send(Call::delete(&path).token(access)).await
}

#[tokio::test]
async fn a_sensitive_act_asks_again_and_the_last_factor_stays() {
    let (app, ada, sal) = with_sal().await;
    remove(&app, &sal.signed_in.access, &sal.id).await.refused(409, "last-factor");
    remove(&app, &ada.access, &sal.id).await.refused(404, "not-found");
    app.test.clock().advance(SignedDuration::from_mins(11));
    remove(&app, &sal.signed_in.access, &sal.id).await.refused(403, "confirmation-required");
    let renewed = app.send(Call::post("/auth/factors/recovery-codes").token(&sal.signed_in.access)).await;
    renewed.refused(403, "confirmation-required");

    let confirm = |access: String, body: Value| {
        let app = &app;
        async move { app.send(Call::post("/auth/confirm").token(&access).body(body)).await }
    };
    let proof = |code: &str| json!({ "proof": { "method": "totp", "code": code } });
    let old = sal.signed_in.access.clone();
    confirm(old.clone(), json!({ "password": PASSWORD })).await.refused(422, "factor-refused");
    confirm(old.clone(), proof("000000")).await.refused(422, "factor-refused");
    confirm(old.clone(), json!({})).await.refused(422, "invalid-field");
    let confirmed = confirm(old.clone(), proof(&code_of(&app, &sal))).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
    let fresh = confirmed.body["accessToken"].as_str().unwrap();
    // Another process believes the token itself.
    let other = app.second_process().await;
    let path = format!("/auth/factors/{}", sal.id);
    send(&other, Call::delete(&path).token(fresh)).await.refused(409, "last-factor");
    remove(&app, &old, &sal.id).await.refused(403, "confirmation-required");

    // Who has no factor confirms by the password.
    let wrong = confirm(ada.access.clone(), json!({ "password": "not the password" })).await;
    wrong.refused(422, "factor-refused");
    assert_eq!(confirm(ada.access.clone(), json!({ "password": PASSWORD })).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_demonstrations_people_are_exempt_in_its_stores_alone() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let listed = app.send(Call::get("/auth/factors").token(&ada.access)).await.body;
    assert_eq!((&listed["required"], &listed["items"]), (&json!(false), &json!([])));
    // A store that is none of the demonstration's ends the exemption.
    let mut owner = app.test.owner().await;
    sqlx::query("update dealership set demo = false where dealership_id = $1")
        .bind(founded.dealership)
        .execute(&mut owner)
        .await
        .unwrap();
    let pending = app.try_sign_in(ADMINISTRATOR, PASSWORD).await;
    assert_eq!((pending.status, &pending.body["step"]), (StatusCode::ACCEPTED, &json!("enrol")));
    let marked = autolytiq_identity::api::mark_demo_people(&app.identity, founded.dealership).await;
    assert!(marked.is_err(), "nobody is marked in a real store");
}
