//! Two stores of different groups, with people of every role and a deal in the first.

use std::collections::BTreeMap;
use std::sync::Arc;

use autolytiq_app::modules::{identity_config, modules};
use autolytiq_config::{Config, Data};
use autolytiq_identity::Identity;
use autolytiq_identity::api::{
    Email, Founding, Name, NewGroup, NewPerson, NewStore, StorePlace, TypedPassword, found_group, mark_demo_people,
};
use autolytiq_kernel::{DealershipId, Origin, Role, StoreZone};
use autolytiq_mail::{Letter, To, send};
use autolytiq_testkit::{Client, TestApp};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::samples;

pub(crate) const PASSWORD: &str = "a long enough password";
pub(crate) const VIN: &str = "1HGCM82633A004352";

pub(crate) struct World {
    pub(crate) app: TestApp,
    /// Somebody of each role in the first store. The salesperson has no deals.
    pub(crate) people: BTreeMap<Role, Client>,
    /// The salesperson whose deal it is.
    pub(crate) colleague: Client,
    /// The group administrator of the other group's store: nobody there may do more.
    pub(crate) stranger: Client,
    /// Values of path parameters, by parameter or by `area/parameter`.
    pub(crate) ids: BTreeMap<&'static str, String>,
    pub(crate) start: Value,
    identity: Arc<Identity>,
    store: DealershipId,
    /// What the product was started with.
    pub(crate) config: Config,
    _folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let config = Config { data: Data { folder: folder.path().to_owned() }, ..Config::default() };
        autolytiq_app::keys::prepare_folders(&config).unwrap();
        let app = TestApp::with_identity(&modules(&config)).await;
        let identity = Identity::open(app.platform(), &identity_config(&config)).await.unwrap();
        let origin = || Origin { request: app.platform().ids.next(), address: None };
        let found = |name, email| found_group(&identity, group(name, email), Founding::Demo, origin());
        let first = found("First", "administrator@first.example").await.unwrap();
        let other = found("Other", "administrator@other.example").await.unwrap();
        let administrator = sign_in(&app, "administrator@first.example").await;
        let others = sign_in(&app, "administrator@other.example").await;
        hire(&others, "group@other.example", Role::GroupAdministrator).await;
        mark_demo_people(&identity, other.dealership).await.unwrap();
        let stranger = sign_in(&app, "group@other.example").await;
        let mut people = BTreeMap::from([(Role::Administrator, administrator.clone())]);
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
            hire(&administrator, &format!("{role}@first.example"), role).await;
        }
        let colleague_id = hire(&administrator, "colleague@first.example", Role::Salesperson).await;
        let leaver = hire(&administrator, "leaver@first.example", Role::Salesperson).await;
        // These tests are about what a role may do; how its people prove who they are is identity's business.
        mark_demo_people(&identity, first.dealership).await.unwrap();
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
            people.insert(role, sign_in(&app, &format!("{role}@first.example")).await);
        }
        let colleague = sign_in(&app, "colleague@first.example").await;
        let mut ids = BTreeMap::from([("users", colleague_id), ("people", leaver), ("vin", VIN.to_owned())]);
        ids.insert("state", "TX".to_owned());
        ids.insert("code", "TX".to_owned());
        // With the day it is asked for, without which there is no answer.
        ids.insert("zip", "78701?date=2026-03-02".to_owned());
        for (register, thing) in [("vendors", "vendor"), ("incidents", "incident")] {
            let id = new_id();
            let line = json!({ "id": id, (thing): samples::register_line(thing) });
            let _ = administrator.post(&format!("/compliance/{register}"), &line).await.expect(201);
            ids.insert(register, id);
        }
        // From the first version of a setting, which is numbered 0, one can come back to it.
        let limits = json!({ "idleMinutes": 120, "absoluteHours": 48 });
        let saved = administrator.request(http::Method::PUT, "/admin/settings/sessions").if_match(0).json(&limits);
        let _ = saved.send().await.expect(200);
        ids.insert("setting", "sessions".to_owned());
        ids.insert("version", "0".to_owned());
        let text = json!({ "subject": "Secretive words", "body": "Hello {name},\n\nnot this time." });
        let saved = administrator.request(http::Method::PUT, "/admin/mail-templates/access_declined").if_match(0);
        let _ = saved.json(&text).send().await.expect(200);
        ids.insert("kind", "access_declined".to_owned());
        // A link that nobody of us made.
        ids.insert("token", "AAAA".to_owned());
        let start = deal(&administrator, &colleague, &mut ids).await;
        ids.insert("factors", new_id());
        ids.insert("sessions", new_id());
        ids.insert("rate-imports", rates(&administrator).await);
        let list = json!({ "id": new_id(), "text": "name,email,role\nListed,listed@first.example,bdc\n" });
        let list = administrator.post("/admin/user-imports", &list).await.expect(201);
        ids.insert("user-imports", list["id"].as_str().unwrap().to_owned());
        // Nobody has asked; whoever may decide finds nothing.
        ids.insert("registrations", new_id());
        ids.insert("mail", mail(&app, &administrator).await);
        let key = colleague.post("/account/api-keys", &json!({ "name": "Mine", "scopes": ["dealership.read"] })).await;
        ids.insert("api-keys", key.expect(201)["id"].as_str().unwrap().to_owned());
        let program = json!({ "name": "Website", "purpose": "shows the stock", "role": "salesperson" });
        let program = administrator.post("/admin/service-accounts", &program).await.expect(201);
        ids.insert("service-accounts", program["id"].as_str().unwrap().to_owned());
        let role = json!({ "name": "Secretive role", "role": "salesperson" });
        let made = administrator.post("/admin/custom-roles", &role).await.expect(201);
        ids.insert("custom-roles", made["id"].as_str().unwrap().to_owned());
        // One to be removed, and one that people are put into.
        for (key, name) in [("teams", "Secretive team"), ("crew", "Secretive crew")] {
            let made = administrator.post("/admin/teams", &json!({ "name": name })).await.expect(201);
            ids.insert(key, made["id"].as_str().unwrap().to_owned());
        }
        let store = first.dealership;
        Self { app, people, colleague, stranger, ids, start, identity, store, config, _folder: folder }
    }

    pub(crate) fn person(&self, role: Role) -> &Client {
        &self.people[&role]
    }

    /// One more person in the first store, with what says their role.
    pub(crate) async fn hire(&self, email: &str, role: &Value) -> Client {
        let mut new = json!({ "name": "A Person", "email": email, "password": PASSWORD });
        if let (Some(new), Some(role)) = (new.as_object_mut(), role.as_object()) {
            new.extend(role.clone());
        }
        let _ = self.person(Role::Administrator).post("/admin/users", &new).await.expect(201);
        mark_demo_people(&self.identity, self.store).await.unwrap();
        sign_in(&self.app, email).await
    }

    /// The path with its parameters filled in, below the root.
    pub(crate) fn path(&self, template: &str) -> String {
        let area = template.split('/').find_map(|part| self.ids.get_key_value(part)).map(|(_, id)| id.as_str());
        let mut path = template.to_owned();
        if path.contains("{id}") {
            path = path.replace("{id}", area.unwrap_or_else(|| panic!("nothing to call {template} with")));
        }
        for name in ["pencilId", "state", "code", "vin", "zip", "token", "setting", "version", "kind"] {
            path = path.replace(&format!("{{{name}}}"), &self.ids[name]);
        }
        assert!(!path.contains('{'), "a parameter of {template} has no value; add it to the world");
        format!("/{path}")
    }

    /// Texts that only the first store may see.
    pub(crate) fn belongings(&self) -> Vec<&str> {
        let tables = ["customers", "inventory", "deals", "pencilId", "users", "rate-imports", "mail"];
        let more = ["api-keys", "service-accounts", "custom-roles", "teams", "crew"];
        tables.iter().chain(&more).map(|name| self.ids[*name].as_str()).collect()
    }
}

/// A message of the administrator's store.
async fn mail(app: &TestApp, administrator: &Client) -> String {
    let session = administrator.get("/auth/validate-token").await.expect(200);
    let store = session["dealership"]["id"].as_str().unwrap().parse().unwrap();
    let mut tx = app.platform().db.tenant(&app.test().job_ctx(store)).await.unwrap();
    let to = To { name: "Somebody".to_owned(), email: "secretive@first.example".to_owned() };
    let id = send(&mut tx, &app.platform().vault, &to, &Letter::PasswordChanged, None).await.unwrap();
    tx.commit().await.unwrap();
    id.to_string()
}

pub(crate) fn new_id() -> String {
    // Tests need no order of ids.
    Uuid::from_u128(fresh()).to_string()
}

fn fresh() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    0x0198_0f3e_7c00_7000_8000_0000_0000_0000 + u128::from(NEXT.fetch_add(1, Ordering::Relaxed))
}

fn group(name: &str, email: &str) -> NewGroup {
    let place = |text: &str| text.to_owned();
    NewGroup {
        name: Name::parse(name).unwrap(),
        store: NewStore {
            name: Name::parse(name).unwrap(),
            zone: StoreZone::named("America/Chicago").unwrap(),
            place: StorePlace {
                state: place("TX").try_into().unwrap(),
                county: Some(place("Dallas").try_into().unwrap()),
                city: Some(place("Dallas").try_into().unwrap()),
                zip: Some(place("75204").try_into().unwrap()),
            },
            street: None,
            demo: false,
        },
        administrator: NewPerson {
            name: Name::parse("An Administrator").unwrap(),
            email: Email::parse(email).unwrap(),
            password: TypedPassword::new(PASSWORD),
        },
    }
}

pub(crate) async fn sign_in(app: &TestApp, email: &str) -> Client {
    let answer = app.nobody().post("/auth/login", &json!({ "email": email, "password": PASSWORD })).await.expect(200);
    app.bearer(answer["accessToken"].as_str().unwrap())
}

async fn hire(administrator: &Client, email: &str, role: Role) -> String {
    let new = json!({ "name": "A Person", "email": email, "password": PASSWORD, "role": role });
    let made = administrator.post("/admin/users", &new).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// A customer, a vehicle and the colleague's deal with one pencil.
async fn deal(administrator: &Client, colleague: &Client, ids: &mut BTreeMap<&'static str, String>) -> Value {
    let (customer, vehicle, deal, pencil) = (new_id(), new_id(), new_id(), new_id());
    let _ = colleague.post("/customers", &customer_body(&customer)).await.expect(201);
    let _ = administrator.post("/inventory", &vehicle_body(&vehicle, "P-1", VIN)).await.expect(201);
    let opened = colleague.post("/deals", &json!({ "id": deal, "customerId": customer, "vehicleId": vehicle })).await;
    let body = opened.expect(201);
    let start = body["start"].clone();
    let penciled = colleague
        .request(http::Method::POST, &format!("/deals/{deal}/scenarios"))
        .if_match(opened.version())
        .json(&json!({ "id": pencil, "input": priced(&start) }))
        .send()
        .await;
    let _ = penciled.expect(201);
    ids.insert("customers", customer);
    ids.insert("inventory", vehicle);
    ids.insert("deals", deal);
    ids.insert("pencilId", pencil);
    priced(&start)
}

/// An imported table of local rates.
pub(crate) async fn rates(administrator: &Client) -> String {
    let id = new_id();
    let path = format!("/places/rate-imports?id={id}&state=KS&format=csv&source=Secretive&asOf=2026-01-01");
    let file = "county,level,name,rate,effective\nAllen,county,Secretive tax,0.01,2026-01-01\n";
    let sent = administrator.request(http::Method::POST, &path).raw("text/csv", file).send().await;
    let _ = sent.expect(201);
    id
}

/// The start of a deal with a cash column, which needs no rate.
fn priced(start: &Value) -> Value {
    let mut input = start.clone();
    input["price"] = json!("24995.00");
    input["columns"] = json!([{ "kind": "cash", "id": "cash" }]);
    if let Some(input) = input.as_object_mut() {
        input.remove("costs");
    }
    input
}

pub(crate) fn customer_body(id: &str) -> Value {
    json!({
        "id": id, "firstName": "Wilhelmina", "lastName": "Secretive", "phone": "(214) 555-0123",
        "email": "wilhelmina@example.com", "notes": "likes blue",
        "place": { "state": "TX", "county": "Dallas", "city": "Dallas", "zip": "75204" },
        "dateOfBirth": "1990-04-01",
    })
}

pub(crate) fn vehicle_body(id: &str, stock_number: &str, vin: &str) -> Value {
    json!({
        "id": id, "stockNumber": stock_number, "vin": vin, "condition": "used", "year": 2003, "make": "Honda",
        "model": "Accord", "trim": "EX", "odometer": 82_000, "price": "24995.00", "msrp": "26000.00",
        "cost": "20123.45", "weightLb": 3300, "mpg": 26, "fuel": "gasoline", "receivedOn": "2026-02-01",
    })
}
