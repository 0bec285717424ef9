//! What is wrong with a value of a tree, and where it stands.

use crate::error::token;
use serde::de::{Expected, Unexpected};
use std::borrow::Cow;
use std::fmt;

/// What is wrong with a value, and where it stands. On the heap, so that the good way does not carry it along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::surface) struct Fault(Box<Found>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// RFC 6901.
    pointer: String,
    detail: String,
}

impl Fault {
    /// Pointer and sentence.
    pub(in crate::surface) fn into_parts(self) -> (String, String) {
        (self.0.pointer, self.0.detail)
    }

    /// The same fault, seen from the list around it.
    #[cold]
    #[inline(never)]
    pub(super) fn under(self, index: usize) -> Self {
        self.under_key(&index.to_string())
    }

    /// The same fault, seen from the object around it.
    #[cold]
    #[inline(never)]
    pub(super) fn under_key(mut self, key: &str) -> Self {
        self.0.pointer.insert_str(0, &["/", &token(key)].concat());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(detail: T) -> Self {
        Self(Box::new(Found { pointer: String::new(), detail: detail.to_string() }))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid type: {}, expected {expected}", words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid value: {}, expected {expected}", words(found)))
    }
}

/// A value in the words of JSON.
fn words(found: Unexpected<'_>) -> Cow<'_, str> {
    match found {
        Unexpected::Bool(value) => format!("boolean `{value}`").into(),
        Unexpected::Unsigned(value) => format!("integer `{value}`").into(),
        Unexpected::Signed(value) => format!("integer `{value}`").into(),
        Unexpected::Str(text) => format!("string {text:?}").into(),
        Unexpected::Unit => "null".into(),
        Unexpected::Map => "map".into(),
        Unexpected::Seq => "sequence".into(),
        Unexpected::Other(words) => words.into(),
        Unexpected::UnitVariant => "a name alone".into(),
        Unexpected::NewtypeVariant | Unexpected::TupleVariant | Unexpected::StructVariant => {
            "a name with a value".into()
        }
        _ => "a value of another type".into(),
    }
}
