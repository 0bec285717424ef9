//! Sensitive acts ask for a proof of who one is that is not older than ten minutes, and nothing else does.

use std::collections::BTreeSet;

use autolytiq_authz::{Permission, Reach, reach};
use autolytiq_kernel::Role;
use autolytiq_testkit::{Answer, Client};
use http::Method;
use jiff::SignedDuration;
use serde_json::json;

use crate::operations::{self, Demand, Operation};
use crate::samples;
use crate::world::{PASSWORD, World};

/// What an unattended screen must not allow, by what could be done with it.
const SENSITIVE: [(&str, &[&str]); 9] = [
    (
        "reads protected data, or much at once",
        &["revealCustomerField", "exportCustomer", "exportAuditEntries", "listAffected"],
    ),
    ("destroys a customer's data", &["eraseCustomer", "releaseHold", "putRetention", "runRetention"]),
    (
        "gives or takes access",
        &[
            "createUser",
            "createUserImport",
            "undoUserImport",
            "putUserRole",
            "putUserTeam",
            "putSingleSignOn",
            "deactivateUser",
            "endGroupAccess",
            "reactivateUser",
            "unlockUser",
            "approveRegistration",
            "putStoreRegistrationDoor",
            "createCustomRole",
            "putCustomRole",
            "deleteCustomRole",
        ],
    ),
    ("makes a key for programs", &["createOwnApiKey", "createServiceAccount", "createServiceAccountKey"]),
    ("changes one's second factors", &["deleteFactor", "renewRecoveryCodes"]),
    ("ends sessions, or says how long they last", &["endStoreSessions", "putSessionSettings", "restoreSettingVersion"]),
    (
        "says in which words people are led into their accounts",
        &["putMailTemplate", "deleteMailTemplate", "restoreMailTemplateVersion"],
    ),
    ("tells about the keys", &["getKeys"]),
    ("says what the store does without", &["putFeatureSwitches"]),
];

/// What writes with a permission of which most acts are sensitive, and asks nothing all the same.
const NOT_SENSITIVE: [(&str, &str); 7] = [
    ("trySingleSignOn", "asks a provider what it tells everybody, and saves nothing"),
    ("putUserName", "it changes what a person is called, and nothing that they may do"),
    ("createTeam", "nobody is in it yet"),
    ("putTeam", "as putUserName"),
    ("deleteTeam", "nobody is in it any more"),
    ("revokeApiKey", "in an emergency a key is ended at once, and a new one is made easily"),
    ("placeHold", "it keeps data; only its end lets them be erased"),
];

/// Operations that are open to a ticket of a log-in, and ask whoever comes without one.
const WITHOUT_TICKET: [&str; 6] =
    ["beginTotp", "confirmTotp", "beginPasskey", "confirmPasskey", "beginCode", "confirmCode"];

fn sensitive() -> BTreeSet<&'static str> {
    SENSITIVE.iter().flat_map(|(_, ids)| ids.iter().copied()).collect()
}

/// Somebody who may call it.
fn caller<'a>(world: &'a World, operation: &Operation) -> &'a Client {
    let Demand::Permission(permission) = operation.demand else { return world.person(Role::Administrator) };
    let role = Role::ALL.into_iter().find(|role| reach(*role, permission) >= operation.least);
    world.person(role.unwrap_or_else(|| panic!("nobody may call {}", operation.id)))
}

async fn bare(world: &World, client: &Client, operation: &Operation) -> Answer {
    client.request(operation.method.clone(), &world.path(&operation.path)).send().await
}

fn asks(answer: &Answer) -> bool {
    answer.status == 403 && answer.json()["code"] == "confirmation-required"
}

#[test]
fn the_document_marks_what_the_table_names() {
    let marked: BTreeSet<String> =
        operations::all().into_iter().filter(|operation| operation.wants_proof).map(|operation| operation.id).collect();
    assert_eq!(marked.iter().map(String::as_str).collect::<BTreeSet<_>>(), sensitive());
}

#[test]
fn what_writes_with_a_sensitive_permission_is_decided_about() {
    let permissions = [
        Permission::UserSetRole,
        Permission::RoleEdit,
        Permission::CustomerErase,
        Permission::CustomerExport,
        Permission::CustomerProtectedView,
    ];
    let decided: BTreeSet<&str> = sensitive().into_iter().chain(NOT_SENSITIVE.map(|(id, _)| id)).collect();
    let mut seen = 0;
    for operation in operations::all() {
        let Demand::Permission(permission) = operation.demand else { continue };
        if operation.method == Method::GET || !permissions.contains(&permission) {
            continue;
        }
        seen += 1;
        assert!(decided.contains(operation.id.as_str()), "{} writes with {permission}: is it sensitive?", operation.id);
    }
    assert!(seen >= 15, "only {seen} operations were looked at");
}

#[tokio::test]
async fn an_old_proof_opens_nothing_sensitive_and_a_new_one_does() {
    let world = World::new().await;
    let sensitive = sensitive();
    for operation in operations::all().into_iter().filter(|operation| sensitive.contains(operation.id.as_str())) {
        assert!(!asks(&bare(&world, caller(&world, &operation), &operation).await), "{} asks at once", operation.id);
    }
    world.app.test().clock().advance(SignedDuration::from_mins(11));
    for operation in operations::all() {
        // Streams stay open, and whoever signs out does so.
        if operation.demand == Demand::Public || ["followEvents", "logoutEverywhere"].contains(&operation.id.as_str()) {
            continue;
        }
        let answer = bare(&world, caller(&world, &operation), &operation).await;
        let shown = format!("{}: {} {}", operation.id, answer.status, answer.text());
        assert_eq!(asks(&answer), sensitive.contains(operation.id.as_str()), "{shown}");
        // Who may not call it learns that, and nobody is asked for a proof in vain.
        let weakest = bare(&world, world.person(Role::Salesperson), &operation).await;
        if let Demand::Permission(permission) = operation.demand
            && reach(Role::Salesperson, permission) == Reach::No
        {
            weakest.expect_problem(403, "forbidden");
        }
    }
    for operation in operations::all().into_iter().filter(|operation| WITHOUT_TICKET.contains(&operation.id.as_str())) {
        let mut body = samples::body(&world, &operation.id).unwrap_or_default();
        body["ticket"] = json!(null);
        let request = world.person(Role::Administrator).request(Method::POST, &world.path(&operation.path));
        assert!(asks(&request.json(&body).send().await), "{}", operation.id);
    }

    let proof = world.person(Role::Administrator).post("/auth/confirm", &json!({ "password": PASSWORD })).await;
    let fresh = world.app.bearer(proof.expect(200)["accessToken"].as_str().unwrap());
    let _ = fresh.get("/admin/keys").await.expect(200);
    // A program proves nothing, so it does none of this.
    let key = json!({ "name": "Keys", "scopes": ["audit.read"] });
    let key = fresh.post("/account/api-keys", &key).await.expect(201);
    let program = world.app.bearer(key["key"].as_str().unwrap());
    let _ = program.get("/admin/audit-logs").await.expect(200);
    program.get("/admin/keys").await.expect_problem(403, "forbidden");
}
