//! Answers that carry a version.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{ETAG, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;

use autolytiq_kernel::problem::Problem;

use crate::error::ApiError;

/// A resource with its version as a strong entity tag: `ETag: "7"`.
#[derive(Debug, Clone)]
pub struct Versioned<T> {
    version: i64,
    body: T,
}

impl<T> Versioned<T> {
    /// A resource in this version.
    #[must_use]
    pub fn new(version: i64, body: T) -> Self {
        Self { version, body }
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(ETAG, tag(self.version));
        (headers, Json(self.body)).into_response()
    }
}

/// A resource that was made: 201 with its address and its version.
#[derive(Debug, Clone)]
pub struct Created<T> {
    location: String,
    inner: Versioned<T>,
}

impl<T> Created<T> {
    /// A new resource at this path, in its first version.
    #[must_use]
    pub fn new(location: impl Into<String>, version: i64, body: T) -> Self {
        Self { location: location.into(), inner: Versioned::new(version, body) }
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let location = match HeaderValue::try_from(self.location) {
            Ok(location) => location,
            Err(error) => return ApiError::from(Problem::internal(error)).into_response(),
        };
        let mut response = (StatusCode::CREATED, self.inner).into_response();
        response.headers_mut().insert(LOCATION, location);
        response
    }
}

/// The entity tag of a version. Versions are numbers, so the text is always a valid header.
fn tag(version: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}
