//! The roles that a store makes for itself.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn, send};

async fn make(app: &App, by: &SignedIn, body: Value) -> Answer {
    app.send(Call::post("/admin/custom-roles").token(&by.access).body(body)).await
}

async fn change(app: &App, by: &SignedIn, role: &str, version: i64, body: Value) -> Answer {
    let path = format!("/admin/custom-roles/{role}");
    app.send(Call::put(&path).token(&by.access).if_match(version).body(body)).await
}

async fn give(app: &App, by: &SignedIn, person: &str, body: Value, version: i64) -> Answer {
    let path = format!("/admin/users/{person}/role");
    app.send(Call::put(&path).token(&by.access).if_match(version).body(body)).await
}

fn id_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_change_acts_within_a_second_everywhere_on_whoever_inherits_it() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let senior = id_of(&make(&app, &ada, json!({ "name": "Senior", "role": "salesperson" })).await);
    let lead =
        make(&app, &ada, json!({ "name": "Lead", "customRole": senior, "changes": { "deal.read": "store" } })).await;
    assert_eq!(lead.body["base"], "salesperson");
    let lead = id_of(&lead);
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let given = give(&app, &ada, &sal, json!({ "customRole": lead }), 1).await;
    assert_eq!(given.body["customRole"], json!({ "id": lead, "name": "Lead" }));
    let session = app.sign_in("sal@example.com", PASSWORD).await;
    assert_eq!(session.session["roleName"], "Lead");
    let other = app.second_process().await;
    let people = || app.send(Call::get("/admin/users").token(&session.access));
    let elsewhere = || send(&other, Call::get("/admin/users").token(&session.access));
    people().await.refused(403, "forbidden");
    elsewhere().await.refused(403, "forbidden");

    let wider = json!({ "name": "Senior", "changes": { "user.read": "store" } });
    assert_eq!(change(&app, &ada, &senior, 1, wider).await.status, StatusCode::OK);
    assert_eq!(people().await.status, StatusCode::OK, "the same access token, through the role above theirs");
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(elsewhere().await.status, StatusCode::OK, "within a second in another process");
    let seen = app.send(Call::get("/auth/validate-token").token(&session.access)).await.body.to_string();
    assert!(seen.contains("user.read") && !seen.contains("deal.cost.view"), "{seen}");

    let narrower = json!({ "name": "Lead", "changes": { "deal.read": "store", "user.read": "none" } });
    assert_eq!(change(&app, &ada, &lead, 1, narrower).await.status, StatusCode::OK);
    people().await.refused(403, "forbidden");
    let audited = app.audited().await;
    for action in ["role.created", "role.changed", "user.role_changed"] {
        assert!(audited.iter().any(|entry| entry == action), "{action}");
    }
}

#[tokio::test]
async fn nobody_hands_out_more_than_they_have() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let changes = json!({
        "user.read": "store", "user.create": "store", "user.set-role": "store", "role.read": "store", "role.edit": "store",
    });
    let office = id_of(&make(&app, &ada, json!({ "name": "Office", "role": "salesperson", "changes": changes })).await);
    app.add_as(&ada, "olga@example.com", &json!({ "customRole": office })).await;
    let olga = app.sign_in("olga@example.com", PASSWORD).await;
    let sal = app.add(&olga, "sal@example.com", "salesperson").await;

    let refused = give(&app, &olga, &sal, json!({ "role": "sales_manager" }), 1).await;
    refused.refused(403, "beyond-own-role");
    let body = json!({ "name": "X", "email": "x@example.com", "password": PASSWORD, "role": "administrator" });
    app.send(Call::post("/admin/users").token(&olga.access).body(body)).await.refused(403, "beyond-own-role");
    let more = json!({ "name": "More", "role": "salesperson", "changes": { "deal.cost.view": "store" } });
    make(&app, &olga, more).await.refused(403, "beyond-own-role");
    let widened = json!({ "name": "Office", "changes": { "deal.read": "store" } });
    change(&app, &olga, &office, 1, widened).await.refused(403, "beyond-own-role");
    let same = make(&app, &olga, json!({ "name": "Same", "customRole": office })).await;
    assert_eq!(same.status, StatusCode::CREATED, "as much as she has herself");
}

#[tokio::test]
async fn a_role_is_checked_versioned_and_removed_only_when_nobody_has_it() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let role = id_of(&make(&app, &ada, json!({ "name": "Lot", "role": "inventory_manager" })).await);
    make(&app, &ada, json!({ "name": "lot", "role": "bdc" })).await.refused(409, "role-name-taken");
    let wrong = json!({ "name": "W", "role": "bdc", "changes": { "deal.fly": "store", "deal.cost.view": "own" } });
    assert_eq!(make(&app, &ada, wrong).await.pointers(), ["/changes/deal.cost.view", "/changes/deal.fly"]);
    let both = json!({ "name": "B", "role": "bdc", "customRole": role });
    assert_eq!(make(&app, &ada, both).await.pointers(), ["/customRole"]);
    assert_eq!(make(&app, &ada, json!({ "name": "N" })).await.pointers(), ["/role"]);

    assert_eq!(change(&app, &ada, &role, 1, json!({ "name": "Yard" })).await.body["version"], 2);
    let late = change(&app, &ada, &role, 1, json!({ "name": "Late" })).await;
    late.refused(412, "version-conflict");

    let child = id_of(&make(&app, &ada, json!({ "name": "Porter", "customRole": role })).await);
    let remove = |role: String, version| {
        let path = format!("/admin/custom-roles/{role}");
        let (app, ada) = (&app, &ada);
        async move { app.send(Call::new(Method::DELETE, &path).token(&ada.access).if_match(version)).await }
    };
    remove(role.clone(), 2).await.refused(409, "role-in-use");
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    assert_eq!(give(&app, &ada, &sal, json!({ "customRole": child }), 1).await.status, StatusCode::OK);
    remove(child.clone(), 1).await.refused(409, "role-in-use");
    assert_eq!(give(&app, &ada, &sal, json!({ "role": "bdc" }), 2).await.body["role"], "bdc");
    assert_eq!(remove(child, 1).await.status, StatusCode::NO_CONTENT);
    assert_eq!(remove(role, 2).await.status, StatusCode::NO_CONTENT);
    let left = app.send(Call::get("/admin/custom-roles").token(&ada.access)).await.body;
    assert_eq!(left["items"], json!([]));
}

#[tokio::test]
async fn an_administrator_with_less_is_not_the_one_that_a_store_keeps() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let changes = json!({ "audit.read": "none" });
    let deputy =
        id_of(&make(&app, &ada, json!({ "name": "Deputy", "role": "administrator", "changes": changes })).await);
    app.add_as(&ada, "dee@example.com", &json!({ "customRole": deputy })).await;
    let dee = app.sign_in("dee@example.com", PASSWORD).await;
    let path = format!("/admin/users/{}/role", founded.administrator);
    let answer = app.send(Call::put(&path).token(&dee.access).if_match(1).body(json!({ "role": "bdc" }))).await;
    answer.refused(409, "last-administrator");
}

#[tokio::test]
async fn whoever_administers_every_store_of_a_group_appoints_its_administrator_who_reads_them_all() {
    let (app, founded) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let gus = app.add(&ada, "gus@example.com", "group_administrator").await;
    let stores = |session: SignedIn| {
        let app = &app;
        async move {
            let listed = app.send(Call::get("/admin/dealerships").token(&session.access)).await.body;
            listed["items"].as_array().unwrap().len()
        }
    };
    assert_eq!(stores(app.sign_in("gus@example.com", PASSWORD).await).await, 1);

    // A second rooftop that somebody else administers: Ada no longer administers the whole group.
    let other = crate::app::new_store("Second");
    let second = app.founded_store(&founded, &other).await;
    assert_eq!(stores(app.sign_in("gus@example.com", PASSWORD).await).await, 2, "without a membership in it");
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let path = format!("/admin/users/{gus}/role");
    let back = app.send(Call::put(&path).token(&ada.access).if_match(1).body(json!({ "role": "bdc" }))).await;
    assert_eq!(back.status, StatusCode::OK);
    assert_eq!(stores(app.sign_in("gus@example.com", PASSWORD).await).await, 1);
    app.leave(second, founded.administrator).await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    give(&app, &ada, &gus, json!({ "role": "group_administrator" }), 2).await.refused(403, "beyond-own-role");
}
