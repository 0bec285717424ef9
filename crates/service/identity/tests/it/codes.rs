//! Codes that are sent, by mail and as text messages.

use http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn, send};

const SAL: &str = "sal@example.com";

/// A store and Sal, who has to set up a factor; the answer to the first log-in.
async fn at_the_door() -> (App, SignedIn, Answer) {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let body = json!({ "name": "Sal", "email": SAL, "password": PASSWORD, "role": "salesperson" });
    let made = app.send(Call::post("/admin/users").token(&ada.access).body(body)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    app.has_own_password(SAL).await;
    let pending = app.try_sign_in(SAL, PASSWORD).await;
    assert_eq!(pending.body["step"], "enrol", "{}", pending.body);
    (app, ada, pending)
}

/// Sets codes by mail up at the door; the code that did, and the session.
async fn by_mail() -> (App, String, SignedIn) {
    let (app, _, pending) = at_the_door().await;
    let ticket = &pending.body["ticket"];
    let new = begin(&app, &json!({ "ticket": ticket, "channel": "email" })).await;
    assert_eq!((new.status, &new.body["sentTo"]), (StatusCode::OK, &json!("s•••@example.com")), "{}", new.body);
    let code = app.code_sent_to(SAL).await;
    let body = json!({ "ticket": ticket, "id": new.body["id"], "code": code });
    let added = app.send(Call::post("/auth/factors/code/confirm").body(body)).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert_eq!(added.body["recoveryCodes"].as_array().unwrap().len(), 10);
    let logged_in = &added.body["signIn"]["loggedIn"];
    let session = SignedIn {
        access: logged_in["accessToken"].as_str().unwrap().to_owned(),
        refresh: added.refresh_cookie().unwrap(),
        session: logged_in["session"].clone(),
    };
    (app, code, session)
}

async fn begin(app: &App, body: &Value) -> Answer {
    app.send(Call::post("/auth/factors/code").body(body.clone())).await
}

async fn ticket(app: &App) -> Value {
    let pending = app.try_sign_in(SAL, PASSWORD).await;
    assert_eq!((pending.status, &pending.body["step"]), (StatusCode::ACCEPTED, &json!("factor")), "{}", pending.body);
    pending.body["ticket"].clone()
}

async fn ask(app: &App, ticket: &Value, channel: &str) -> Answer {
    app.send(Call::post("/auth/code").body(json!({ "ticket": ticket, "channel": channel }))).await
}

fn other(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[tokio::test]
async fn a_code_by_mail_is_set_up_at_the_door_and_opens_it_once() {
    let (app, first, _) = by_mail().await;
    let (one, two) = (ticket(&app).await, ticket(&app).await);
    // What set the factor up opens nothing, and neither does anything before a code was sent.
    app.prove(&one, "email", &first).await.refused(422, "factor-refused");
    let sent = ask(&app, &one, "email").await;
    assert_eq!((sent.status, &sent.body["expiresIn"]), (StatusCode::OK, &json!(600)), "{}", sent.body);
    let code = app.code_sent_to(SAL).await;
    // It is its ticket's alone, and a wrong one does not use it up.
    app.prove(&two, "email", &code).await.refused(422, "factor-refused");
    app.prove(&one, "email", other(&code)).await.refused(422, "factor-refused");
    let typed = format!("{} {}", &code[..3], &code[3..]);
    let signed_in = SignedIn::of(&app.prove(&one, "email", &typed).await);
    app.prove(&two, "email", &code).await.refused(422, "factor-refused");
    let listed = app.send(Call::get("/auth/factors").token(&signed_in.access)).await.body;
    assert_eq!((&listed["items"][0]["method"], &listed["required"]), (&json!("email"), &json!(true)));
    assert_eq!(listed["offered"], json!(["totp", "passkey", "sms"]), "one address, one factor");

    let (one, late) = (ticket(&app).await, ticket(&app).await);
    assert_eq!(ask(&app, &one, "email").await.status, StatusCode::OK);
    let older = app.code_sent_to(SAL).await;
    assert_eq!(ask(&app, &one, "email").await.status, StatusCode::OK);
    let newer = app.code_sent_to(SAL).await;
    if older != newer {
        app.prove(&one, "email", &older).await.refused(422, "factor-refused");
    }
    SignedIn::of(&app.prove(&one, "email", &newer).await);
    app.test.clock().advance(SignedDuration::from_mins(10));
    ask(&app, &late, "email").await.refused(401, "sign-in-expired");
    app.audited_eventually("factor.code_sent", 4).await;
}

#[tokio::test]
async fn a_code_lives_ten_minutes_and_is_nowhere_in_clear() {
    let (app, _, session) = by_mail().await;
    let token = &session.access;
    let asked = app.send(Call::post("/auth/code").token(token).body(json!({ "channel": "email" }))).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    let code = app.code_sent_to(SAL).await;
    let mut owner = app.test.owner().await;
    let kept: Vec<String> = sqlx::query_scalar(
        "select content::text from factor_challenge union all select body || subject from mail
         union all select coalesce(after::text, '') from audit_entry",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert!(kept.len() >= 3 && kept.iter().all(|text| !text.contains(&code)), "{code} stands in clear: {kept:?}");

    let confirm = |code: String| {
        let body = json!({ "proof": { "method": "email", "code": code } });
        app.send(Call::post("/auth/confirm").token(token).body(body))
    };
    app.test.clock().advance(SignedDuration::from_mins(10));
    confirm(code).await.refused(422, "factor-refused");
    let asked = app.send(Call::post("/auth/code").token(token).body(json!({ "channel": "email" }))).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    app.test.clock().advance(SignedDuration::from_mins(4));
    let confirmed = confirm(app.code_sent_to(SAL).await).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
}

#[tokio::test]
async fn guesses_are_counted_with_every_other_factors_and_messages_by_the_person() {
    let (app, _, _) = by_mail().await;
    let asked = ticket(&app).await;
    assert_eq!(ask(&app, &asked, "email").await.status, StatusCode::OK);
    let code = app.code_sent_to(SAL).await;
    for method in ["email", "totp", "email", "recoveryCode", "email"] {
        app.prove(&ticket(&app).await, method, other(&code)).await.refused(422, "factor-refused");
    }
    app.prove(&asked, "email", &code).await.refused(429, "sign-in-locked");
    // The one at the door and the one above are two of five.
    let again = ticket(&app).await;
    for _ in 0..3 {
        assert_eq!(ask(&app, &again, "email").await.status, StatusCode::OK);
    }
    ask(&app, &ticket(&app).await, "email").await.refused(429, "too-many-codes");
    let sent = app.mailed_kinds().await;
    assert_eq!(sent.iter().filter(|kind| *kind == "sign_in_code").count(), 5);
    app.test.clock().advance(SignedDuration::from_mins(16));
    assert_eq!(ask(&app, &ticket(&app).await, "email").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_number_is_set_up_by_a_text_and_only_where_something_carries_texts() {
    let (app, ada, pending) = at_the_door().await;
    assert_eq!(pending.body["methods"], json!(["totp", "passkey", "email", "sms"]));
    let bare = app.process_without_texts().await;
    let log_in = json!({ "email": SAL, "password": PASSWORD });
    let elsewhere = send(&bare, Call::post("/auth/login").body(log_in.clone())).await;
    assert_eq!(elsewhere.body["methods"], json!(["totp", "passkey", "email"]));
    let body = json!({ "ticket": elsewhere.body["ticket"], "channel": "sms", "number": "214 555 0123" });
    send(&bare, Call::post("/auth/factors/code").body(body)).await.refused(422, "invalid-field");

    let ticket_text = &pending.body["ticket"];
    let number = |number: &str| json!({ "ticket": ticket_text, "channel": "sms", "number": number });
    begin(&app, &number("555 0123")).await.refused(422, "invalid-field");
    let new = begin(&app, &number("(214) 555-0123")).await;
    assert_eq!((new.status, &new.body["sentTo"]), (StatusCode::OK, &json!("•••• 0123")), "{}", new.body);
    let (to, text) = app.newest_text();
    assert!(to == "+12145550123" && text.contains(" Austin Motors") && text.len() <= 160, "{to} {text}");
    let confirm = |code: &str| json!({ "ticket": ticket_text, "id": new.body["id"], "code": code });
    let wrong = app.send(Call::post("/auth/factors/code/confirm").body(confirm(other(&text[..6])))).await;
    wrong.refused(422, "factor-refused");
    let added = app.send(Call::post("/auth/factors/code/confirm").body(confirm(&text[..6]))).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);

    let mut owner = app.test.owner().await;
    let stored: (Vec<u8>, String) =
        sqlx::query_as("select secret, name from factor where kind = 'sms'").fetch_one(&mut owner).await.unwrap();
    assert!(!stored.0.windows(10).any(|part| part == b"2145550123") && stored.1 == "Text to •••• 0123", "{stored:?}");
    let asked = ticket(&app).await;
    // It is none of the factors that Sal has.
    ask(&app, &asked, "email").await.refused(404, "not-found");
    assert_eq!(ask(&app, &asked, "sms").await.status, StatusCode::OK);
    let code = app.newest_text().1[..6].to_owned();
    // A code of one way is none of the other.
    app.prove(&asked, "email", &code).await.refused(422, "factor-refused");
    SignedIn::of(&app.prove(&asked, "sms", &code).await);
    // Without a provider the recovery codes are left.
    let elsewhere = send(&bare, Call::post("/auth/login").body(log_in)).await;
    assert_eq!((&elsewhere.body["step"], &elsewhere.body["methods"]), (&json!("factor"), &json!(["recoveryCode"])));
    // Nobody asks for a code in somebody else's name, nor without one.
    app.send(Call::post("/auth/code").body(json!({ "channel": "sms" }))).await.refused(401, "sign-in-expired");
    let ask_as_ada = Call::post("/auth/code").token(&ada.access).body(json!({ "channel": "sms" }));
    app.send(ask_as_ada).await.refused(404, "not-found");
}
