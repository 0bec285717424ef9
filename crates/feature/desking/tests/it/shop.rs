//! A store with a customer and vehicles, and deals to be worked.

use autolytiq_inventory::api::check_digit;
use autolytiq_kernel::{DealId, TenantCtx};
use autolytiq_testkit::{Answer, Client, Floor, TestApp};
use http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// What the store paid for each of its vehicles: a figure that must not reach who may not see it.
pub(crate) const COST: &str = "37123.45";

pub(crate) struct Shop {
    pub(crate) app: TestApp,
    pub(crate) floor: Floor,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let modules = [
            autolytiq_places::module(),
            autolytiq_crm::module(),
            autolytiq_inventory::module(),
            autolytiq_desking::module(),
        ]
        .map(|module| module.needs(&[]));
        let app = TestApp::new(&modules).await;
        let floor = app.test().floor().await;
        Self { app, floor }
    }

    pub(crate) fn id(&self) -> Uuid {
        self.app.test().ids().next::<DealId>().uuid()
    }

    pub(crate) fn client(&self, ctx: &TenantCtx) -> Client {
        self.app.client(ctx)
    }

    pub(crate) fn sales(&self) -> Client {
        self.client(&self.floor.salesperson)
    }

    pub(crate) fn manager(&self) -> Client {
        self.client(&self.floor.sales_manager)
    }

    pub(crate) fn finance(&self) -> Client {
        self.client(&self.floor.fni_manager)
    }

    pub(crate) async fn customer(&self, first_name: &str) -> Uuid {
        let id = self.id();
        let body = json!({
            "id": id, "firstName": first_name, "lastName": "Rivera",
            "place": {"state": "TX", "county": "Dallas", "city": "Dallas", "zip": "75204"},
        });
        assert_eq!(self.sales().post("/customers", &body).await.status, 201);
        id
    }

    /// A new Outback: list price 42,880, asked 41,250.
    pub(crate) async fn vehicle(&self, serial: u32) -> Uuid {
        let id = self.id();
        let open = format!("4S4BTGND0S3{serial:06}");
        let digit = check_digit(&open);
        let vin: String = open.chars().enumerate().map(|(i, c)| if i == 8 { digit } else { c }).collect();
        let body = json!({
            "id": id, "stockNumber": format!("N{serial}"), "vin": vin, "condition": "new", "year": 2025, "make": "Subaru",
            "model": "Outback", "trim": "Touring", "odometer": 12, "msrp": "42880.00", "price": "41250.00", "cost": COST,
            "weightLb": 3900, "mpg": 28, "fuel": "gasoline", "receivedOn": "2026-01-05",
        });
        assert_eq!(self.manager().post("/inventory", &body).await.status, 201);
        id
    }

    /// A deal of the salesperson on a vehicle of its own.
    pub(crate) async fn deal(&self, serial: u32) -> Work {
        let (customer, vehicle) = (self.customer("Ana").await, self.vehicle(serial).await);
        self.deal_on(customer, vehicle).await
    }

    pub(crate) async fn deal_on(&self, customer: Uuid, vehicle: Uuid) -> Work {
        self.deal_of(&self.sales(), customer, vehicle).await
    }

    /// A deal that this person opens.
    pub(crate) async fn deal_of(&self, client: &Client, customer: Uuid, vehicle: Uuid) -> Work {
        let id = self.id();
        let body = json!({"id": id, "customerId": customer, "vehicleId": vehicle});
        let opened = client.post("/deals", &body).await;
        let mut input = opened.expect(201)["start"].clone();
        // Whoever sees the costs is shown them; the server takes them from nobody.
        input.as_object_mut().unwrap().remove("costs");
        Work { path: format!("/deals/{id}"), version: opened.version(), parent: None, input, vehicle }
    }

    /// A deal with one pencil of the salesperson.
    pub(crate) async fn penciled(&self, serial: u32) -> Work {
        let mut work = self.deal(serial).await;
        work.pencil(self, &self.sales()).await;
        work
    }

    /// A deal that waits for the manager.
    pub(crate) async fn submitted(&self, serial: u32) -> Work {
        let mut work = self.penciled(serial).await;
        work.act(&self.sales(), "submit", None).await;
        work
    }

    /// A deal the manager agreed to.
    pub(crate) async fn approved(&self, serial: u32) -> Work {
        let mut work = self.submitted(serial).await;
        work.act(&self.manager(), "approve", None).await;
        work
    }

    pub(crate) async fn vehicle_status(&self, vehicle: Uuid) -> Value {
        self.sales().get(&format!("/inventory/{vehicle}")).await.expect(200)["status"].clone()
    }
}

/// A deal as a client holds it.
pub(crate) struct Work {
    pub(crate) path: String,
    pub(crate) version: i64,
    pub(crate) parent: Option<Uuid>,
    /// What the next pencil offers.
    pub(crate) input: Value,
    pub(crate) vehicle: Uuid,
}

impl Work {
    /// The body of a next pencil.
    pub(crate) fn body(&self, shop: &Shop) -> Value {
        let mut body = json!({"id": shop.id(), "input": self.input});
        if let Some(parent) = self.parent {
            body["parentId"] = json!(parent);
        }
        body
    }

    pub(crate) async fn send(&self, client: &Client, body: &Value) -> Answer {
        let path = format!("{}/scenarios", self.path);
        client.request(Method::POST, &path).if_match(self.version).json(body).send().await
    }

    /// Adds a pencil, and goes on from it.
    pub(crate) async fn pencil(&mut self, shop: &Shop, client: &Client) -> Value {
        let body = self.body(shop);
        let answer = self.send(client, &body).await;
        let added = answer.expect(201);
        self.version = answer.version();
        self.parent = added["pencil"]["id"].as_str().map(|id| id.parse().unwrap());
        self.input = added["pencil"]["input"].clone();
        // The server adds the costs and takes them from nobody.
        self.input.as_object_mut().unwrap().remove("costs");
        added
    }

    pub(crate) async fn try_act(&self, client: &Client, action: &str, reason: Option<&str>) -> Answer {
        let path = format!("{}/{action}", self.path);
        let body = reason.map_or(json!({}), |reason| json!({"reason": reason}));
        client.request(Method::POST, &path).if_match(self.version).json(&body).send().await
    }

    pub(crate) async fn act(&mut self, client: &Client, action: &str, reason: Option<&str>) -> Value {
        let answer = self.try_act(client, action, reason).await;
        let deal = answer.expect(200);
        self.version = answer.version();
        deal
    }
}
