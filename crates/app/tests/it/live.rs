//! The stream of live changes.

use std::time::Duration;

use autolytiq_kernel::Role;
use autolytiq_testkit::Client;
use http::Method;
use serde_json::json;

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
