//! A [`Problem`] as the answer to a request.

use autolytiq_kernel::problem::Problem;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};

/// The media type of RFC 9457.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What a handler fails with. `?` makes one of anything that can be told as a [`Problem`].
#[derive(Debug)]
pub struct ApiError(Box<Problem>);

/// What a handler returns.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// The problem inside.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.0
    }
}

impl<E: Into<Problem>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(Box::new(error.into()))
    }
}

impl IntoResponse for ApiError {
    /// The problem travels as an extension of the response; the outermost layer, which knows the request's id, writes
    /// the body (`layer::finish`). The body written here is for a router that stands without that layer.
    fn into_response(self) -> Response {
        let mut response = render(&self.0, "");
        response.extensions_mut().insert(Told(*self.0));
        response
    }
}

/// A problem on its way out, as an extension of the response that tells it.
#[derive(Debug, Clone)]
pub(crate) struct Told(pub(crate) Problem);

/// The whole response for a problem.
pub(crate) fn render(problem: &Problem, request_id: &str) -> Response {
    let mut response = Response::new(Body::from(problem.to_json(request_id).to_string()));
    *response.status_mut() = StatusCode::from_u16(problem.code().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    if let Some(seconds) = problem.retry_after_seconds() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
