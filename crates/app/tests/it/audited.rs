//! Every operation that writes leaves an entry in the audit trail, in the same transaction as what it wrote, with the
//! state before and after.
//!
//! Nothing is asked of the code but what stands in the database: the transaction that made a row's version (`xmin`) is
//! the one that made an entry's.

use std::collections::{BTreeMap, BTreeSet};

use autolytiq_kernel::Role;
use autolytiq_testkit::{Answer, Client};
use http::Method;
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::operations::{self, Operation};
use crate::samples;
use crate::world::{PASSWORD, World, new_id, rates};

/// Operations by another method than GET that write nothing.
const WRITES_NOTHING: &[(&str, &str)] = &[
    ("calc", "computes"),
    ("findDuplicateCustomers", "looks somebody up by what is typed"),
    ("resolvePlaces", "looks rates up"),
    ("previewMailTemplate", "shows a text with samples"),
    ("previewRateImport", "undoes what it did"),
    ("previewUserImport", "says what importing would do"),
    ("putDealPresence", "is kept in memory"),
];

/// Operations that cannot be called here with success, each with its reason and the test that looks at its entry.
const NOT_WALKED: &[(&str, &str)] = &[
    ("setUp", "works once, on an empty installation; service/identity tests its entry"),
    ("switchStore", "needs another store of the group; service/identity tests its entry"),
    ("refresh", "takes a cookie and no session; service/identity tests its entries"),
    ("forgottenPassword", "answers everybody the same and works afterwards"),
    ("followLink", "needs a link that was mailed"),
    ("lookAtLink", "needs a link that was mailed"),
    ("beginSingleSignOn", "needs a provider; service/identity tests the entries of what follows"),
    ("completeSingleSignOn", "needs a provider; service/identity tests its entries"),
    ("trySingleSignOn", "asks a provider and writes nothing"),
    ("requestAccess", "answers everybody the same and works afterwards"),
    ("confirmAddress", "needs a link that was mailed"),
    ("approveRegistration", "needs a request for access whose address was confirmed"),
    ("declineRegistration", "needs a request for access whose address was confirmed"),
    ("eraseCustomer", "ends what the others work on; feature/privacy tests its entry"),
    ("unsubscribe", "needs a link that was mailed; feature/privacy tests its entry"),
    ("unlockUser", "needs somebody who is locked out; service/identity tests its entry"),
    ("inviteUser", "needs somebody who has not signed in yet"),
    ("beginTotp", "what it begins takes effect with confirmTotp, whose entry tells it"),
    ("beginPasskey", "what it begins takes effect with confirmPasskey, whose entry tells it"),
    ("challengePasskey", "asks a question; the answer leaves the entry"),
    ("beginCode", "what it begins takes effect with confirmCode, whose entry tells it"),
    ("sendCode", "needs a factor; service/identity tests its entry"),
    ("confirmCode", "needs the code of a message; service/identity tests its entry"),
    ("confirmTotp", "needs an authenticator app; service/identity tests its entry"),
    ("confirmPasskey", "needs an authenticator; service/identity tests its entry"),
    ("proveFactor", "needs a second factor; service/identity tests its entry"),
    ("renewRecoveryCodes", "needs a second factor; service/identity tests its entry"),
    ("deleteFactor", "needs a second factor; service/identity tests its entry"),
    ("replacePassword", "needs a log-in that asks for it; service/identity tests its entry"),
    ("endSession", "needs another session of one's own; service/identity tests its entry"),
    ("revokeOwnApiKey", "there is one key, which revokeApiKey revokes; service/identity tests its entry"),
    ("runRetention", "needs somebody whose time is up; feature/privacy tests its entry"),
];

/// Operations of which no state before is expected: they make something, or look at something.
const ONLY_AFTER: &[&str] = &[
    "changePassword",
    "copyDeal",
    "createConsent",
    "createCustomRole",
    "createCustomer",
    "createDeal",
    "createIncident",
    "createOwnApiKey",
    "createPencil",
    "createRateImport",
    "createServiceAccount",
    "createServiceAccountKey",
    "createSignOff",
    "createStoreLogo",
    "createTeam",
    "createUser",
    "createUserImport",
    "createVehicle",
    "createVendor",
    "endStoreSessions",
    "exportCustomer",
    "listAffected",
    "login",
    "logoutEverywhere",
    "revealCustomerField",
];

/// Operations after which nothing is left to tell of.
const ONLY_BEFORE: &[&str] = &["deleteCustomRole", "deleteTeam"];

/// Operations that come last, in this order: they end what the others are called with.
const LAST: &[&str] = &["deleteCustomRole", "deleteTeam", "logout", "endStoreSessions", "logoutEverywhere"];

/// Operations whose entry says all by its action.
const NO_STATE: &[&str] = &["logout"];

/// Tables that are bookkeeping of the product itself, each with its reason.
const BOOKKEEPING: &[(&str, &str)] = &[
    ("audit_entry", "the trail itself"),
    ("audit_unsealed", "the trail itself"),
    ("audit_seal", "the trail itself"),
    ("audit_reason", "the trail itself"),
    ("outbox", "says what the trail says"),
    ("idempotency_key", "answers kept for a day"),
    ("identity_change", "tells caches what to forget"),
    ("identity_revision", "tells caches what to forget"),
    ("refresh_token", "belongs to a session, whose beginning and end stand in the trail"),
    ("sign_in_failure", "counts attempts, which stand in the trail when the account exists"),
];

/// An entry of the trail with the transaction that wrote it.
#[derive(Debug, sqlx::FromRow)]
struct Entry {
    xid: i64,
    action: String,
    reason: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
}

/// Watches the database for what an operation writes.
struct Watch {
    owner: PgConnection,
    tables: Vec<String>,
}

impl Watch {
    async fn new(world: &World) -> Self {
        let mut owner = world.app.test().owner().await;
        let all: Vec<String> = sqlx::query_scalar(
            "select relname::text from pg_class
             where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
               and relname <> '_sqlx_migrations' order by 1",
        )
        .fetch_all(&mut owner)
        .await
        .unwrap();
        let known: BTreeSet<&str> = all.iter().map(String::as_str).collect();
        for (table, _) in BOOKKEEPING {
            assert!(known.contains(table), "{table} is listed as bookkeeping and does not exist");
        }
        let tables = all.iter().filter(|table| BOOKKEEPING.iter().all(|(known, _)| known != table)).cloned().collect();
        Self { owner, tables }
    }

    /// A moment: what comes after it has a transaction of at least this number.
    async fn mark(&mut self) -> i64 {
        sqlx::query_scalar("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            .fetch_one(&mut self.owner)
            .await
            .unwrap()
    }

    /// Transactions since the moment, with the tables in which they wrote.
    async fn written(&mut self, since: i64) -> BTreeMap<i64, BTreeSet<String>> {
        let one = |table: &String| {
            format!("select distinct '{table}', xmin::text::bigint from {table} where xmin::text::bigint >= {since}")
        };
        let all: Vec<String> = self.tables.iter().map(one).collect();
        let query: &'static str = all.join(" union all ").leak();
        let rows: Vec<(String, i64)> = sqlx::query_as(query).fetch_all(&mut self.owner).await.unwrap();
        let mut written = BTreeMap::<i64, BTreeSet<String>>::new();
        for (table, xid) in rows {
            written.entry(xid).or_default().insert(table);
        }
        written
    }

    async fn entries(&mut self, since: i64) -> Vec<Entry> {
        sqlx::query_as(
            "select e.xmin::text::bigint as xid, e.action, coalesce(w.reason, e.reason) as reason,
                    e.before::jsonb as before, e.after::jsonb as after
             from audit_entry e left join audit_reason w on w.dealership_id = e.dealership_id and w.entry_id = e.id
             where e.xmin::text::bigint >= $1 order by e.id",
        )
        .bind(since)
        .fetch_all(&mut self.owner)
        .await
        .unwrap()
    }
}

/// Calls an operation with its sample and with the version that its thing has now.
async fn call(world: &World, client: &Client, operation: &Operation, path: &str, body: Option<Value>) -> Answer {
    if operation.id == "createRateImport" {
        let _ = rates(client).await;
        return client.get("/places/rate-imports").await;
    }
    let body = body.or_else(|| match operation.id.as_str() {
        "changePassword" => Some(json!({ "present": PASSWORD, "password": "mauve tripod cactus" })),
        _ => samples::body(world, &operation.id),
    });
    // A version that is not the current one writes nothing.
    for version in (1..=12).chain([0]) {
        let mut request = client.request(operation.method.clone(), path);
        if operation.wants_version {
            request = request.if_match(version);
        }
        if operation.has_body {
            let body = body.as_ref().unwrap_or_else(|| panic!("{} has no sample body", operation.id));
            request = request.json(body);
        }
        let answer = request.send().await;
        if answer.status != 412 {
            return answer;
        }
    }
    panic!("{} finds no version of {path} that is current", operation.id);
}

/// What must have happened to the deal before its state allows the operation.
fn before(operation: &str) -> &'static [&'static str] {
    match operation {
        "approveDeal" | "rejectDeal" => &["submitDeal"],
        "closeDeal" => &["submitDeal", "approveDeal"],
        "reopenDeal" => &["cancelDeal"],
        _ => &[],
    }
}

/// Their check digits are right.
const VINS: [&str; 6] = [
    "1FTFW1ET5DFC10100",
    "1FTFW1ET7DFC10101",
    "1FTFW1ET9DFC10102",
    "1FTFW1ET0DFC10103",
    "1FTFW1ET2DFC10104",
    "1FTFW1ET4DFC10105",
];

/// A new deal with a pencil, on a vehicle of its own; its path.
async fn fresh_deal(world: &World, administrator: &Client, number: usize) -> String {
    let (vehicle, source, deal) = (new_id(), &world.ids["deals"], new_id());
    let vin = VINS[number];
    let stock = format!("W-{number}");
    let mut body = crate::world::vehicle_body(&vehicle, &stock, vin);
    body["year"] = json!(2013);
    let _ = administrator.post("/inventory", &body).await.expect(201);
    let copy = json!({ "id": deal, "vehicleId": vehicle });
    let _ = administrator.post(&format!("/deals/{source}/copy"), &copy).await.expect(201);
    format!("/deals/{deal}")
}

#[tokio::test]
async fn every_operation_that_writes_leaves_an_entry_with_before_and_after() {
    let world = World::new().await;
    let administrator = world.person(Role::Administrator).clone();
    let mut watch = Watch::new(&world).await;
    let listed = |list: &[(&str, &str)], id: &str| list.iter().any(|(known, _)| *known == id);
    let all = operations::all();
    let by_id: BTreeMap<&str, &Operation> = all.iter().map(|operation| (operation.id.as_str(), operation)).collect();
    let mut faults = Vec::new();
    let mut walked = 0;
    let mut deals = 0;
    let order = all.iter().filter(|operation| !LAST.contains(&operation.id.as_str()));
    let order = order.chain(LAST.iter().map(|id| by_id[id]));
    for operation in order {
        let id = operation.id.as_str();
        let computes = id.starts_with("calc") || listed(WRITES_NOTHING, id);
        if operation.method == Method::GET || listed(NOT_WALKED, id) {
            continue;
        }
        let mut path = world.path(&operation.path);
        if !before(id).is_empty() || matches!(id, "submitDeal" | "cancelDeal") {
            let deal = fresh_deal(&world, &administrator, deals).await;
            deals += 1;
            for earlier in before(id) {
                let step = by_id[earlier];
                let at = step.path.replace("/api/v1/deals/{id}", &deal);
                let answer = call(&world, &administrator, step, &at, None).await;
                assert!(answer.status.is_success(), "{earlier} before {id}: {}", answer.text());
            }
            path = operation.path.replace("/api/v1/deals/{id}", &deal);
        } else if let Some(rest) = path.strip_prefix("//api/v1") {
            path = rest.to_owned();
        }
        if id == "listAffected" {
            path.push_str("?from=2026-01-01T00:00:00Z&until=2026-03-31T00:00:00Z");
        }
        let since = watch.mark().await;
        let client = match id {
            // Signing out ends the session it is called with.
            "logout" => world.person(Role::FniManager),
            "endGroupAccess" => world.person(Role::GroupAdministrator),
            _ => &administrator,
        };
        let answer = call(&world, client, operation, &path, None).await;
        if !answer.status.is_success() && !computes {
            faults.push(format!(
                "{id} answered {} {}; mend its sample, or list why it is not walked",
                answer.status,
                answer.text()
            ));
            continue;
        }
        walked += 1;
        let (written, entries) = (watch.written(since).await, watch.entries(since).await);
        if computes {
            if !written.is_empty() || !entries.is_empty() {
                faults.push(format!("{id} is listed as writing nothing and wrote {written:?} {entries:?}"));
            }
            continue;
        }
        for (xid, tables) in &written {
            if entries.iter().all(|entry| entry.xid != *xid) {
                faults.push(format!("{id} wrote to {tables:?} without an entry in the same transaction"));
            }
        }
        if entries.is_empty() {
            faults.push(format!("{id} left no entry"));
        }
        for entry in &entries {
            let (only_after, no_state) = (ONLY_AFTER.contains(&id), NO_STATE.contains(&id));
            if entry.after.is_none() && !no_state && !ONLY_BEFORE.contains(&id) {
                faults.push(format!("{id}: the entry {} has no state after", entry.action));
            }
            if entry.before.is_none() && !only_after && !no_state {
                faults.push(format!("{id}: the entry {} has no state before", entry.action));
            }
            if entry.before.is_some() && entry.before == entry.after {
                faults.push(format!("{id}: the entry {} says the same before and after", entry.action));
            }
        }
        if id == "revealCustomerField" {
            assert_eq!(entries[0].reason.as_deref(), Some("to check the licence"), "a view keeps its reason");
        }
    }
    assert!(faults.is_empty(), "{}", faults.iter().map(|fault| format!("\n{fault}")).collect::<String>());
    assert!(walked >= 20, "only {walked} operations were walked");
}

#[test]
fn the_lists_of_exceptions_are_true() {
    let known: BTreeSet<String> = operations::all().into_iter().map(|operation| operation.id).collect();
    let listed = WRITES_NOTHING.iter().chain(NOT_WALKED).map(|(id, _)| *id).filter(|id| *id != "calc");
    for id in
        listed.chain(ONLY_AFTER.iter().copied()).chain(NO_STATE.iter().copied()).chain(ONLY_BEFORE.iter().copied())
    {
        assert!(known.contains(id), "{id} is listed and not in the document");
    }
}

#[tokio::test]
async fn every_sign_in_event_is_in_the_trail() {
    let world = World::new().await;
    let administrator = world.person(Role::Administrator);
    let email = "colleague@first.example";
    let attempt = |password: &'static str| json!({ "email": email, "password": password });
    for _ in 0..5 {
        let refused = world.app.nobody().post("/auth/login", &attempt("not the password at all")).await;
        assert_eq!(refused.status, 401, "{}", refused.text());
    }
    let locked = world.app.nobody().post("/auth/login", &attempt(PASSWORD)).await;
    assert!(!locked.status.is_success());
    let _ = world.colleague.post("/auth/logout", &json!({})).await;
    let salesperson = world.person(Role::Salesperson);
    let _ = salesperson.post("/auth/logout-everywhere", &json!({})).await;

    // What failed is written after its answer.
    let mut seen = BTreeMap::<String, usize>::new();
    for _ in 0..50 {
        let page = administrator.get("/admin/audit-logs?action=session.&limit=200").await.expect(200);
        seen.clear();
        for entry in page["items"].as_array().unwrap() {
            *seen.entry(entry["action"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        if seen.get("session.refused") == Some(&5) && seen.contains_key("session.locked") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(seen.get("session.refused"), Some(&5), "{seen:?}");
    assert_eq!(seen.get("session.locked"), Some(&1), "{seen:?}");
    assert_eq!(seen.get("session.signed_out"), Some(&1), "{seen:?}");
    assert_eq!(seen.get("session.signed_out_everywhere"), Some(&1), "{seen:?}");
    // Everybody of the store signed in when it was made.
    assert_eq!(seen.get("session.signed_in"), Some(&(world.people.len() + 1)), "{seen:?}");
}
