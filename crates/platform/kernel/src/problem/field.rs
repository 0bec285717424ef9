//! What is wrong with one field of the input.

use std::borrow::Cow;

use serde_json::{Value, json};

/// One field that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// A JSON pointer (RFC 6901) into the request's body, `""` for the whole; for a query parameter `/name`.
    pub pointer: String,
    /// A stable word for a program: `required`, `negative`, `too-long`, `unknown-field`.
    pub code: Cow<'static, str>,
    /// A sentence for a person.
    pub detail: Cow<'static, str>,
}

impl FieldError {
    /// A field error.
    #[must_use]
    pub fn new(
        pointer: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { pointer: pointer.into(), code: code.into(), detail: detail.into() }
    }

    /// The same error seen from a level further out: `prefix` is put before the pointer.
    #[must_use]
    pub fn below(self, prefix: &str) -> Self {
        Self { pointer: format!("{prefix}{}", self.pointer), ..self }
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "pointer": self.pointer, "code": self.code, "detail": self.detail })
    }
}
