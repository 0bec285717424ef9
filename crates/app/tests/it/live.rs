//! The stream of live changes.

use std::time::Duration;

use autolytiq_kernel::Role;
use autolytiq_testkit::Client;
use http::Method;
use serde_json::{Value, json};

use crate::world::World;

async fn sign_out_everywhere(client: &Client) {
    let answer = client.request(Method::POST, "/auth/logout-everywhere").send().await;
    assert!(answer.status.is_success(), "{}", answer.text());
}

#[tokio::test]
async fn the_stream_tells_what_is_theirs_and_ends_with_the_session() {
    let world = World::new().await;
    let (owner, other, manager) = (&world.colleague, world.person(Role::Salesperson), world.person(Role::SalesManager));
    let deal = &world.ids["deals"];
    let work = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let path = format!("/deals/{deal}/submit");
        let submitted = owner.request(Method::POST, &path).if_match(2).json(&json!({})).send().await;
        assert_eq!(submitted.status, 200, "{}", submitted.text());
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        for client in [owner, other, manager] {
            sign_out_everywhere(client).await;
        }
    };
    let streams = async { tokio::join!(owner.get("/events"), other.get("/events"), manager.get("/events"), work) };
    let (own, others, managers, ()) = tokio::time::timeout(Duration::from_secs(15), streams)
        .await
        .expect("the streams end within a second of the sign-out");
    assert_eq!(own.header("content-type"), Some("text/event-stream"));
    for told in [own.text(), managers.text()] {
        assert!(told.contains("event: deal.changed") && told.contains(deal), "{told}");
    }
    assert!(!others.text().contains(deal), "{}", others.text());
}

/// What the administrator's list says of a person.
async fn listed(administrator: &Client, email: &str) -> Value {
    let people = administrator.get("/admin/users?limit=200").await.expect(200);
    let found = people["items"].as_array().unwrap().iter().find(|person| person["email"] == email);
    found.unwrap_or_else(|| panic!("{email} is not listed")).clone()
}

/// Puts a person into a team, or into none.
async fn put_into(administrator: &Client, email: &str, team: &Value) {
    let person = listed(administrator, email).await;
    let path = format!("/admin/users/{}/team", person["id"].as_str().unwrap());
    let version = person["version"].as_i64().unwrap();
    let put = administrator.request(Method::PUT, &path).if_match(version).json(&json!({ "team": team })).send().await;
    assert_eq!(put.status, 200, "{}", put.text());
}

#[tokio::test]
async fn the_stream_tells_a_team_what_is_its_own_until_somebody_has_left_it() {
    let world = World::new().await;
    let (owner, administrator) = (&world.colleague, world.person(Role::Administrator));
    let role = json!({ "name": "Lead", "role": "salesperson", "changes": { "deal.read": "team" } });
    let role = administrator.post("/admin/custom-roles", &role).await.expect(201);
    let lead = world.hire("lead@first.example", &json!({ "customRole": role["id"] })).await;
    let deal = format!("/deals/{}", world.ids["deals"]);
    assert_eq!(lead.get(&deal).await.status, 404, "without a team");
    for email in ["lead@first.example", "colleague@first.example"] {
        put_into(administrator, email, &json!(world.ids["crew"])).await;
    }
    assert_eq!(lead.get(&deal).await.status, 200);
    let act = |action: &'static str, version: i64| {
        let deal = &deal;
        async move {
            let path = format!("{deal}/{action}");
            let body = json!({ "reason": "a reason" });
            let done = owner.request(Method::POST, &path).if_match(version).json(&body).send().await;
            assert_eq!(done.status, 200, "{}", done.text());
        }
    };
    let work = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        act("submit", 2).await;
        // Long enough for the event to reach whoever listens.
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        put_into(administrator, "colleague@first.example", &Value::Null).await;
        assert_eq!(lead.get(&deal).await.status, 404, "on the next request");
        act("cancel", 3).await;
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        sign_out_everywhere(&lead).await;
    };
    let streams = async { tokio::join!(lead.get("/events"), work) };
    let (told, ()) = tokio::time::timeout(Duration::from_secs(15), streams).await.expect("the stream ends");
    let told = told.text();
    assert!(told.contains("\"submitted\"") && !told.contains("\"cancelled\""), "{told}");
    assert_eq!(told.matches("event: deal.changed").count(), 1, "{told}");
}
