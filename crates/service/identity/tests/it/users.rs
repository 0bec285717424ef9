//! The administration of a store's people.

use http::{StatusCode, header};
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn, send};

/// Spoils a body.
type Edit = fn(&mut Value);

async fn set_role(app: &App, by: &SignedIn, person: &str, role: &str, version: i64) -> Answer {
    let path = format!("/admin/users/{person}/role");
    app.send(Call::put(&path).token(&by.access).if_match(version).body(json!({ "role": role }))).await
}

async fn set_active(app: &App, by: &SignedIn, person: &str, how: &str, version: i64) -> Answer {
    let path = format!("/admin/users/{person}/{how}");
    let body = json!({ "reason": "left the company" });
    app.send(Call::post(&path).token(&by.access).if_match(version).body(body)).await
}

#[tokio::test]
async fn a_role_change_acts_on_the_next_request_everywhere() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let session = app.sign_in("sal@example.com", PASSWORD).await;
    let other = app.second_process().await;
    let roles = || app.send(Call::get("/admin/roles").token(&session.access));
    let elsewhere = || send(&other, Call::get("/admin/roles").token(&session.access));
    roles().await.refused(403, "forbidden");
    elsewhere().await.refused(403, "forbidden");

    let answer = set_role(&app, &ada, &sal, "sales_manager", 1).await;
    assert_eq!((answer.status, &answer.body["role"]), (StatusCode::OK, &json!("sales_manager")));
    assert_eq!(answer.headers[header::ETAG], "\"2\"");
    assert_eq!(roles().await.status, StatusCode::OK, "the same access token");
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(elsewhere().await.status, StatusCode::OK, "within a second in another process");
}

#[tokio::test]
async fn ended_access_is_refused_at_once_and_history_stays() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let session = app.sign_in("sal@example.com", PASSWORD).await;
    let validate = || app.send(Call::get("/auth/validate-token").token(&session.access));
    assert_eq!(validate().await.status, StatusCode::OK);
    let answer = set_active(&app, &ada, &sal, "deactivate", 1).await;
    assert_eq!((answer.status, &answer.body["active"]), (StatusCode::OK, &json!(false)));
    validate().await.refused(401, "unauthenticated");
    app.send(Call::post("/auth/refresh").cookie(&session.refresh)).await.refused(401, "refresh-refused");
    app.try_sign_in("sal@example.com", PASSWORD).await.refused(401, "sign-in-refused");
    let listed = app.send(Call::get("/admin/users").token(&ada.access)).await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);

    assert_eq!(set_active(&app, &ada, &sal, "reactivate", 2).await.body["version"], 3);
    app.sign_in("sal@example.com", PASSWORD).await;
    let mut owner = app.test.owner().await;
    let (before, after, reason): (String, String, String) = sqlx::query_as(
        "select e.before::text, e.after::text, w.reason from audit_entry e join audit_reason w on w.entry_id = e.id
                         where e.action = 'user.deactivated'",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!((before.as_str(), after.as_str()), (r#"{"active":true}"#, r#"{"active":false}"#));
    assert_eq!(reason, "left the company");
}

#[tokio::test]
async fn nobody_locks_the_store_out() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let own = founded.administrator.to_string();
    set_role(&app, &ada, &own, "salesperson", 1).await.refused(409, "own-access");
    set_active(&app, &ada, &own, "deactivate", 1).await.refused(409, "own-access");

    let eve = app.add(&ada, "eve@example.com", "administrator").await;
    let session = app.sign_in("eve@example.com", PASSWORD).await;
    assert_eq!(set_role(&app, &ada, &eve, "sales_manager", 1).await.status, StatusCode::OK);
    set_role(&app, &session, &own, "salesperson", 1).await.refused(403, "forbidden");
    assert_eq!(set_role(&app, &ada, &eve, "administrator", 2).await.status, StatusCode::OK);
    // Two administrators who end each other at the same moment: one of them stays.
    let (one, two) =
        tokio::join!(set_role(&app, &ada, &eve, "salesperson", 3), set_role(&app, &session, &own, "salesperson", 1));
    let done = [&one, &two].into_iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!(done, 1, "{} {}", one.body, two.body);
}

#[tokio::test]
async fn a_change_needs_the_version_it_was_made_on() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let path = format!("/admin/users/{sal}/role");
    let body = json!({ "role": "fni_manager" });
    app.send(Call::put(&path).token(&ada.access).body(body)).await.refused(428, "precondition-required");
    let stale = set_role(&app, &ada, &sal, "fni_manager", 7).await;
    stale.refused(412, "version-conflict");
    assert_eq!((&stale.body["expected"], &stale.body["current"]), (&json!(7), &json!(1)));
    assert_eq!(stale.body["resource"]["role"], "salesperson", "both versions can be compared");
    let same = set_role(&app, &ada, &sal, "salesperson", 1).await;
    assert_eq!((same.status, &same.body["version"]), (StatusCode::OK, &json!(1)), "no change, no version");
    set_role(&app, &ada, &sal, "emperor", 1).await.refused(422, "invalid-field");
}

#[tokio::test]
async fn what_cannot_be_added_is_named() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let add = |edit: Edit| {
        let mut body =
            json!({ "name": "Sal", "email": "sal@example.com", "password": PASSWORD, "role": "salesperson" });
        edit(&mut body);
        app.send(Call::post("/admin/users").token(&ada.access).body(body))
    };
    let cases: [(Edit, &str); 6] = [
        (|b| b["name"] = json!(""), "/name"),
        (|b| b["email"] = json!("sal at example"), "/email"),
        (|b| b["password"] = json!("short"), "/password"),
        (|b| b["password"] = json!("sal@example.com"), "/password"),
        (|b| b["role"] = json!("owner"), "/role"),
        (|b| b["isAdmin"] = json!(true), "/isAdmin"),
    ];
    for (edit, pointer) in cases {
        let answer = add(edit).await;
        answer.refused(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer]);
    }
    assert_eq!(add(|_| {}).await.status, StatusCode::CREATED);
    add(|_| {}).await.refused(409, "already-a-member");
    add(|b| b["email"] = json!("SAL@EXAMPLE.COM")).await.refused(409, "already-a-member");
}

#[tokio::test]
async fn the_list_comes_in_pages_by_name() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    for index in 0..4 {
        app.add(&ada, &format!("sal{index}@example.com"), "salesperson").await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/admin/users?limit=2{cursor}");
        let page = app.send(Call::get(&path).token(&ada.access)).await.body;
        seen.extend(page["items"].as_array().unwrap().iter().map(|user| user["email"].clone()));
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen.len(), 5);
    assert_eq!(seen[0], ADMINISTRATOR);
    app.send(Call::get("/admin/users?limit=0").token(&ada.access)).await.refused(422, "invalid-field");
    app.send(Call::get("/admin/users?cursor=abc").token(&ada.access)).await.refused(422, "invalid-cursor");
}

#[tokio::test]
async fn only_an_administrator_administers() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let own = founded.administrator.to_string();
    for role in ["salesperson", "inventory_manager", "sales_manager", "fni_manager", "controller"] {
        let email = format!("{role}@example.com");
        app.add(&ada, &email, role).await;
        let session = app.sign_in(&email, PASSWORD).await;
        app.send(Call::get("/admin/users").token(&session.access)).await.refused(403, "forbidden");
        set_role(&app, &session, &own, "salesperson", 1).await.refused(403, "forbidden");
        let body = json!({ "name": "X", "email": "x@example.com", "password": PASSWORD, "role": "administrator" });
        app.send(Call::post("/admin/users").token(&session.access).body(body)).await.refused(403, "forbidden");
    }
    app.send(Call::get("/admin/users")).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_name_is_mended_also_ones_own() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let call = |person: String, name: &'static str, version| {
        let (app, access) = (&app, &ada.access);
        async move {
            let path = format!("/admin/users/{person}/name");
            app.send(Call::put(&path).token(access).if_match(version).body(json!({ "name": name }))).await
        }
    };
    assert_eq!(call(sal.clone(), " Sal  Paradise ", 1).await.body["name"], "Sal Paradise");
    call(sal.clone(), "Sal", 1).await.refused(412, "version-conflict");
    let blank = call(sal, " ", 2).await;
    blank.refused(422, "invalid-field");
    assert_eq!(blank.pointers(), ["/name"]);
    assert_eq!(call(founded.administrator.to_string(), "Ada Lovelace", 1).await.status, StatusCode::OK);
    assert_eq!(app.audited().await.iter().filter(|action| *action == "user.renamed").count(), 2);
}
