//! Problem details (RFC 9457): the one shape in which the product says that something went wrong.
//!
//! A crate declares its codes once with [`problem_codes!`](crate::problem_codes), turns its error enum into a
//! [`Problem`] with `From`, and is done: the HTTP layer adds the request id, renders the body and logs the source
//! chain once. What a client sees of a 5xx is its code and title, never the text of an internal error.

mod code;
pub mod codes;
mod field;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

pub use crate::problem_codes;
pub use code::ProblemCode;
pub use field::FieldError;

/// A refusal or a failure, ready to be told to a client.
///
/// Cheap to clone: the source chain is shared, since the response that carries the problem may be rendered again
/// once the request id is known.
#[derive(Debug, Clone)]
pub struct Problem {
    code: &'static ProblemCode,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    members: Map<String, Value>,
    retry_after_seconds: Option<u64>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem with a sentence for the person who reads it: what is wrong here, and what would be right.
    #[must_use]
    pub fn new(code: &'static ProblemCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            members: Map::new(),
            retry_after_seconds: None,
            source: None,
        }
    }

    /// The input could be read, and these parts of it cannot be accepted: 422 `invalid-field`.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [only] => Cow::Owned(format!("{}: {}", only.pointer, only.detail)),
            several => Cow::Owned(format!("{} fields cannot be accepted", several.len())),
        };
        Self { errors, ..Self::new(&codes::INVALID_FIELD, detail) }
    }

    /// One field cannot be accepted: 422 `invalid-field`.
    #[must_use]
    pub fn invalid_field(
        pointer: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::invalid(vec![FieldError::new(pointer, code, detail)])
    }

    /// Our own fault: 500 `internal`. The source is for the log; the client learns only the request id.
    #[must_use]
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(&codes::INTERNAL, "").caused_by(source)
    }

    /// Something this needs is not there at the moment: 503 `unavailable`, worth trying again in a second.
    #[must_use]
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(&codes::UNAVAILABLE, "").retry_after(1).caused_by(source)
    }

    /// Somebody changed the thing since it was read: 412 `version-conflict`, with both versions, and with the current
    /// state of the resource as the caller may see it, so that a person can compare and decide.
    #[must_use]
    pub fn version_conflict(expected: i64, current: i64, resource: Option<Value>) -> Self {
        let mut problem = Self::new(
            &codes::VERSION_CONFLICT,
            format!("you changed version {expected}, and version {current} has been saved since"),
        )
        .with("expected", expected)
        .with("current", current);
        if let Some(resource) = resource {
            problem.members.insert("resource".into(), resource);
        }
        problem
    }

    /// Adds the field errors that explain the problem.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Adds an extension member (RFC 9457 section 3.2). Names are camelCase.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Says in front where it is so, for an act in several places.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        if !self.detail.is_empty() {
            self.detail = Cow::Owned(format!("{place}: {}", self.detail));
        }
        self
    }

    /// Says when it is worth trying again; becomes the `Retry-After` header.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// Attaches what caused this, for the log alone.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// The code, with its status and title.
    #[must_use]
    pub fn code(&self) -> &'static ProblemCode {
        self.code
    }

    /// The sentence for the reader; empty when the title says it all.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// What is wrong with which field.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Seconds after which trying again is worth it.
    #[must_use]
    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.retry_after_seconds
    }

    /// The causes from the outermost to the innermost, for one log line.
    #[must_use]
    pub fn source_chain(&self) -> Vec<String> {
        let mut chain = Vec::new();
        let mut next = self.source.as_deref().map(|source| source as &(dyn Error + 'static));
        while let Some(error) = next {
            chain.push(error.to_string());
            next = error.source();
        }
        chain
    }

    /// The body of the answer. `type` is relative to the server's root, where the code's page is served.
    #[must_use]
    pub fn to_json(&self, request_id: &str) -> Value {
        let mut body = Map::new();
        body.insert("type".into(), self.code.page().into());
        body.insert("title".into(), self.code.title.into());
        body.insert("status".into(), self.code.status.into());
        let detail = if self.code.status >= 500 && self.detail.is_empty() {
            "The fault is ours. Nothing was saved; the request id lets an operator find the cause."
        } else if self.detail.is_empty() {
            self.code.title
        } else {
            self.detail()
        };
        body.insert("detail".into(), detail.into());
        body.insert("code".into(), self.code.code.into());
        body.insert("requestId".into(), request_id.into());
        if !self.errors.is_empty() {
            body.insert("errors".into(), self.errors.iter().map(FieldError::to_json).collect());
        }
        for (name, value) in &self.members {
            body.entry(name.as_str()).or_insert_with(|| value.clone());
        }
        Value::Object(body)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code.code)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", self.detail) }
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

impl From<crate::BadCursor> for Problem {
    fn from(error: crate::BadCursor) -> Self {
        Self::new(&codes::INVALID_CURSOR, error.to_string())
    }
}

#[cfg(test)]
mod tests;
