//! Requests to a [`TestApp`](crate::TestApp), and what came back.

use axum::Router;
use axum::body::{Body, to_bytes};
use http::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH};
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

/// Somebody who calls the API. Paths are below `/api/v1` unless they begin with `//`, which means the root.
#[derive(Clone)]
pub struct Client {
    router: Router,
    token: Option<String>,
}

impl Client {
    pub(crate) fn new(router: Router, token: Option<String>) -> Self {
        Self { router, token }
    }

    /// The same caller at another door of the product.
    #[must_use]
    pub fn at(&self, router: Router) -> Self {
        Self { router, token: self.token.clone() }
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path).send().await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.request(Method::POST, path).json(body).send().await
    }

    /// `PUT` with a JSON body, based on a version.
    pub async fn put(&self, path: &str, version: i64, body: &Value) -> Answer {
        self.request(Method::PUT, path).if_match(version).json(body).send().await
    }

    /// Any request, to be built.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let uri = match path.strip_prefix("//") {
            Some(rest) => format!("/{rest}"),
            None => format!("/api/v1{path}"),
        };
        let mut builder = http::Request::builder().method(method).uri(uri);
        if let Some(token) = &self.token {
            builder = builder.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        Request { router: self.router.clone(), builder, body: Body::empty() }
    }
}

/// A request being built.
#[must_use = "a request that is not sent asks nothing"]
pub struct Request {
    router: Router,
    builder: http::request::Builder,
    body: Body,
}

impl Request {
    /// A header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// The version that the change is based on.
    pub fn if_match(self, version: i64) -> Self {
        self.header(IF_MATCH.as_str(), &format!("\"{version}\""))
    }

    /// A JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.raw("application/json", body.to_string())
    }

    /// Any body.
    pub fn raw(self, content_type: &str, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..self.header(CONTENT_TYPE.as_str(), content_type) }
    }

    /// Sends it and reads the whole answer.
    ///
    /// # Panics
    /// When the request cannot be built or the answer cannot be read.
    pub async fn send(self) -> Answer {
        let request = self.builder.body(self.body).unwrap_or_else(|error| panic!("the request: {error}"));
        let response = match self.router.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_else(|error| panic!("reading the answer: {error}"));
        Answer { status: parts.status, headers: parts.headers, body: bytes.to_vec() }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; `null` when there is none.
    ///
    /// # Panics
    /// When the body is something else.
    #[must_use]
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The version in the entity tag.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn version(&self) -> i64 {
        let tag = self.header(ETAG.as_str()).and_then(|tag| tag.trim_matches('"').parse().ok());
        tag.unwrap_or_else(|| panic!("no version in the ETag of {self:?}"))
    }

    /// Checks the status and gives the body.
    ///
    /// # Panics
    /// When the status is another one; the message shows the whole answer.
    #[track_caller]
    #[must_use]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self.json()
    }

    /// Checks that it is a problem of this status and code, and gives its body.
    ///
    /// # Panics
    /// When it is something else.
    #[track_caller]
    pub fn expect_problem(&self, status: u16, code: &str) -> Value {
        let body = self.expect(status);
        assert_eq!(self.header(CONTENT_TYPE.as_str()), Some("application/problem+json"), "{}", self.text());
        assert_eq!(body["code"], code, "{}", self.text());
        assert_eq!(body["status"], status);
        assert_eq!(body["type"], format!("/problems/{code}"));
        assert!(body["requestId"].as_str().is_some_and(|id| id.len() == 36), "{}", self.text());
        body
    }
}
