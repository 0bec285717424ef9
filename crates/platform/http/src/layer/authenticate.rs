//! Finds out who is calling. It refuses nobody: that is the guards' business.

use std::sync::Arc;

use autolytiq_kernel::problem::{Problem, codes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use tracing::Span;

use super::{Around, RequestMeta};
use crate::guard::{Caller, Verified};

pub(crate) async fn layer(State(around): State<Around>, mut request: Request, next: Next) -> Response {
    let caller = match bearer(request.headers()) {
        None => Caller::Nobody,
        Some(Err(problem)) => Caller::Refused(problem),
        Some(Ok(token)) => match RequestMeta::of(request.extensions()) {
            Err(problem) => Caller::Refused(problem),
            Ok(meta) => match around.verifier.verify(token, meta.origin).await {
                Ok(session) => {
                    let span = Span::current();
                    span.record("dealership.id", session.ctx.acting().to_string());
                    span.record("person.id", session.actor.person.to_string());
                    Caller::Person(Arc::new(Verified {
                        session,
                        bearer: token.to_owned(),
                        verifier: around.verifier.clone(),
                    }))
                }
                Err(error) => Caller::Refused(error.into()),
            },
        },
    };
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// The token of `Authorization: Bearer …`. Never from the address or a cookie: both travel where they should not.
fn bearer(headers: &HeaderMap) -> Option<Result<&str, Problem>> {
    let value = headers.get(AUTHORIZATION)?;
    let refused = || Problem::new(&codes::UNAUTHENTICATED, "send the access token as `Authorization: Bearer …`");
    let Some((scheme, token)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Some(Err(refused()));
    };
    if !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
        return Some(Err(refused()));
    }
    Some(Ok(token.trim()))
}
