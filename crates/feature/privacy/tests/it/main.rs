//! Consents, export and erasure over HTTP, on a real database, with deals beside them.

#![expect(clippy::unwrap_used, reason = "tests")]
#![expect(unused_must_use, reason = "a status that was checked is all that some calls are for")]

mod compliance;
mod consents;
mod erasure;
mod export;
mod retention;

use autolytiq_testkit::{Client, Floor, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store with a customer about whom everything is known.
struct Shop {
    app: TestApp,
    floor: Floor,
    ana: Uuid,
}

impl Shop {
    async fn open() -> Self {
        let modules = [
            autolytiq_places::module(),
            autolytiq_crm::module(),
            autolytiq_inventory::module(),
            autolytiq_desking::module(),
            autolytiq_audit::module(),
            autolytiq_privacy::module(),
        ]
        .map(|module| module.needs(&[]));
        let app = TestApp::new(&modules).await;
        let floor = app.test().floor().await;
        let mut shop = Self { app, floor, ana: Uuid::nil() };
        shop.ana = shop.id();
        shop.sales().post("/customers", &ana(shop.ana)).await.expect(201);
        shop
    }

    fn id(&self) -> Uuid {
        self.app.test().ids().uuid()
    }

    fn sales(&self) -> Client {
        self.app.client(&self.floor.salesperson)
    }

    fn manager(&self) -> Client {
        self.app.client(&self.floor.sales_manager)
    }

    fn administrator(&self) -> Client {
        self.app.client(&self.floor.administrator)
    }

    fn of_ana(&self, what: &str) -> String {
        format!("/customers/{}/{what}", self.ana)
    }

    /// A deal of Ana's with a pencil, whose note and reason name her.
    async fn deal(&self) -> Deal {
        let (vehicle, deal) = (self.id(), self.id());
        let body = json!({
            "id": vehicle, "stockNumber": "U1", "vin": "1HGCM82633A004352", "condition": "used", "year": 2003,
            "make": "Honda", "model": "Accord", "odometer": 82_000, "price": "9900.00", "cost": "7123.45",
            "receivedOn": "2026-01-05",
        });
        self.manager().post("/inventory", &body).await.expect(201);
        let body = json!({ "id": deal, "customerId": self.ana, "vehicleId": vehicle });
        let request = self.sales().request(http::Method::POST, "/deals").header("idempotency-key", "one");
        let opened = request.json(&body).send().await;
        let mut input = opened.expect(201)["start"].clone();
        input["columns"] = json!([{ "kind": "cash", "id": "cash" }]);
        let pencil = json!({ "id": self.id(), "input": input, "note": "Quillfeather wants floor mats", "reason": "Ms Quillfeather asked" });
        let path = format!("/deals/{deal}/scenarios");
        let penciled =
            self.sales().request(http::Method::POST, &path).if_match(opened.version()).json(&pencil).send().await;
        penciled.expect(201);
        Deal { path: format!("/deals/{deal}"), version: penciled.version() }
    }
}

struct Deal {
    path: String,
    version: i64,
}

impl Deal {
    async fn act(&mut self, client: &Client, action: &str, reason: &str) -> Value {
        let path = format!("{}/{action}", self.path);
        let request = client.request(http::Method::POST, &path).if_match(self.version);
        let answer = request.json(&json!({ "reason": reason })).send().await;
        self.version = answer.version();
        answer.expect(200)
    }
}

fn ana(id: Uuid) -> Value {
    json!({
        "id": id, "firstName": "Zenobia", "lastName": "Quillfeather", "email": "zq@quillfeather.example",
        "phone": "(214) 555-0147", "street": "12 Larkspur Hollow", "notes": "Collects barometers.",
        "place": { "state": "TX", "county": "Dallas", "city": "Dallas", "zip": "75204" }, "dateOfBirth": "1987-11-23",
    })
}
