//! Figures that only some may see: which fields of the API document they are, and that no answer has one for whoever lacks
//! the permission, as a person or by a key.

use std::collections::{BTreeMap, BTreeSet};

use autolytiq_authz::{Permission, Reach, reach};
use autolytiq_kernel::Role;
use autolytiq_testkit::Client;
use http::Method;
use serde_json::{Value, json};

use crate::operations::{self, Demand};
use crate::samples;
use crate::world::World;

/// Fields by name, with what it takes to be told one of them.
const GUARDED: [(&str, &[Permission]); 9] = [
    ("cost", &[Permission::VehicleCostView, Permission::DealCostView]),
    ("costs", &[Permission::DealCostView]),
    ("acv", &[Permission::DealCostView]),
    ("gross", &[Permission::DealGrossView]),
    ("reserve", &[Permission::DealReserveView]),
    ("buyRate", &[Permission::DealReserveView]),
    ("buyMoneyFactor", &[Permission::DealReserveView]),
    ("reserveShare", &[Permission::DealReserveView]),
    ("dateOfBirth", &[Permission::CustomerProtectedView]),
];

/// What sounds like them.
const OPEN: [(&str, &str); 10] = [
    ("grossCapCost", "a lease's contract tells it to the customer (Regulation M)"),
    ("adjustedCapCost", "as grossCapCost"),
    ("capCostReduction", "as grossCapCost"),
    ("dateOfBirthOnFile", "says that there is one, not which"),
    ("withDateOfBirth", "a count"),
    ("holdback", "below costs"),
    ("holdbackInGross", "below costs"),
    ("docFeeInGross", "below costs"),
    ("pack", "below costs; of the settings, whoever reads them; of a pay plan, its own input"),
    ("mostMarkup", "below costs"),
];

/// What is not cut to a reader's sight.
const WHOLE: [(&str, &str); 1] =
    [("followEvents", "a stream that does not end; its events name things and have no figures (live.rs)")];

/// Names that mean something else in one operation's answer.
const ELSE: [(&str, &str, &str); 1] = [("calcBestRebates", "cost", "what the customer pays with this stack")];

/// Whether a name is one that has to be decided about.
fn sounds_guarded(name: &str) -> bool {
    let name = name.to_lowercase();
    ["cost", "gross", "reserve", "buyrate", "buymoney", "acv", "markup", "holdback", "pack", "ssn", "birth", "invoice"]
        .iter()
        .any(|part| name.contains(part))
}

/// Every name of a property, wherever it stands.
fn names_of(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                found.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| names_of(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| names_of(item, found)),
        _ => {}
    }
}

/// Every name in an answer whose value says something.
fn told(answer: &Value, found: &mut BTreeSet<String>) {
    match answer {
        Value::Object(members) => {
            for (name, value) in members {
                if !value.is_null() {
                    found.insert(name.clone());
                }
                told(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| told(item, found)),
        _ => {}
    }
}

#[test]
fn every_field_that_sounds_like_a_guarded_one_is_decided_about() {
    let document = serde_json::to_value(autolytiq_app::modules::document()).unwrap();
    let mut names = BTreeSet::new();
    names_of(&document["components"]["schemas"], &mut names);
    let decided: BTreeSet<&str> =
        GUARDED.iter().map(|(name, _)| *name).chain(OPEN.iter().map(|(name, _)| *name)).collect();
    let undecided: Vec<&String> =
        names.iter().filter(|name| sounds_guarded(name) && !decided.contains(name.as_str())).collect();
    assert!(undecided.is_empty(), "who may see {undecided:?}?");
    let gone: Vec<&&str> = decided.iter().filter(|name| !names.contains(**name)).collect();
    assert!(gone.is_empty(), "{gone:?} are in no schema any more");
}

/// What somebody is told by every operation that reads and by every calculation: the names, with who told them.
async fn answers(world: &World, client: &Client, holds: impl Fn(Permission) -> bool) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for operation in operations::all() {
        let reads = operation.method == Method::GET && !WHOLE.iter().any(|(id, _)| *id == operation.id);
        let calculates = operation.id.starts_with("calc") && operation.has_body;
        let Demand::Permission(permission) = operation.demand else { continue };
        if !(reads || calculates) || !holds(permission) {
            continue;
        }
        let mut request = client.request(operation.method.clone(), &world.path(&operation.path));
        if let Some(body) = samples::body(world, &operation.id).filter(|_| operation.has_body) {
            request = request.json(&body);
        }
        let answer = request.send().await;
        assert!(answer.status.as_u16() < 500, "{} {}", operation.id, answer.text());
        let json = answer.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
        if answer.status.is_success() && json {
            let mut names = BTreeSet::new();
            told(&answer.json(), &mut names);
            let otherwise = |name: &String| ELSE.iter().any(|(id, word, _)| *id == operation.id && word == name);
            for name in names.into_iter().filter(|name| !otherwise(name)) {
                all.entry(name).or_insert_with(|| operation.id.clone());
            }
        }
    }
    all
}

#[tokio::test]
async fn no_answer_has_a_field_for_whoever_may_not_see_it() {
    let world = World::new().await;
    let manager = |permission| reach(Role::GeneralManager, permission) != Reach::No;
    let everything = answers(&world, world.person(Role::GeneralManager), manager).await;
    for name in ["cost", "costs", "gross", "reserve"] {
        assert!(everything.contains_key(name), "nobody is told {name}: the walk shows nothing");
    }

    let fields =
        [Permission::VehicleCostView, Permission::DealCostView, Permission::DealGrossView, Permission::DealReserveView];
    let sets = fields.map(|field| vec![field]).into_iter().chain([fields.to_vec()]);
    for (number, withdrawn) in sets.enumerate() {
        let changes: BTreeMap<_, _> = withdrawn.iter().map(|field| (field.id(), Reach::No.as_str())).collect();
        let name = withdrawn.iter().map(|field| field.id()).collect::<Vec<_>>().join(" and ");
        let role = json!({ "name": format!("Without {number}"), "role": "general_manager", "changes": changes });
        let made = world.person(Role::Administrator).post("/admin/custom-roles", &role).await.expect(201);
        let email = format!("without{number}@first.example");
        let person = world.hire(&email, &json!({ "customRole": made["id"] })).await;
        let seen = answers(&world, &person, |permission| manager(permission) && !withdrawn.contains(&permission)).await;
        for (field, permissions) in GUARDED {
            // A name that two permissions guard is told by the other one's operations.
            if permissions.iter().all(|permission| withdrawn.contains(permission)) {
                assert_eq!(seen.get(field), None, "{field} is told without {name}");
            }
        }
    }

    // A manager's key that was made for deals and vehicles, and for none of their figures.
    let scopes = ["deal.read", "vehicle.read", "calc.run", "customer.read"];
    let key = json!({ "name": "Board", "scopes": scopes });
    let made = world.person(Role::GeneralManager).post("/account/api-keys", &key).await.expect(201);
    let program = world.app.bearer(made["key"].as_str().unwrap());
    let seen = answers(&world, &program, |permission| scopes.contains(&permission.id())).await;
    assert!(seen.contains_key("stockNumber"), "the key reads deals and vehicles");
    for (field, _) in GUARDED {
        assert_eq!(seen.get(field), None, "{field} is told to a key that was not made for it");
    }
}
