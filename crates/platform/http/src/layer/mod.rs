//! What happens around every handler, from the outside in: request id and log line, problems written out, panics
//! caught, security headers, CORS, compression, deadline, authentication, limits, what a store has switched off
//! and the recent proof of sensitive acts, idempotency.

mod authenticate;
mod confirmation;
mod deadline;
mod finish;
mod headers;
mod idempotency;
mod limit;
mod meta;
mod observe;

use std::collections::BTreeMap;
use std::sync::Arc;

use autolytiq_kernel::problem::Problem;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::error::ApiError;
use crate::guard::TokenVerifier;
use crate::platform::Platform;
use crate::routes::Traits;

pub use limit::{Limiter, SharedError};
pub use meta::RequestMeta;

/// What the layers share.
#[derive(Clone)]
pub(crate) struct Around {
    pub(crate) platform: Platform,
    pub(crate) verifier: Arc<dyn TokenVerifier>,
    pub(crate) limiter: Arc<Limiter>,
    pub(crate) traits: Arc<BTreeMap<(String, String), Traits>>,
}

impl Around {
    /// The traits of the operation that the request was routed to; the defaults for anything that is no operation.
    fn traits_of(&self, request: &Request) -> Traits {
        let Some(path) = request.extensions().get::<MatchedPath>() else { return Traits::default() };
        let key = (request.method().as_str().to_owned(), path.as_str().to_owned());
        self.traits.get(&key).copied().unwrap_or_default()
    }
}

/// Puts the layers around a router; the last one added is the outermost.
pub(crate) fn wrap(router: Router, around: &Around) -> Router {
    let settings = &around.platform.settings;
    let router = router
        .layer(DefaultBodyLimit::max(settings.body_limit))
        .layer(from_fn_with_state(around.clone(), idempotency::layer))
        .layer(from_fn_with_state(around.clone(), confirmation::layer))
        .layer(from_fn_with_state(around.clone(), limit::layer))
        .layer(from_fn_with_state(around.clone(), authenticate::layer))
        .layer(from_fn_with_state(around.clone(), deadline::layer))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(finish::layer))
        .layer(CompressionLayer::new());
    let router = match headers::cors(settings) {
        Some(cors) => router.layer(cors),
        None => router,
    };
    router
        .layer(from_fn_with_state(settings.is_https(), headers::layer))
        .layer(from_fn(observe::layer))
        .layer(from_fn_with_state(around.clone(), meta::layer))
}

#[expect(clippy::needless_pass_by_value, reason = "the signature CatchPanicLayer asks for")]
fn panicked(payload: Box<dyn std::any::Any + Send>) -> http::Response<axum::body::Body> {
    let message = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a handler panicked");
    axum::response::IntoResponse::into_response(ApiError::from(Problem::internal(format!("panic: {message}"))))
}
