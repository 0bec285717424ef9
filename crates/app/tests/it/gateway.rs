//! The gateway's door: what it lets through to which target, and what it answers itself.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use autolytiq_app::modules::modules;
use autolytiq_http::assemble::{GATEWAY, Options, assemble};
use autolytiq_http::elsewhere::{Call, Elsewhere, Seen};
use autolytiq_http::{ApiResult, Module};
use axum::Router;
use axum::response::{IntoResponse, Response};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use serde_json::json;

use crate::operations::{self, Demand};
use crate::world::World;

/// Stands for the processes behind the gateway: notes whose the requests were, and answers 204.
#[derive(Clone)]
struct Behind {
    passed: Arc<Mutex<Vec<&'static str>>>,
    looks: Vec<Seen>,
}

impl Behind {
    fn new(looks: &[(&'static str, bool)]) -> Self {
        let looks = looks.iter().map(|(name, answers)| Seen { name, answers: *answers }).collect();
        Self { passed: Arc::default(), looks }
    }

    /// The targets of the requests since the last call.
    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.passed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Elsewhere for Behind {
    fn send(&self, call: Call) -> BoxFuture<'static, ApiResult<Response>> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner).push(call.target);
        async { Ok(http::StatusCode::NO_CONTENT.into_response()) }.boxed()
    }

    fn look(&self) -> BoxFuture<'_, Vec<Seen>> {
        async { self.looks.clone() }.boxed()
    }
}

async fn gateway(world: &World, modules: &[Module], behind: &Behind) -> Router {
    let options = Options {
        selected: Some(BTreeSet::from([GATEWAY])),
        elsewhere: Some(Arc::new(behind.clone())),
        ..Options::default()
    };
    assemble(modules, world.app.platform().clone(), options).await.unwrap().router
}

/// Whose a path is, as the system's table of targets has it; what the table does not name stands with the deals.
fn owner(path: &str) -> &'static str {
    match path.trim_start_matches("/api/v1").split('/').nth(1) {
        Some("account" | "auth" | "setup" | ".well-known") => "auth",
        Some("admin") => "admin",
        Some("customers" | "privacy" | "compliance" | "unsubscribe") => "customers",
        Some("inventory" | "vin-decode") => "inventory",
        _ => "deals",
    }
}

#[tokio::test]
async fn every_operation_passes_to_its_target_and_without_a_session_only_the_public_ones() {
    let world = World::new().await;
    let behind = Behind::new(&[]);
    let router = gateway(&world, &modules(&world.config), &behind).await;
    let (nobody, somebody) = (world.app.nobody().at(router.clone()), world.stranger.at(router.clone()));
    let forged = world.app.bearer("forged").at(router);
    for operation in operations::all() {
        let (id, path) = (&operation.id, world.path(&operation.path));
        for caller in [&nobody, &forged] {
            let answer = caller.request(operation.method.clone(), &path).send().await;
            if operation.demand == Demand::Public {
                assert_eq!((answer.status.as_u16(), behind.take()), (204, vec![owner(&operation.path)]), "{id}");
            } else {
                assert_eq!((answer.status.as_u16(), behind.take()), (401, vec![]), "{id}: {}", answer.text());
            }
        }
        let answer = somebody.request(operation.method.clone(), &path).send().await;
        assert_eq!((answer.status.as_u16(), behind.take()), (204, vec![owner(&operation.path)]), "{id}");
    }
}

#[tokio::test]
async fn the_gateway_answers_for_the_whole_product_and_says_what_is_missing() {
    let world = World::new().await;
    let modules = modules(&world.config);
    let some = Behind::new(&[("auth", true), ("deals", false)]);
    let client = world.app.nobody().at(gateway(&world, &modules, &some).await);
    let document = client.get("/openapi.json").await;
    assert_eq!(document.json()["paths"].as_object().unwrap().len(), paths_of_the_product());
    let ready = client.get("//ready").await;
    assert_eq!((ready.status.as_u16(), &ready.json()["missing"]), (200, &json!(["deals"])), "{}", ready.text());
    assert_eq!(some.take(), Vec::<&str>::new());

    let none = Behind::new(&[("auth", false), ("deals", false)]);
    let ready = world.app.nobody().at(gateway(&world, &modules, &none).await).get("//ready").await;
    assert_eq!((ready.status.as_u16(), &ready.json()["missing"]), (503, &json!(["auth", "deals"])), "{}", ready.text());
    assert_eq!(ready.json()["code"], "upstream-unavailable");
}

fn paths_of_the_product() -> usize {
    operations::all().into_iter().map(|operation| operation.path).collect::<BTreeSet<_>>().len()
}

#[tokio::test]
async fn a_process_behind_the_gateway_serves_its_own_targets_only() {
    let world = World::new().await;
    let options = Options { selected: Some(BTreeSet::from(["customers"])), ..Options::default() };
    let assembled = assemble(&modules(&world.config), world.app.platform().clone(), options).await.unwrap();
    assert!(assembled.jobs.is_empty(), "the work of the worker");
    let somebody = world.stranger.at(assembled.router);
    assert_eq!(somebody.get("/customers").await.status, 200);
    for path in ["/deals", "/inventory", "/admin/users", "/events"] {
        assert_eq!(somebody.get(path).await.status, 404, "{path}");
    }
}
