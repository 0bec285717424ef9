//! Every operation of the document, called as nobody, as each role, as the weakest role on somebody else's things, and
//! from another dealership. What is expected follows from the document and from the table of permissions.

use std::collections::{BTreeMap, BTreeSet};

use autolytiq_authz::{Permission, Reach, reach};
use autolytiq_kernel::Role;
use autolytiq_testkit::{Answer, Client};
use http::Method;
use serde_json::json;

use crate::operations::{self, Demand, Operation};
use crate::samples;
use crate::world::World;

/// Operations that these tests do not call, each with its reason; best empty.
const UNCOVERED: &str = include_str!("uncovered-operations.txt");

fn uncovered() -> BTreeSet<&'static str> {
    let lines = UNCOVERED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").expect("operation: reason").0).collect()
}

fn covered() -> impl Iterator<Item = Operation> {
    let uncovered = uncovered();
    operations::all().into_iter().filter(move |operation| !uncovered.contains(operation.id.as_str()))
}

/// Calls the operation with nothing but its path. The check comes before the input is looked at, so this tells who may
/// call without doing anything.
async fn bare(world: &World, client: &Client, operation: &Operation) -> Answer {
    client.request(operation.method.clone(), &world.path(&operation.path)).send().await
}

/// Calls the operation as it is meant to be called.
async fn whole(world: &World, client: &Client, operation: &Operation) -> Answer {
    let mut request = client.request(operation.method.clone(), &world.path(&operation.path));
    if operation.wants_version {
        request = request.if_match(1);
    }
    if operation.has_body {
        let body = samples::body(world, &operation.id);
        request = request.json(&body.unwrap_or_else(|| panic!("{} has no sample body", operation.id)));
    }
    request.send().await
}

#[test]
fn the_list_of_uncovered_operations_is_true() {
    let known: BTreeSet<String> = operations::all().into_iter().map(|operation| operation.id).collect();
    for operation in uncovered() {
        assert!(known.contains(operation), "{operation} is in the list and not in the document");
    }
}

#[tokio::test]
async fn nobody_gets_in() {
    let world = World::new().await;
    for operation in operations::all() {
        let answer = bare(&world, &world.app.nobody(), &operation).await;
        if operation.demand == Demand::Public {
            assert!(answer.status.as_u16() < 500, "{} {}", operation.id, answer.text());
        } else {
            assert_eq!(answer.status, 401, "{} {}", operation.id, answer.text());
            answer.expect_problem(401, "unauthenticated");
        }
    }
}

#[tokio::test]
async fn each_role_may_what_the_table_says() {
    let world = World::new().await;
    for role in Role::ALL {
        may_call(&world, world.person(role), role.as_str(), |permission| reach(role, permission)).await;
    }
    // A role of the store's own: what it does not change is as in the role it begins with.
    let changes = [
        (Permission::DealRead, Reach::No),
        (Permission::AuditRead, Reach::Store),
        (Permission::UserRead, Reach::Store),
    ];
    let sent: BTreeMap<_, _> = changes.iter().map(|(permission, reach)| (permission.id(), reach.as_str())).collect();
    let role = json!({ "name": "Own", "role": "salesperson", "changes": sent });
    let made = world.person(Role::Administrator).post("/admin/custom-roles", &role).await.expect(201);
    let person = world.hire("own@first.example", &json!({ "customRole": made["id"] })).await;
    let holds = |permission| {
        let changed = changes.iter().find(|(other, _)| *other == permission).map(|(_, reach)| *reach);
        changed.unwrap_or_else(|| reach(Role::Salesperson, permission))
    };
    may_call(&world, &person, "a custom role", holds).await;
}

/// Calls every operation as somebody, and compares with what they may do.
async fn may_call(world: &World, person: &Client, who: &str, holds: impl Fn(Permission) -> Reach) {
    for operation in covered() {
        let allowed = match operation.demand {
            Demand::Public | Demand::Authenticated => true,
            Demand::Permission(permission) => holds(permission) >= operation.least,
        };
        let answer = bare(world, person, &operation).await;
        let status = answer.status.as_u16();
        let shown = format!("{} as {who}: {status} {}", operation.id, answer.text());
        assert!(status < 500, "{shown}");
        assert_ne!(status == 403 && answer.json()["code"] == "forbidden", allowed, "{shown}");
        assert!(status != 401 || operation.demand == Demand::Public, "{shown}");
    }
}

#[tokio::test]
async fn the_weakest_role_does_not_find_somebody_elses_things() {
    let world = World::new().await;
    let weakest = world.person(Role::Salesperson);
    let mut tried = 0;
    for operation in covered() {
        let Demand::Permission(permission) = operation.demand else { continue };
        if reach(Role::Salesperson, permission) != Reach::Own {
            continue;
        }
        let answer = whole(&world, weakest, &operation).await;
        let shown = format!("{}: {}", operation.id, answer.text());
        if operation.names_a_row() {
            tried += 1;
            assert_eq!(answer.status, 404, "{shown}");
        } else if operation.method == Method::GET {
            assert!(!answer.text().contains(&world.ids["deals"]), "{shown}");
        }
    }
    assert!(tried >= 5, "only {tried} operations reach own things");
    let own = world.colleague.get(&format!("/deals/{}", world.ids["deals"])).await;
    assert_eq!(own.status, 200, "and its own salesperson does");
}

#[tokio::test]
async fn another_dealership_finds_nothing() {
    let world = World::new().await;
    let mut tried = 0;
    for operation in covered() {
        let answer = whole(&world, &world.stranger, &operation).await;
        let shown = format!("{}: {} {}", operation.id, answer.status, answer.text());
        assert!(answer.status.as_u16() < 500, "{shown}");
        if operation.names_a_row() {
            tried += 1;
            assert_eq!(answer.status, 404, "{shown}");
        }
        if operation.id == "createDeal" {
            // It names a customer and a vehicle of the first store.
            assert!(matches!(answer.status.as_u16(), 404 | 422), "{shown}");
        }
        for belonging in world.belongings() {
            assert!(!answer.text().contains(belonging), "{shown}");
        }
        assert!(!answer.text().contains("Secretive"), "{shown}");
    }
    assert!(tried >= 15, "only {tried} operations name a row");
    let intact = world.person(Role::Administrator).get(&format!("/deals/{}", world.ids["deals"])).await;
    assert_eq!(intact.version(), 2, "nothing of it was changed: opened and penciled");
}

#[tokio::test]
async fn a_figure_that_a_role_may_not_see_is_nowhere_in_its_answers() {
    let world = World::new().await;
    let colleague = &world.colleague;
    for operation in covered().filter(|operation| operation.method == Method::GET) {
        let answer = bare(&world, colleague, &operation).await;
        assert!(!answer.text().contains("20123.45"), "{} tells the cost: {}", operation.id, answer.text());
    }
    let vehicle = world.person(Role::SalesManager).get(&format!("/inventory/{}", world.ids["inventory"])).await;
    assert_eq!(vehicle.expect(200)["cost"], "20123.45", "a manager sees it");
}
