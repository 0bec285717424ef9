//! Customers over HTTP, on a real database.

#![expect(clippy::unwrap_used, reason = "tests")]

mod customers;
mod protected;
mod search;

use autolytiq_testkit::{Client, Floor, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

/// The module alone: who is signed in is the test's word.
async fn app() -> (TestApp, Floor) {
    let app = TestApp::new(&[autolytiq_crm::module().needs(&[])]).await;
    let floor = app.test().floor().await;
    (app, floor)
}

fn new_id(app: &TestApp) -> Uuid {
    app.test().ids().next::<autolytiq_kernel::CustomerId>().uuid()
}

fn ana(id: Uuid) -> Value {
    json!({
        "id": id,
        "firstName": "Ana",
        "lastName": "Rivera",
        "email": "Ana.Rivera@example.com",
        "phone": "(214) 555-0123",
        "street": "12 Elm Street",
        "place": {"state": "TX", "county": "Dallas", "city": "Dallas", "zip": "75204"},
        "notes": "Likes blue.",
    })
}

async fn add(client: &Client, customer: &Value) -> Value {
    client.post("/customers", customer).await.expect(201)
}
