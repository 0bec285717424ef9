//! A request that is repeated is answered and not repeated.

use std::sync::atomic::Ordering;

use autolytiq_kernel::Role;
use autolytiq_testkit::{Answer, Client, TestApp};
use http::Method;
use serde_json::{Value, json};

use crate::toys::{self, Made};

async fn post(client: &Client, key: &str, body: &Value) -> Answer {
    client.request(Method::POST, "/toys").header("idempotency-key", key).json(body).send().await
}

fn toy(name: &str) -> Value {
    json!({ "name": name, "priceCents": 1 })
}

#[tokio::test]
async fn the_same_request_gets_the_stored_answer() {
    let made = Made::default();
    let app = TestApp::new(&[toys::module(&made)]).await;
    let store = app.test().store();
    let client = app.client(&app.test().ctx(store, Role::SalesManager));
    let first = post(&client, "k-1", &toy("a")).await;
    let again = post(&client, "k-1", &toy("a")).await;
    assert_eq!(first.expect(201), again.expect(201));
    assert_eq!((again.version(), again.header("location")), (1, Some("/api/v1/toys/1")));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(made.load(Ordering::SeqCst), 1);

    post(&client, "k-1", &toy("b")).await.expect_problem(422, "idempotency-mismatch");
    let other = app.client(&app.test().ctx(store, Role::SalesManager));
    assert_eq!(post(&other, "k-1", &toy("b")).await.status, 201, "a key is one person's");
    assert_eq!(made.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_request_under_way_is_not_begun_twice() {
    let made = Made::default();
    let app = TestApp::new(&[toys::module(&made)]).await;
    let client = app.client(&app.test().ctx(app.test().store(), Role::SalesManager));
    let slow = toy("slow");
    let (first, second) = tokio::join!(post(&client, "k", &slow), async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        post(&client, "k", &slow).await
    });
    assert_eq!(first.status, 201);
    second.expect_problem(409, "idempotency-in-flight");
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_refused_request_may_be_corrected_under_the_same_key() {
    let made = Made::default();
    let app = TestApp::new(&[toys::module(&made)]).await;
    let client = app.client(&app.test().ctx(app.test().store(), Role::SalesManager));
    post(&client, "k", &toy("refused")).await.expect_problem(422, "invalid-field");
    assert_eq!(post(&client, "k", &toy("a")).await.status, 201);
    post(&client, "no spaces", &toy("a")).await.expect_problem(400, "bad-request");
    post(&client, &"k".repeat(256), &toy("a")).await.expect_problem(400, "bad-request");
}
