//! Errors as problem documents.

use super::tree::Fault;
use crate::{CalcError, FieldError};
use serde::Serialize;
use std::borrow::Cow;

/// A problem document (RFC 9457) of the engine. Over HTTP the server adds the request's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: &'static str,
    pub status: u16,
    /// `malformed-json`, `invalid-field` or `unknown-operation`.
    pub code: &'static str,
    pub detail: Cow<'static, str>,
    /// Number of the input line, where lines are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    pub(crate) fn malformed(error: &serde_json::Error) -> Self {
        Self {
            kind: "/problems/malformed-json",
            title: "Malformed JSON",
            status: 400,
            code: "malformed-json",
            detail: error.to_string().into(),
            line: None,
            errors: Vec::new(),
        }
    }

    pub(crate) fn unknown_operation(known: &[&str]) -> Self {
        Self {
            kind: "/problems/unknown-operation",
            title: "Unknown operation",
            status: 404,
            code: "unknown-operation",
            detail: format!("the operations are {}", known.join(", ")).into(),
            line: None,
            errors: Vec::new(),
        }
    }

    /// A field that is not what the request asks for.
    pub(super) fn of_field(fault: Fault) -> Self {
        let (pointer, detail) = fault.into_parts();
        CalcError { errors: vec![FieldError::new(pointer, "invalid-value", detail)] }.into()
    }

    /// A line that is not UTF-8.
    pub(crate) fn not_text() -> Self {
        Self {
            kind: "/problems/malformed-json",
            title: "Malformed JSON",
            status: 400,
            code: "malformed-json",
            detail: Cow::Borrowed("the line is not UTF-8 text"),
            line: None,
            errors: Vec::new(),
        }
    }

    /// A line that is longer than any deal.
    pub(crate) fn line_too_long(most: usize) -> Self {
        Self {
            kind: "/problems/malformed-json",
            title: "Malformed JSON",
            status: 413,
            code: "malformed-json",
            detail: format!("a line may have at most {most} bytes").into(),
            line: None,
            errors: Vec::new(),
        }
    }

    /// The same problem of a part of the request.
    pub(crate) fn under(mut self, prefix: &str) -> Self {
        for error in &mut self.errors {
            error.pointer.insert_str(0, prefix);
        }
        self
    }

    /// The faults by field; a problem of the whole text is one at its root.
    pub(crate) fn into_errors(self) -> Vec<FieldError> {
        if self.errors.is_empty() {
            return vec![FieldError { pointer: String::new(), code: Cow::Borrowed(self.code), detail: self.detail }];
        }
        self.errors
    }

    /// The document as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<CalcError> for Problem {
    fn from(error: CalcError) -> Self {
        let detail = match error.errors.as_slice() {
            [only] => only.detail.clone(),
            all => Cow::Owned(format!("{} fields are invalid", all.len())),
        };
        Self {
            kind: "/problems/invalid-field",
            title: "A field is invalid",
            status: 422,
            code: "invalid-field",
            detail,
            line: None,
            errors: error.errors,
        }
    }
}
