//! Bad input is told clearly by every operation that takes any: never a 500, never a row written.

use autolytiq_kernel::Role;
use autolytiq_testkit::{Answer, Client};
use futures::stream::{self, StreamExt as _};
use serde_json::{Value, json};

use crate::operations::{self, Operation};
use crate::samples;
use crate::world::World;

/// Operations that take a body.
fn with_body() -> impl Iterator<Item = Operation> {
    operations::all().into_iter().filter(|operation| operation.has_body)
}

async fn send(world: &World, client: &Client, operation: &Operation, body: Raw) -> Answer {
    let request = client.request(operation.method.clone(), &world.path(&operation.path));
    let request = if operation.wants_version { request.if_match(2) } else { request };
    let body: String = match body {
        Raw::Text(text) => text,
        Raw::Json(value) => value.to_string(),
    };
    request.raw("application/json", body).send().await
}

enum Raw {
    Text(String),
    Json(Value),
}

/// Rows that any write leaves: audit entries and events.
async fn written(world: &World) -> i64 {
    let mut owner = world.app.test().owner().await;
    sqlx::query_scalar("select (select count(*) from audit_entry) + (select count(*) from outbox)")
        .fetch_one(&mut owner)
        .await
        .unwrap()
}

/// Checks one refusal: a problem, not a fault of ours.
fn refused(answer: &Answer, operation: &Operation, what: &str) {
    let status = answer.status.as_u16();
    let shown = format!("{} with {what}: {status} {}", operation.id, answer.text());
    assert!(status < 500, "{shown}");
    if status >= 400 {
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{shown}");
        assert!(answer.json()["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{shown}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_refused_by_every_operation() {
    let world = World::new().await;
    let administrator = world.person(Role::GroupAdministrator);
    let before = written(&world).await;
    for operation in with_body() {
        for text in ["", "{", "nonsense", "{\"a\":1,}", "\u{feff}{}", "[1,2", "\"\\ud800\""] {
            let answer = send(&world, administrator, &operation, Raw::Text(text.to_owned())).await;
            refused(&answer, &operation, text);
            assert!(matches!(answer.status.as_u16(), 400 | 422), "{} {text:?}: {}", operation.id, answer.text());
        }
        let huge = send(&world, administrator, &operation, Raw::Text("x".repeat(2_000_000))).await;
        huge.expect_problem(413, "body-too-large");
        let path = world.path(&operation.path);
        let request = administrator.request(operation.method.clone(), &path);
        let request = if operation.wants_version { request.if_match(2) } else { request };
        request.raw("text/plain", "{}").send().await.expect_problem(415, "unsupported-media-type");
    }
    assert_eq!(written(&world).await, before, "something was written");
}

/// Values that a field of a form never means.
fn bent() -> Vec<(&'static str, Value)> {
    vec![
        ("null", Value::Null),
        ("a list", json!([])),
        ("an object", json!({ "unexpected": {} })),
        ("a truth", json!(true)),
        ("a negative number", json!(-1)),
        ("a huge number", json!(1e300)),
        ("a large integer", json!(i64::MAX)),
        ("an empty text", json!("")),
        ("blanks", json!("   ")),
        ("a negative amount", json!("-0.01")),
        ("an amount that overflows", json!("99999999999999999999999999.99")),
        ("a rate of 400 %", json!("4.00")),
        ("an exponent", json!("1e9")),
        ("a date before 1900", json!("1899-12-31")),
        ("no date", json!("2026-02-30")),
        ("a NUL", json!("a\u{0}b")),
        ("a bidirectional override", json!("a\u{202e}b")),
        ("markup", json!("<script>alert(1)</script>")),
        ("SQL", json!("'; drop table deal; --")),
        ("a long text", json!("x".repeat(100_000))),
    ]
}

/// The pointers of all members of a value.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let pointer = format!("{at}/{name}");
                into.push(pointer.clone());
                pointers(member, &pointer, into);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), into);
            }
        }
        _ => {}
    }
}

/// These read the same input as `calcDeal`, field by field.
const SAME_INPUT: [&str; 5] = ["calcTax", "calcCash", "calcFinance", "calcLease", "calcItemization"];

#[tokio::test]
async fn every_field_of_every_body_may_be_bent() {
    let world = World::new().await;
    let administrator = world.person(Role::GroupAdministrator);
    let mut refusals = 0_u32;
    for operation in with_body() {
        let Some(sample) = samples::body(&world, &operation.id) else { panic!("{} has no sample", operation.id) };
        let mut fields = Vec::new();
        pointers(&sample, "", &mut fields);
        if SAME_INPUT.contains(&operation.id.as_str()) {
            fields.truncate(1);
        }
        let cases = fields.iter().flat_map(|field| bent().into_iter().map(move |(what, value)| (field, what, value)));
        let answers = cases.map(|(field, what, value)| {
            let mut body = sample.clone();
            if let Some(place) = body.pointer_mut(field) {
                *place = value;
            }
            let sent = send(&world, administrator, &operation, Raw::Json(body));
            async move { (sent.await, format!("{what} at {field}")) }
        });
        let answers: Vec<_> = stream::iter(answers).buffer_unordered(4).collect().await;
        for (answer, what) in &answers {
            refused(answer, &operation, what);
            refusals += u32::from(answer.status.is_client_error());
        }
        let mut unknown = sample.clone();
        unknown["noSuchField"] = json!(1);
        let answer = send(&world, administrator, &operation, Raw::Json(unknown)).await;
        let pointer = answer.expect_problem(422, "invalid-field")["errors"][0]["pointer"].clone();
        assert_eq!(pointer, "/noSuchField", "{}", operation.id);
    }
    assert!(refusals > 1_000, "only {refusals} refusals");
}

#[tokio::test]
async fn a_deal_that_makes_no_sense_is_refused_at_its_field() {
    let world = World::new().await;
    let colleague = &world.colleague;
    let path = format!("/deals/{}/scenarios", world.ids["deals"]);
    let before = written(&world).await;
    let finance = |rate: &str, months: u32| json!([{ "kind": "finance", "id": "f", "apr": rate, "rate": rate, "termMonths": months }]);
    let cases: Vec<(&str, &str, Value)> = vec![
        ("an unknown state", "/buyerPlace", json!({ "state": "ZZ" })),
        ("a negative price", "/price", json!("-1.00")),
        ("a price with tenths of a cent", "/price", json!("1.001")),
        ("a price that is a number", "/price", json!(24995)),
        ("400 months", "/columns", finance("0.05", 400)),
        ("a rate of 400 %", "/columns", finance("4.00", 60)),
        ("a date before 1900", "/dealDate", json!("1899-12-31")),
    ];
    for (what, field, value) in cases {
        let mut input = world.start.clone();
        if let Some(place) = input.pointer_mut(field) {
            *place = value;
        }
        let body = json!({ "id": crate::world::new_id(), "parentId": world.ids["pencilId"], "input": input });
        let answer = colleague.request(http::Method::POST, &path).if_match(2).json(&body).send().await;
        let problem = answer.expect(422);
        let pointer = problem["errors"][0]["pointer"].as_str().unwrap_or_default();
        assert!(pointer.starts_with(&format!("/input{field}")), "{what}: {}", answer.text());
    }
    assert_eq!(written(&world).await, before, "a refused pencil left something behind");

    let good = json!({ "id": crate::world::new_id(), "parentId": world.ids["pencilId"], "input": world.start });
    let stale = colleague.request(http::Method::POST, &path).if_match(1).json(&good).send().await;
    let problem = stale.expect_problem(412, "version-conflict");
    assert_eq!((&problem["expected"], &problem["current"]), (&json!(1), &json!(2)));
    let mut note = good.clone();
    note["note"] = json!("x".repeat(1_000_000));
    let long = colleague.request(http::Method::POST, &path).if_match(2).json(&note).send().await;
    long.expect_problem(413, "body-too-large");
    assert_eq!(written(&world).await, before);
}

#[tokio::test]
async fn what_is_odd_but_possible_is_computed() {
    let world = World::new().await;
    let colleague = &world.colleague;
    let mut input = world.start.clone();
    input["trades"] = json!([{ "allowance": "90000.00", "payoff": "0.00" }]);
    let computed = colleague.post("/calc/deal", &json!({ "input": input })).await;
    assert!(computed.status == 200 || computed.status == 422, "a trade worth more than the car: {}", computed.text());
}
