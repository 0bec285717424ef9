//! `/live`, `/ready`, `/health` and `/metrics`: for the machine that runs us.

use std::sync::Arc;
use std::time::Duration;

use autolytiq_kernel::problem::{Problem, codes};
use autolytiq_telemetry::metric::Metrics;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::elsewhere::Elsewhere;
use crate::error::ApiResult;
use crate::platform::Platform;
use crate::readiness::Phase;

/// How long the database may take to answer before we say that we are not ready.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn routes(metrics: Metrics, elsewhere: Option<Arc<dyn Elsewhere>>) -> Router<Platform> {
    let metrics = move || {
        let text = metrics.render();
        async move { ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response() }
    };
    Router::new()
        .route("/live", get(live))
        .route("/ready", get(move |State(platform): State<Platform>| ready(platform, elsewhere)))
        .route("/health", get(health))
        .route("/metrics", get(metrics))
}

/// The process runs and answers. Says nothing about the database, or a restart would not help and come anyway.
async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// Requests will be answered: started, not stopping, and the database is there. A gateway says which targets do not
/// answer, and is ready as long as one does: taken out of service for one of them, it would take the others along.
async fn ready(platform: Platform, elsewhere: Option<Arc<dyn Elsewhere>>) -> ApiResult<Json<Value>> {
    check(&platform).await?;
    let Some(elsewhere) = elsewhere else { return Ok(Json(json!({ "status": "ready" }))) };
    let targets = elsewhere.look().await;
    let missing: Vec<&str> = targets.iter().filter(|target| !target.answers).map(|target| target.name).collect();
    if !missing.is_empty() && missing.len() == targets.len() {
        let none = Problem::new(&codes::UPSTREAM_UNAVAILABLE, "no target answers").retry_after(1);
        return Err(none.with("missing", missing).into());
    }
    Ok(Json(json!({ "status": "ready", "missing": missing })))
}

/// The same with the version and the pool, for a person.
async fn health(State(platform): State<Platform>) -> ApiResult<Json<Value>> {
    check(&platform).await?;
    let (used, open) = platform.db.connections();
    let database = json!({ "connectionsUsed": used, "connectionsOpen": open });
    Ok(Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "database": database })))
}

async fn check(platform: &Platform) -> Result<(), Problem> {
    let not_yet = |why: &'static str| Problem::new(&codes::UNAVAILABLE, why).retry_after(1);
    match platform.readiness.phase() {
        Phase::Starting => return Err(not_yet("the server is starting")),
        Phase::Draining => return Err(not_yet("the server is stopping")),
        Phase::Ready => {}
    }
    match tokio::time::timeout(PATIENCE, platform.db.ping()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(not_yet("the database does not answer").caused_by(error)),
        Err(elapsed) => Err(not_yet("the database does not answer").caused_by(elapsed)),
    }
}
