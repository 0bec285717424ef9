//! Writes problems out: with the request's id, and one log line for a fault of ours.

use autolytiq_kernel::problem::{Problem, ProblemCode, codes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};

use super::RequestMeta;
use crate::error::{PROBLEM_JSON, Told, render};

pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let id = RequestMeta::of(request.extensions()).map(|meta| meta.origin.request.to_string()).unwrap_or_default();
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Told>() {
        Some(Told(problem)) => problem,
        None => match unexplained(&response) {
            Some(problem) => problem,
            None => return response,
        },
    };
    log(&problem);
    let mut written = render(&problem, &id);
    // Headers that belong to the refusal stay: Allow of a 405, the limit's counters, a cleared cookie.
    for (name, value) in response.headers() {
        if name != CONTENT_TYPE && name != CONTENT_LENGTH && !written.headers().contains_key(name) {
            written.headers_mut().append(name, value.clone());
        }
    }
    written
}

/// An error status that axum or a layer answered with by itself.
fn unexplained(response: &Response) -> Option<Problem> {
    let status = response.status();
    // A page for a person says what is wrong by itself.
    let told = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes() == PROBLEM_JSON.as_bytes() || value.as_bytes().starts_with(b"text/html"));
    if told || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    Some(Problem::new(code_of(status), ""))
}

fn code_of(status: StatusCode) -> &'static ProblemCode {
    match status.as_u16() {
        401 => &codes::UNAUTHENTICATED,
        403 => &codes::FORBIDDEN,
        404 => &codes::NOT_FOUND,
        405 => &codes::METHOD_NOT_ALLOWED,
        409 => &codes::CONFLICT,
        413 => &codes::BODY_TOO_LARGE,
        415 => &codes::UNSUPPORTED_MEDIA_TYPE,
        422 => &codes::INVALID_FIELD,
        429 => &codes::RATE_LIMITED,
        503 => &codes::UNAVAILABLE,
        400..=499 => &codes::BAD_REQUEST,
        _ => &codes::INTERNAL,
    }
}

fn log(problem: &Problem) {
    let (code, status) = (problem.code().code, problem.code().status);
    let causes = problem.source_chain();
    if status >= 500 && status != 503 {
        tracing::error!(problem.code = code, causes = causes.join(": "), detail = problem.detail(), "a fault of ours");
    } else if !causes.is_empty() {
        tracing::warn!(problem.code = code, causes = causes.join(": "), detail = problem.detail(), "refused");
    } else {
        tracing::debug!(problem.code = code, "refused");
    }
}
