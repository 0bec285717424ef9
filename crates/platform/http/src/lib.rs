//! How modules serve HTTP.
//!
//! **What it is.** A [`Module`] declares [`Routes`] of documented handlers; [`assemble`](assemble::assemble) starts the
//! modules, builds the router and puts the layers around it: request ids, problems, security headers, limits,
//! idempotency. A handler says who may call it by its first argument ([`Authorized`], [`Authenticated`] or [`Public`]),
//! reads input with extractors that answer with JSON pointers ([`ApiJson`], [`ApiPath`], [`ApiQuery`], [`IfMatch`]) and
//! fails with anything that can be told as a problem ([`ApiResult`]). The OpenAPI document comes from the same lines.
//!
//! **What it never does.** It knows no business and no table. It verifies no token itself ([`TokenVerifier`] is
//! identity's), opens no connection except through a guard, and puts no internal error into a response.

pub mod assemble;
pub mod connections;
pub mod elsewhere;
mod error;
mod extract;
mod guard;
mod layer;
pub mod markdown;
mod module;
pub mod openapi;
mod platform;
mod probes;
pub mod problems;
pub mod readiness;
mod respond;
mod routes;
pub mod seal;
pub mod settings;
pub mod sse;

pub use error::{ApiError, ApiResult, PROBLEM_JSON};
pub use extract::{ApiJson, ApiPath, ApiQuery, IfMatch, SameOrigin};
pub use guard::{
    Access, Authenticated, Authorized, Guard, Guarded, Public, Session, TokenVerifier, VerifyError, access_of,
};
pub use layer::{Limiter, RequestMeta, SharedError};
pub use module::{Job, Module, StartError, Started};
pub use platform::Platform;
pub use respond::{Created, Versioned};
pub use routes::{API_PREFIX, Operation, RateClass, Routes};

#[doc(hidden)]
pub mod reexport {
    pub use utoipa_axum;
}
