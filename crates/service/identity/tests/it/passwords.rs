//! Replacing a password one knows: because one must, and because one wants to.

use http::StatusCode;
use serde_json::json;

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD};

const NEW: &str = "mauve tripod cactus";

async fn replace(app: &App, ticket: &str, password: &str) -> Answer {
    app.send(Call::post("/auth/password").body(json!({ "ticket": ticket, "password": password }))).await
}

/// Somebody whom the administrator gave a password, in a role that asks for no second factor.
async fn given(app: &App) {
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let body = json!({ "name": "Ivo", "email": "ivo@example.com", "password": PASSWORD, "role": "inventory_manager" });
    let added = app.send(Call::post("/admin/users").token(&ada.access).body(body)).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
}

#[tokio::test]
async fn a_password_that_somebody_else_chose_is_replaced_before_anything_else() {
    let (app, _) = App::founded().await;
    given(&app).await;
    let pending = app.try_sign_in("ivo@example.com", PASSWORD).await;
    assert_eq!(
        (pending.status, &pending.body["step"]),
        (StatusCode::ACCEPTED, &json!("changePassword")),
        "{}",
        pending.body
    );
    let ticket = pending.body["ticket"].as_str().unwrap();
    let same = replace(&app, ticket, PASSWORD).await;
    same.refused(422, "invalid-field");
    assert_eq!(same.pointers(), ["/password"]);
    replace(&app, ticket, "password1234").await.refused(422, "invalid-field");
    let opened = replace(&app, ticket, NEW).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    assert_eq!(opened.body["session"]["role"], "inventory_manager");
    assert_ne!(replace(&app, ticket, "another tripod cactus").await.status, StatusCode::OK, "the ticket is used up");
    app.try_sign_in("ivo@example.com", PASSWORD).await.refused(401, "sign-in-refused");
    app.sign_in("ivo@example.com", NEW).await;
    app.audited_eventually("account.password_changed", 1).await;
}

#[tokio::test]
async fn ones_own_password_is_replaced_by_whoever_knows_it_and_other_devices_are_signed_out() {
    let (app, _) = App::founded().await;
    let (here, there) = (app.sign_in(ADMINISTRATOR, PASSWORD).await, app.sign_in(ADMINISTRATOR, PASSWORD).await);
    let change = |present: &'static str| {
        let body = json!({ "present": present, "password": NEW });
        app.send(Call::put("/auth/password").token(&here.access).body(body))
    };
    let wrong = change("not the password").await;
    wrong.refused(422, "invalid-field");
    assert_eq!(wrong.pointers(), ["/present"]);
    assert_eq!(change(PASSWORD).await.status, StatusCode::NO_CONTENT);
    let validate = |token| app.send(Call::get("/auth/validate-token").token(token));
    assert_eq!(validate(here.access.as_str()).await.status, StatusCode::OK);
    assert_eq!(validate(there.access.as_str()).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.mailed_kinds().await, ["password_changed"]);
    app.sign_in(ADMINISTRATOR, NEW).await;
}
