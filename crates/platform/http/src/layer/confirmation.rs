//! What an operation asks for beside its permission: that the store has not switched it off, and a recent proof of who one
//! is. It stands before idempotency: what was refused here has taken no key.

use autolytiq_authz::{Grant, Reach};
use autolytiq_kernel::problem::{Problem, codes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Around;
use crate::error::ApiError;
use crate::guard::{Access, Caller};

pub(crate) async fn layer(State(around): State<Around>, request: Request, next: Next) -> Response {
    match missing(&around, &request) {
        Some(problem) => ApiError::from(problem).into_response(),
        None => next.run(request).await,
    }
}

/// What is missing. Whoever is not signed in, or may not call the operation, is told so by its guard.
fn missing(around: &Around, request: &Request) -> Option<Problem> {
    let traits = around.traits_of(request);
    if !traits.confirmed && traits.feature.is_none() {
        return None;
    }
    let Some(Caller::Person(verified)) = request.extensions().get::<Caller>() else { return None };
    let session = &verified.session;
    if let Some(access @ (Access::Permission(permission) | Access::OverGroup(permission))) = traits.access {
        let grant = Grant::within(&session.ctx, session.scope(), permission.parse().ok()?)?;
        if matches!(access, Access::OverGroup(_)) && grant.reach() < Reach::Group {
            return None;
        }
    }
    if let Some(problem) = traits.feature.and_then(|feature| session.ctx.needs(feature).err()) {
        return Some(problem);
    }
    if !traits.confirmed {
        return None;
    }
    if session.key_scope.is_some() {
        return Some(Problem::new(&codes::FORBIDDEN, "this is for people who prove who they are, not for API keys"));
    }
    session.confirmed(around.platform.clock.now()).err()
}
