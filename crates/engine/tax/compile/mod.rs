//! From a rule file to rule values: used by `build.rs` for the jurisdictions, and by the tests for fixtures, so that both
//! are read and evaluated by the very same code.
//!
//! `source` and `forms` are the file's form, `dated` values with effective dates, `lower` makes the rules of one day from it, `terms`,
//! `conditions` and `lines` its parts, and `pack` writes rule values as bytes. Values are leaked on purpose: a rule lives as
//! long as the program.

#[macro_use]
#[path = "../src/fields.rs"]
mod fields;

mod conditions;
mod dated;
mod forms;
mod lines;
mod lower;
pub(crate) mod pack;
mod source;
mod terms;

use crate::rule::JurisdictionVersion;
use std::fmt;

/// A mistake in a rule file.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// What one file holds.
pub(crate) struct Loaded {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// One per period without a change, the earliest first.
    pub(crate) versions: Vec<JurisdictionVersion>,
}

/// Reads a rule file.
///
/// # Errors
/// The first mistake, with its line.
pub(crate) fn load(file: &str, text: &str) -> Result<Loaded, Problem> {
    let source: source::File = toml::from_str(text).map_err(|error| Problem {
        file: file.to_owned(),
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        message: error.message().to_owned(),
    })?;
    lower::lower(&source).map_err(|mistake| Problem {
        file: file.to_owned(),
        line: line_of(text, mistake.at),
        message: mistake.message,
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// A mistake and the byte of the file where the item that holds it begins.
struct Mistake {
    at: usize,
    message: String,
}

/// A result whose error is a sentence; the caller knows where in the file it belongs.
type Said<T> = Result<T, String>;

fn leak<T>(values: Vec<T>) -> &'static [T] {
    values.leak()
}

fn leak_str(text: &str) -> &'static str {
    text.to_owned().leak()
}
