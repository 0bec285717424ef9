//! From serde's messages to field errors.
//!
//! serde says what is wrong in a sentence and serde_path_to_error says where. The stable code comes from the first
//! words of the sentence, which have not changed in ten years; a sentence of a domain type's own becomes `invalid`.

use std::fmt::Write as _;

use autolytiq_kernel::problem::FieldError;
use serde_path_to_error::{Path, Segment};

/// One field error for a failed deserialisation.
pub(crate) fn field_error(path: &Path, message: &str) -> FieldError {
    let message = without_position(message);
    let mut pointer = pointer(path);
    let code = if let Some(name) = quoted(message, "missing field ") {
        push(&mut pointer, name);
        "required"
    } else if let Some(name) = quoted(message, "unknown field ") {
        if !pointer.ends_with(&format!("/{}", escape(name))) {
            push(&mut pointer, name);
        }
        "unknown-field"
    } else if let Some(name) = quoted(message, "duplicate field ") {
        if !pointer.ends_with(&format!("/{}", escape(name))) {
            push(&mut pointer, name);
        }
        "duplicate-field"
    } else if message.starts_with("invalid type") {
        "wrong-type"
    } else if message.starts_with("unknown variant") {
        "unknown-value"
    } else if message.starts_with("invalid length") {
        "wrong-length"
    } else {
        "invalid"
    };
    FieldError::new(pointer, code, message.to_owned())
}

/// The JSON pointer (RFC 6901) of a path.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => {
                // Writing into a String cannot fail.
                let _ = write!(pointer, "/{index}");
            }
            Segment::Map { key } => push(&mut pointer, key),
            // A variant's name is not part of the document's path; `Unknown` is a place serde cannot name.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn push(pointer: &mut String, name: &str) {
    pointer.push('/');
    pointer.push_str(&escape(name));
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// `foo` from "missing field `foo`, expected …".
fn quoted<'m>(message: &'m str, start: &str) -> Option<&'m str> {
    message.strip_prefix(start)?.strip_prefix('`')?.split_once('`').map(|(name, _)| name)
}

/// serde_json appends where in the text it stopped; the pointer says it better.
fn without_position(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}
