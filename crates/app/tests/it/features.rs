//! Every switch turns something off that works while it is on.

use std::collections::{BTreeMap, BTreeSet};

use autolytiq_kernel::{Feature, Role};
use autolytiq_testkit::{Answer, Client};
use serde_json::{Value, json};

use crate::operations::{self, Demand, Operation};
use crate::samples;
use crate::world::World;

/// The operations of each feature, as the document says it.
fn by_feature() -> BTreeMap<String, Vec<Operation>> {
    let mut found = BTreeMap::<String, Vec<Operation>>::new();
    for operation in operations::all() {
        if let Some(feature) = operation.feature.clone() {
            found.entry(feature).or_default().push(operation);
        }
    }
    found
}

async fn call(world: &World, client: &Client, operation: &Operation) -> Answer {
    let mut request = client.request(operation.method.clone(), &world.path(&operation.path));
    if operation.has_body {
        request = request.json(&body(world, &operation.id));
    }
    request.send().await
}

fn body(world: &World, operation: &str) -> Value {
    let mut body = samples::body(world, operation).unwrap_or_else(|| panic!("{operation} has no sample body"));
    if operation == "calcLease" {
        body["input"]["vehicle"]["msrp"] = json!("42880.00");
        body["input"]["columns"] = json!([{
            "kind": "lease", "id": "l", "moneyFactor": "0.00125", "termMonths": 36, "residual": { "percent": "0.58" }
        }]);
    }
    body
}

/// Switches exactly these off.
async fn switch(administrator: &Client, off: &[&str]) {
    let version = administrator.get("/admin/settings/features").await.expect(200)["version"].as_i64().unwrap();
    let _ = administrator.put("/admin/settings/features", version, &json!({ "off": off })).await.expect(200);
}

#[test]
fn every_switch_turns_an_operation_off_that_knows_its_store() {
    let switched = by_feature();
    let known: BTreeSet<&str> = Feature::ALL.into_iter().map(Feature::id).collect();
    assert_eq!(switched.keys().map(String::as_str).collect::<BTreeSet<_>>(), known);
    for operation in switched.values().flatten() {
        assert_ne!(operation.demand, Demand::Public, "nobody says for which store {} is called", operation.id);
    }
}

#[tokio::test]
async fn each_is_refused_when_off_and_works_when_on() {
    let world = World::new().await;
    let administrator = world.person(Role::Administrator);
    for (feature, operations) in by_feature() {
        switch(administrator, &[&feature]).await;
        for operation in &operations {
            let refused = call(&world, administrator, operation).await;
            assert_eq!(refused.status, 403, "{}: {}", operation.id, refused.text());
            assert_eq!(refused.expect_problem(403, "feature-off")["feature"], feature, "{}", operation.id);
        }
        // Everything else is off, and it works.
        let others: Vec<&str> = Feature::ALL.into_iter().map(Feature::id).filter(|other| *other != feature).collect();
        switch(administrator, &others).await;
        for operation in &operations {
            let answer = call(&world, administrator, operation).await;
            assert!(answer.status.is_success(), "{}: {} {}", operation.id, answer.status, answer.text());
        }
    }
}
