//! The teams of a store, and who is in them. What a team makes reachable is tested where the deals are.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn};

async fn make(app: &App, by: &SignedIn, name: &str) -> Answer {
    app.send(Call::post("/admin/teams").token(&by.access).body(json!({ "name": name }))).await
}

async fn rename(app: &App, by: &SignedIn, team: &str, version: i64, name: &str) -> Answer {
    let path = format!("/admin/teams/{team}");
    app.send(Call::put(&path).token(&by.access).if_match(version).body(json!({ "name": name }))).await
}

async fn remove(app: &App, by: &SignedIn, team: &str, version: i64) -> Answer {
    let path = format!("/admin/teams/{team}");
    app.send(Call::new(Method::DELETE, &path).token(&by.access).if_match(version)).await
}

async fn put(app: &App, by: &SignedIn, person: &str, team: Value, version: i64) -> Answer {
    let path = format!("/admin/users/{person}/team");
    app.send(Call::put(&path).token(&by.access).if_match(version).body(json!({ "team": team }))).await
}

fn id_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_team_is_made_renamed_filled_emptied_and_removed() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let days = id_of(&make(&app, &ada, " Days ").await);
    let nights = id_of(&make(&app, &ada, "Nights").await);
    make(&app, &ada, "nights").await.refused(409, "team-name-taken");
    assert_eq!(make(&app, &ada, " ").await.pointers(), ["/name"]);
    assert_eq!(make(&app, &ada, &"n".repeat(61)).await.pointers(), ["/name"]);

    assert_eq!(rename(&app, &ada, &days, 1, "Early").await.body["version"], 2);
    let late = rename(&app, &ada, &days, 1, "Dawn").await;
    late.refused(412, "version-conflict");
    assert_eq!(late.body["resource"]["name"], "Early", "{}", late.body);
    rename(&app, &ada, &days, 2, "NIGHTS").await.refused(409, "team-name-taken");

    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let answer = put(&app, &ada, &sal, json!(days), 1).await;
    assert_eq!(answer.body["team"], json!({ "id": days, "name": "Early" }));
    // In another team, and no longer in the one before; on the version they are at.
    put(&app, &ada, &sal, json!(nights), 1).await.refused(412, "version-conflict");
    assert_eq!(put(&app, &ada, &sal, json!(nights), 2).await.body["version"], 3);
    let listed = app.send(Call::get("/admin/teams").token(&ada.access)).await.body;
    let told: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|team| (&team["name"], &team["people"])).collect();
    assert_eq!(told, [(&json!("Early"), &json!(0)), (&json!("Nights"), &json!(1))]);

    remove(&app, &ada, &nights, 1).await.refused(409, "team-in-use");
    remove(&app, &ada, &days, 1).await.refused(412, "version-conflict");
    assert_eq!(remove(&app, &ada, &days, 2).await.status, StatusCode::NO_CONTENT);
    assert_eq!(put(&app, &ada, &sal, json!(days), 3).await.pointers(), ["/team"]);
    let out = put(&app, &ada, &sal, Value::Null, 3).await;
    assert_eq!((out.status, out.body.get("team")), (StatusCode::OK, None));
    assert_eq!(remove(&app, &ada, &nights, 1).await.status, StatusCode::NO_CONTENT);
    // What is not said is not taken for "none".
    let path = format!("/admin/users/{sal}/team");
    let nothing = app.send(Call::put(&path).token(&ada.access).if_match(4).body(json!({}))).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nothing.body);

    let mut owner = app.test.owner().await;
    let trail: Vec<(String, Option<String>, Option<String>)> = sqlx::query_as(
        "select action, before::jsonb ->> 'name', after::jsonb ->> 'name' from audit_entry
         where action like 'team.%' order by id",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(
        trail,
        [
            ("team.created".to_owned(), None, said("Days")),
            ("team.created".to_owned(), None, said("Nights")),
            ("team.renamed".to_owned(), said("Days"), said("Early")),
            ("team.removed".to_owned(), said("Early"), None),
            ("team.removed".to_owned(), said("Nights"), None),
        ]
    );
    let moves: Vec<(Option<String>, Option<String>)> = sqlx::query_as(
        "select before::jsonb #>> '{team,name}', after::jsonb #>> '{team,name}' from audit_entry
         where action = 'user.team_changed' order by id",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert_eq!(moves, [(None, said("Early")), (said("Early"), said("Nights")), (said("Nights"), None)]);
}

#[tokio::test]
async fn another_store_has_teams_of_its_own() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let days = id_of(&make(&app, &ada, "Days").await);
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    app.found("Other Motors", "bo@example.com").await;
    let bo = app.sign_in("bo@example.com", PASSWORD).await;
    let listed = app.send(Call::get("/admin/teams").token(&bo.access)).await.body;
    assert_eq!(listed["items"], json!([]));
    rename(&app, &bo, &days, 1, "Ours").await.refused(404, "not-found");
    remove(&app, &bo, &days, 1).await.refused(404, "not-found");
    put(&app, &bo, &sal, Value::Null, 1).await.refused(404, "not-found");
    let own = id_of(&make(&app, &bo, "days").await);
    let bos = app.add(&bo, "cy@example.com", "salesperson").await;
    assert_eq!(put(&app, &bo, &bos, json!(days), 1).await.pointers(), ["/team"], "a team of another store");
    assert_eq!(put(&app, &bo, &bos, json!(own), 1).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_reaches_by_team_does_not_choose_who_is_in_it() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let changes = json!({ "user.read": "store", "user.set-role": "store", "deal.read": "team" });
    let role = json!({ "name": "Lead", "role": "salesperson", "changes": changes });
    let lead = app.send(Call::post("/admin/custom-roles").token(&ada.access).body(role)).await;
    app.add_as(&ada, "lea@example.com", &json!({ "customRole": id_of(&lead) })).await;
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let team = id_of(&make(&app, &ada, "Days").await);
    let lea = app.sign_in("lea@example.com", PASSWORD).await;
    put(&app, &lea, &sal, json!(team), 1).await.refused(409, "own-access");
    assert_eq!(put(&app, &ada, &sal, json!(team), 1).await.status, StatusCode::OK);
    // Who may not change roles may look, or not even that.
    app.add(&ada, "gm@example.com", "general_manager").await;
    let gm = app.sign_in("gm@example.com", PASSWORD).await;
    assert_eq!(app.send(Call::get("/admin/teams").token(&gm.access)).await.status, StatusCode::OK);
    make(&app, &gm, "Nights").await.refused(403, "forbidden");
    let sal = app.sign_in("sal@example.com", PASSWORD).await;
    app.send(Call::get("/admin/teams").token(&sal.access)).await.refused(403, "forbidden");
}

/// A team that is removed while somebody is put into it: one of the two happens.
#[tokio::test]
async fn nobody_is_put_into_a_team_that_is_removed_at_that_moment() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let sal = app.add(&ada, "sal@example.com", "salesperson").await;
    let mut version = 1;
    for round in 0..8 {
        let team = id_of(&make(&app, &ada, &format!("Team {round}")).await);
        let (filled, removed) = tokio::join!(put(&app, &ada, &sal, json!(team), version), remove(&app, &ada, &team, 1));
        match (filled.status, removed.status) {
            (StatusCode::OK, StatusCode::CONFLICT) => version += 1,
            (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::NO_CONTENT) => {}
            _ => panic!("{} {}", filled.body, removed.body),
        }
    }
}
