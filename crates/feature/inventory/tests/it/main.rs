//! Vehicles over HTTP, on a real database.

#![expect(clippy::unwrap_used, reason = "tests")]

mod holding;
mod search;
mod stock_numbers;
mod vehicles;

use autolytiq_inventory::api::check_digit;
use autolytiq_testkit::{Client, Floor, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

/// The module alone: who is signed in is the test's word.
async fn app() -> (TestApp, Floor) {
    let app = TestApp::new(&[autolytiq_inventory::module().needs(&[])]).await;
    let floor = app.test().floor().await;
    (app, floor)
}

fn new_id(app: &TestApp) -> Uuid {
    app.test().ids().next::<autolytiq_kernel::VehicleId>().uuid()
}

/// A VIN of a 2025 Subaru with this production number and a right check digit.
fn vin(serial: u32) -> String {
    let digits = format!("4S4BTGND0S3{serial:06}");
    let digit = check_digit(&digits);
    digits.chars().enumerate().map(|(i, c)| if i == 8 { digit } else { c }).collect()
}

fn outback(id: Uuid, stock_number: &str, serial: u32) -> Value {
    json!({
        "id": id,
        "stockNumber": stock_number,
        "vin": vin(serial),
        "condition": "new",
        "year": 2025,
        "make": "Subaru",
        "model": "Outback",
        "trim": "Touring",
        "bodyClass": "SUV",
        "odometer": 12,
        "msrp": "42880.00",
        "price": "41250.00",
        "cost": "38900.00",
        "weightLb": 3900,
        "mpg": 28,
        "fuel": "gasoline",
        "receivedOn": "2026-01-05",
    })
}

async fn add(client: &Client, vehicle: &Value) -> Value {
    client.post("/inventory", vehicle).await.expect(201)
}
