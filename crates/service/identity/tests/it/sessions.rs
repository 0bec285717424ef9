//! The list of one's sessions, their ends, and the limits that a store sets.

use http::StatusCode;
use jiff::SignedDuration;
use serde_json::json;

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD, SignedIn, send};

async fn validate(app: &App, session: &SignedIn) -> u16 {
    app.send(Call::get("/auth/validate-token").token(&session.access)).await.status.as_u16()
}

#[tokio::test]
async fn one_sees_ones_sessions_and_ends_one_of_them_everywhere() {
    let (app, _) = App::founded().await;
    let here = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.test.clock().advance(SignedDuration::from_secs(60));
    let body = json!({ "email": ADMINISTRATOR, "password": PASSWORD });
    let phone = Call::post("/auth/login").header("user-agent", "A phone").body(body);
    let phone = SignedIn::of(&app.send(phone).await);
    let other = app.second_process().await;

    let list = || app.send(Call::get("/auth/sessions").token(&here.access));
    let items = list().await.body["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["userAgent"], &items[0]["current"]), (&json!("A phone"), &json!(false)), "last used first");
    assert_eq!((&items[1]["current"], &items[1]["store"]), (&json!(true), &json!("Austin Motors")));

    let path = format!("/auth/sessions/{}", items[0]["id"].as_str().unwrap());
    assert_eq!(app.send(Call::delete(&path).token(&here.access)).await.status, StatusCode::NO_CONTENT);
    assert_eq!((validate(&app, &phone).await, validate(&app, &here).await), (401, 200));
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    send(&other, Call::get("/auth/validate-token").token(&phone.access)).await.refused(401, "session-revoked");
    app.send(Call::post("/auth/refresh").cookie(&phone.refresh)).await.refused(401, "session-revoked");
    app.audited_eventually("session.ended_elsewhere", 1).await;
    assert_eq!(list().await.body["items"].as_array().unwrap().len(), 1);
    app.send(Call::delete(&path).token(&here.access)).await.refused(404, "not-found");

    // Somebody else's session is none of theirs.
    app.add(&here, "sal@example.com", "salesperson").await;
    let sal = app.sign_in("sal@example.com", PASSWORD).await;
    let path = format!("/auth/sessions/{}", items[1]["id"].as_str().unwrap());
    app.send(Call::delete(&path).token(&sal.access)).await.refused(404, "not-found");
    assert_eq!(validate(&app, &here).await, 200);
}

#[tokio::test]
async fn a_whole_store_is_signed_out_at_once_and_its_neighbour_is_not() {
    let (app, _) = App::founded().await;
    app.found("Boston Motors", "bob@example.com").await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.add(&ada, "sal@example.com", "salesperson").await;
    let (sal, bob) = (app.sign_in("sal@example.com", PASSWORD).await, app.sign_in("bob@example.com", PASSWORD).await);
    let all = |session: &SignedIn, reason: &str| {
        let (access, reason) = (session.access.clone(), reason.to_owned());
        let app = &app;
        async move { app.send(Call::post("/admin/sessions/end-all").token(&access).body(json!({ "reason": reason }))).await }
    };
    all(&sal, "mischief").await.refused(403, "forbidden");
    all(&ada, " ").await.refused(422, "invalid-field");
    let ended = all(&ada, "a laptop was stolen").await;
    assert_eq!((ended.status, &ended.body["sessions"]), (StatusCode::OK, &json!(1)));
    assert_eq!((validate(&app, &sal).await, validate(&app, &ada).await, validate(&app, &bob).await), (401, 200, 200));
    let mut owner = app.test.owner().await;
    let reason: String =
        sqlx::query_scalar("select w.reason from audit_entry e join audit_reason w on w.entry_id = e.id where e.action = 'session.store_signed_out'")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!(reason, "a laptop was stolen");
    app.test.clock().advance(SignedDuration::from_mins(11));
    all(&ada, "again").await.refused(403, "confirmation-required");
}

#[tokio::test]
async fn a_stores_limits_hold_for_its_sessions() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let get = || app.send(Call::get("/admin/settings/sessions").token(&ada.access));
    assert_eq!(get().await.body, json!({ "idleMinutes": 720, "absoluteHours": 168, "version": 0 }));
    let put = |version: i64, idle: u32, absolute: u32| {
        let body = json!({ "idleMinutes": idle, "absoluteHours": absolute });
        app.send(Call::put("/admin/settings/sessions").token(&ada.access).if_match(version).body(body))
    };
    let wrong = put(0, 5, 721).await;
    wrong.refused(422, "invalid-field");
    assert_eq!(wrong.pointers(), ["/idleMinutes", "/absoluteHours"]);
    assert_eq!(put(0, 30, 1).await.body["version"], 1);
    put(0, 60, 1).await.refused(412, "version-conflict");
    assert_eq!(get().await.body["idleMinutes"], 30);

    let refresh = async |token: &str| app.send(Call::post("/auth/refresh").cookie(token)).await;
    let idle = app.sign_in(ADMINISTRATOR, PASSWORD).await.refresh;
    app.test.clock().advance(SignedDuration::from_mins(29));
    let idle = SignedIn::of(&refresh(&idle).await).refresh;
    app.test.clock().advance(SignedDuration::from_mins(30));
    refresh(&idle).await.refused(401, "refresh-refused");

    // An hour after the sign-in no token of it is good, however it was used.
    let mut session = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    for _ in 0..2 {
        app.test.clock().advance(SignedDuration::from_mins(25));
        session = SignedIn::of(&refresh(&session.refresh).await);
    }
    app.test.clock().advance(SignedDuration::from_mins(9));
    assert_eq!(validate(&app, &session).await, 200);
    app.test.clock().advance(SignedDuration::from_mins(1));
    assert_eq!(validate(&app, &session).await, 401, "ten minutes old, and over");
    refresh(&session.refresh).await.refused(401, "refresh-refused");
}
