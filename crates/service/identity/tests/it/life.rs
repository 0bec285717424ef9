//! The life of a session.

use autolytiq_identity::api::{ClientInfo, TypedPassword, sign_in};
use http::{StatusCode, header};
use jiff::SignedDuration;
use serde_json::json;

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD, SignedIn, send};

async fn validate(app: &App, token: &str) -> crate::app::Answer {
    app.send(Call::get("/auth/validate-token").token(token)).await
}

#[tokio::test]
async fn signing_in_gives_a_session_and_a_closed_cookie() {
    let (app, founded) = App::founded().await;
    let answer = app.try_sign_in(" ADA@example.com ", PASSWORD).await;
    assert_eq!(answer.body["expiresIn"], 900);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/api/v1/auth", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let signed_in = SignedIn::of(&answer);
    let session = validate(&app, &signed_in.access).await;
    assert_eq!(session.body, signed_in.session);
    assert_eq!(session.body["person"]["id"], founded.administrator.to_string());
    assert!(session.body["permissions"].as_array().unwrap().contains(&json!("user.create")));
}

#[tokio::test]
async fn a_refresh_token_works_once_and_its_second_use_ends_the_session() {
    let (app, _) = App::founded().await;
    let first = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.test.clock().advance(SignedDuration::from_mins(14));
    let second = SignedIn::of(&app.send(Call::post("/auth/refresh").cookie(&first.refresh)).await);
    assert_ne!(first.refresh, second.refresh);
    assert_ne!(first.access, second.access);
    assert_eq!(validate(&app, &first.access).await.status, StatusCode::OK, "the older access token lives on");

    let again = app.send(Call::post("/auth/refresh").cookie(&first.refresh)).await;
    again.refused(401, "refresh-refused");
    assert_eq!(again.refresh_cookie().as_deref(), Some(""), "the dead cookie is taken away");
    for token in [&first.access, &second.access] {
        validate(&app, token).await.refused(401, "session-revoked");
    }
    app.send(Call::post("/auth/refresh").cookie(&second.refresh)).await.refused(401, "session-revoked");
    assert!(app.audited().await.contains(&"session.refresh_reused".to_owned()));
    app.sign_in(ADMINISTRATOR, PASSWORD).await;
}

#[tokio::test]
async fn tabs_that_wake_together_are_forgiven_and_a_thief_is_not() {
    let (app, _) = App::founded().await;
    let browser = |token| Call::post("/auth/refresh").cookie(token).header("sec-fetch-site", "same-origin");
    let old = app.sign_in(ADMINISTRATOR, PASSWORD).await.refresh;
    let one = SignedIn::of(&app.send(browser(&old)).await);
    let two = SignedIn::of(&app.send(browser(&old)).await);
    let three = SignedIn::of(&app.send(browser(&two.refresh)).await);
    assert_eq!(validate(&app, &three.access).await.status, StatusCode::OK);
    // The first tab's token was replaced: whoever brings it now is not the one who refreshed last.
    app.send(browser(&one.refresh)).await.refused(401, "refresh-refused");
    validate(&app, &three.access).await.refused(401, "session-revoked");

    let old = app.sign_in(ADMINISTRATOR, PASSWORD).await.refresh;
    app.send(browser(&old)).await;
    app.test.clock().advance(SignedDuration::from_secs(11));
    app.send(browser(&old)).await.refused(401, "refresh-refused");
}

#[tokio::test]
async fn two_uses_at_once_leave_one_session_or_none() {
    let (app, _) = App::founded().await;
    let token = app.sign_in(ADMINISTRATOR, PASSWORD).await.refresh;
    let call = || app.send(Call::post("/auth/refresh").cookie(&token));
    let (one, two) = tokio::join!(call(), call());
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "one came second, so the session ended");
}

#[tokio::test]
async fn a_session_ends_after_a_shift_without_use_and_after_a_week() {
    let (app, _) = App::founded().await;
    let refresh = async |token: &str| app.send(Call::post("/auth/refresh").cookie(token)).await;
    let mut token = app.sign_in(ADMINISTRATOR, PASSWORD).await.refresh;
    // 15 times 11 hours are three hours less than a week.
    for _ in 0..15 {
        app.test.clock().advance(SignedDuration::from_hours(11));
        token = SignedIn::of(&refresh(&token).await).refresh;
    }
    app.test.clock().advance(SignedDuration::from_hours(3));
    refresh(&token).await.refused(401, "refresh-refused");

    let token = app.sign_in(ADMINISTRATOR, PASSWORD).await.refresh;
    app.test.clock().advance(SignedDuration::from_hours(12));
    refresh(&token).await.refused(401, "refresh-refused");
    let audited = app.audited().await;
    assert!(
        ["session.too_old", "session.idle"].iter().all(|action| audited.iter().any(|a| a == action)),
        "{audited:?}"
    );
    app.send(Call::post("/auth/refresh")).await.refused(401, "refresh-refused");
    refresh("made-up").await.refused(401, "refresh-refused");
}

#[tokio::test]
async fn signing_out_ends_one_session_at_once() {
    let (app, _) = App::founded().await;
    let (here, there) = (app.sign_in(ADMINISTRATOR, PASSWORD).await, app.sign_in(ADMINISTRATOR, PASSWORD).await);
    assert_eq!(validate(&app, &here.access).await.status, StatusCode::OK);
    let answer = app.send(Call::post("/auth/logout").token(&here.access).cookie(&here.refresh)).await;
    assert_eq!((answer.status, answer.refresh_cookie().as_deref()), (StatusCode::NO_CONTENT, Some("")));
    validate(&app, &here.access).await.refused(401, "session-revoked");
    app.send(Call::post("/auth/refresh").cookie(&here.refresh)).await.refused(401, "session-revoked");
    assert_eq!(validate(&app, &there.access).await.status, StatusCode::OK);

    // The cookie alone is enough, and twice does no harm.
    for _ in 0..2 {
        assert_eq!(app.send(Call::post("/auth/logout").cookie(&there.refresh)).await.status, StatusCode::NO_CONTENT);
    }
    validate(&app, &there.access).await.refused(401, "session-revoked");
    assert_eq!(app.audited().await.iter().filter(|action| *action == "session.signed_out").count(), 2);
}

#[tokio::test]
async fn signing_out_everywhere_reaches_every_device_and_every_process() {
    let (app, _) = App::founded().await;
    let (here, there) = (app.sign_in(ADMINISTRATOR, PASSWORD).await, app.sign_in(ADMINISTRATOR, PASSWORD).await);
    let other = app.second_process().await;
    let elsewhere = || send(&other, Call::get("/auth/validate-token").token(&there.access));
    assert_eq!(elsewhere().await.status, StatusCode::OK);
    let answer = app.send(Call::post("/auth/logout-everywhere").token(&here.access)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    for session in [&here, &there] {
        validate(&app, &session.access).await.refused(401, "session-revoked");
        app.send(Call::post("/auth/refresh").cookie(&session.refresh)).await.refused(401, "session-revoked");
    }
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    elsewhere().await.refused(401, "session-revoked");
}

#[tokio::test]
async fn other_sites_cannot_use_the_cookie() {
    let (app, _) = App::founded().await;
    let token = app.sign_in(ADMINISTRATOR, PASSWORD).await.refresh;
    for path in ["/auth/refresh", "/auth/logout"] {
        let call = Call::post(path).cookie(&token).header("origin", "https://evil.example");
        app.send(call.header("sec-fetch-site", "cross-site")).await.refused(403, "cross-site");
    }
    SignedIn::of(&app.send(Call::post("/auth/refresh").cookie(&token)).await);
}

#[tokio::test]
async fn the_use_case_opens_a_transaction_without_http() {
    let (app, founded) = App::founded().await;
    let password = TypedPassword::new(PASSWORD);
    let client = ClientInfo::default();
    let signed_in =
        sign_in(&app.identity, ADMINISTRATOR, &password, &client, app.origin()).await.unwrap().open().unwrap();
    let mut tx = app.test.db().tenant(&signed_in.ctx).await.unwrap();
    let profile = autolytiq_identity::api::store_profile(&mut tx).await.unwrap();
    assert_eq!((profile.id, profile.name.as_str()), (founded.dealership, "Austin Motors"));
    let names = autolytiq_identity::api::member_names(&mut tx, &[founded.administrator]).await.unwrap();
    assert_eq!(names[&founded.administrator], "Ada Byron");
}

#[tokio::test]
async fn what_has_run_out_is_deleted_and_what_is_in_use_stays() {
    let (app, _) = App::founded().await;
    app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.try_sign_in(ADMINISTRATOR, "a wrong password").await.refused(401, "sign-in-refused");
    app.audited_eventually("session.refused", 1).await;
    app.test.clock().advance(SignedDuration::from_hours(38 * 24));
    let fresh = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.try_sign_in("nobody@example.com", "a wrong password").await.refused(401, "sign-in-refused");
    app.identity.tidy().await.unwrap();
    let mut owner = app.test.owner().await;
    let left: (i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from session), (select count(*) from refresh_token), (select count(*) from sign_in_failure)",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(left, (1, 1, 1));
    SignedIn::of(&app.send(Call::post("/auth/refresh").cookie(&fresh.refresh)).await);
}

/// Session fixation: a cookie that somebody planted before the sign-in is worth what it was worth, and no more.
#[tokio::test]
async fn a_sign_in_never_continues_what_the_browser_brought() {
    let (app, _) = App::founded().await;
    let planted = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    for brought in [planted.refresh.as_str(), "made-up-by-somebody"] {
        let body = json!({ "email": ADMINISTRATOR, "password": PASSWORD });
        let answer = app.send(Call::post("/auth/login").cookie(brought).body(body)).await;
        let own = SignedIn::of(&answer);
        assert_ne!(own.refresh, brought);
        let leave = Call::post("/auth/logout").token(&own.access);
        assert_eq!(app.send(leave).await.status, 204);
        validate(&app, &own.access).await.refused(401, "session-revoked");
        assert_eq!(validate(&app, &planted.access).await.status, 200, "theirs was a session of its own");
    }
}
