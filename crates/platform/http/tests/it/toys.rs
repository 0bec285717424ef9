//! A module with one operation for each promise of the HTTP layer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use autolytiq_authz::action;
use autolytiq_http::{
    ApiJson, ApiPath, ApiQuery, ApiResult, Authenticated, Authorized, Created, IfMatch, Module, Public, RateClass,
    Routes, SameOrigin, Started, Versioned, op,
};
use autolytiq_kernel::problem::Problem;
use autolytiq_kernel::{DealId, Feature, PageRequest};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// How often a toy was made.
pub(crate) type Made = Arc<AtomicU32>;

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Toy {
    name: String,
    price_cents: u32,
}

#[utoipa::path(get, path = "/toys", responses((status = 200)))]
async fn list_toys(
    _: Authorized<action::VehicleRead>,
    ApiQuery(page): ApiQuery<PageRequest>,
) -> ApiResult<Json<Value>> {
    let after: Option<i64> = page.key("name")?;
    Ok(Json(json!({ "limit": page.limit.rows(), "after": after })))
}

#[utoipa::path(post, path = "/toys", request_body = Toy, responses((status = 201, body = Toy)))]
async fn make_toy(
    auth: Authorized<action::VehicleRead>,
    Extension(made): Extension<Made>,
    ApiJson(toy): ApiJson<Toy>,
) -> ApiResult<Created<Toy>> {
    let tx = auth.begin().await?;
    if toy.name == "slow" {
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    if toy.name == "refused" {
        return Err(Problem::invalid_field("/name", "refused", "not this one").into());
    }
    tx.commit().await?;
    made.fetch_add(1, Ordering::SeqCst);
    Ok(Created::new("/api/v1/toys/1", 1, toy))
}

#[utoipa::path(put, path = "/toys/{id}", params(("id" = DealId, Path)), request_body = Toy, responses((status = 200, body = Toy)))]
async fn change_toy(
    _: Authorized<action::VehicleEdit>,
    ApiPath(_): ApiPath<DealId>,
    if_match: IfMatch,
    ApiJson(toy): ApiJson<Toy>,
) -> ApiResult<Versioned<Toy>> {
    if_match.check(7, || json!({ "name": "as it is now" }))?;
    Ok(Versioned::new(8, toy))
}

#[utoipa::path(get, path = "/toys-of-all-stores", responses((status = 200)))]
async fn toys_of_all_stores(_: Authorized<action::OverGroup<action::DealershipRead>>) -> Json<Value> {
    Json(json!({}))
}

#[utoipa::path(post, path = "/toys-of-all-stores", responses((status = 200)))]
async fn break_toys_of_all_stores(_: Authorized<action::OverGroup<action::UserSetRole>>) -> Json<Value> {
    Json(json!({}))
}

#[utoipa::path(get, path = "/toy-leases", responses((status = 200)))]
async fn list_leases(_: Authorized<action::VehicleEdit>) -> Json<Value> {
    Json(json!([]))
}

#[utoipa::path(get, path = "/me", responses((status = 200)))]
async fn me(auth: Authenticated) -> Json<Value> {
    Json(json!({ "person": auth.person() }))
}

#[utoipa::path(get, path = "/broken", responses((status = 200)))]
async fn broken(_: Public) -> ApiResult<Json<Value>> {
    Err(Problem::internal(std::io::Error::other("the secret of table toy")).into())
}

#[expect(clippy::panic, reason = "what this operation is for")]
#[utoipa::path(get, path = "/panicking", responses((status = 200)))]
async fn panicking(_: Public) -> Json<Value> {
    panic!("the secret of table toy")
}

#[utoipa::path(get, path = "/endless", responses((status = 200)))]
async fn endless(_: Public) -> Json<Value> {
    std::future::pending().await
}

#[utoipa::path(post, path = "/sign-in", responses((status = 200)))]
async fn sign_in(_: Public) -> Json<Value> {
    Json(json!({}))
}

#[utoipa::path(post, path = "/refresh", responses((status = 200)))]
async fn refresh(_: Public, _: SameOrigin) -> Json<Value> {
    Json(json!({}))
}

fn routes() -> Routes {
    Routes::api("toys")
        .add(op!(list_toys))
        .add(op!(make_toy).idempotent())
        .add(op!(change_toy))
        .add(op!(toys_of_all_stores))
        .add(op!(break_toys_of_all_stores).confirmed())
        .add(op!(list_leases).confirmed().part_of(Feature::Leases))
        .add(op!(me))
        .add(op!(broken))
        .add(op!(panicking))
        .add(op!(endless))
        .add(op!(sign_in).limit(RateClass::LogIn))
        .add(op!(refresh))
}

pub(crate) fn module(made: &Made) -> Module {
    let made = Arc::clone(made);
    Module::new("toys").routes(routes).start(move |_| {
        let made = Arc::clone(&made);
        async move { Ok(Started::new().extension(made)) }
    })
}
