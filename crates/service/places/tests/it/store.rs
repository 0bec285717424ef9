//! A store whose administrator imports.

use autolytiq_kernel::{CustomerId, TenantCtx};
use autolytiq_testkit::{Answer, Client, Floor, TestApp};
use http::Method;
use serde_json::{Value, json};

pub(crate) struct Store {
    pub(crate) app: TestApp,
    pub(crate) floor: Floor,
}

impl Store {
    pub(crate) async fn open() -> Self {
        let app = TestApp::new(&[autolytiq_places::module().needs(&[])]).await;
        let floor = app.test().floor().await;
        Self { app, floor }
    }

    pub(crate) fn id(&self) -> String {
        self.app.test().ids().next::<CustomerId>().to_string()
    }

    pub(crate) fn admin(&self) -> Client {
        self.app.client(&self.floor.administrator)
    }

    pub(crate) fn sales(&self) -> Client {
        self.app.client(&self.floor.salesperson)
    }

    pub(crate) fn of(&self, ctx: &TenantCtx) -> Client {
        self.app.client(ctx)
    }

    /// Sends a file; `what` is the path's end and the format, `rest` further parameters.
    pub(crate) async fn send(&self, path: &str, id: &str, state: &str, format: &str, rest: &str, file: &str) -> Answer {
        let query = format!("id={id}&state={state}&format={format}&source=A%20list&asOf=2026-01-01{rest}");
        let request = self.admin().request(Method::POST, &format!("/places/rate-imports{path}?{query}"));
        request.raw("text/csv", file.to_owned()).send().await
    }

    pub(crate) async fn import(&self, state: &str, format: &str, file: &str) -> Value {
        self.send("", &self.id(), state, format, "", file).await.expect(201)
    }

    pub(crate) async fn withdraw(&self, import: &Value) -> Value {
        let path = format!("/places/rate-imports/{}/withdraw", import["id"].as_str().unwrap());
        let version = import["version"].as_i64().unwrap();
        let body = json!({ "reason": "the wrong quarter" });
        self.admin().request(Method::POST, &path).if_match(version).json(&body).send().await.expect(200)
    }

    /// Name, rate and doubt of the buyer's local rates at a place on a day.
    pub(crate) async fn rates(&self, place: &Value, day: &str) -> Vec<(String, String, bool)> {
        let body = json!({ "dealDate": day, "dealerPlace": place, "buyerPlace": place });
        let answer = self.sales().post("/places/resolve", &body).await.expect(200);
        let entries = answer["entries"].as_array().unwrap().iter().filter(|entry| entry["placeRole"] == "buyer");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        entries.map(|entry| (text(&entry["name"]), text(&entry["rate"]), entry["verified"] == true)).collect()
    }
}

/// A boundary record of the current layout: its type, days, ZIP range and jurisdictions.
pub(crate) fn record(kind: &str, days: [&str; 2], zips: [&str; 4], area: [&str; 3]) -> String {
    let mut fields = vec![""; 89];
    (fields[0], fields[1], fields[2]) = (kind, days[0], days[1]);
    fields[17..21].copy_from_slice(&zips);
    (fields[22], fields[23]) = ("20", "20");
    (fields[24], fields[25]) = (area[0], area[1]);
    if !area[2].is_empty() {
        (fields[29], fields[30], fields[31]) = ("ST", area[2], "63");
    }
    fields.join(",")
}
