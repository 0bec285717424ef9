//! Reading a form: every field is checked, and whoever filled it in hears of all that is wrong at once.

use std::borrow::Cow;

use crate::problem::FieldError;

/// Why a value cannot be accepted, without saying where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A stable word for a program: `required`, `too-long`, `check-digit`.
    pub code: &'static str,
    /// A sentence for a person.
    pub detail: Cow<'static, str>,
}

impl Fault {
    /// A fault.
    #[must_use]
    pub fn new(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into() }
    }
}

/// Collects what is wrong with the fields of one request.
///
/// ```
/// use autolytiq_kernel::Form;
///
/// let mut form = Form::new();
/// let name = form.line("/name", "  Ada  ", 20);
/// let city = form.line("/city", "", 20);
/// assert_eq!(name, "Ada");
/// assert_eq!(form.finish((name, city)).unwrap_err()[0].pointer, "/city");
/// ```
#[derive(Debug, Default)]
pub struct Form {
    errors: Vec<FieldError>,
}

impl Form {
    /// A form nobody has found fault with yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that a field cannot be accepted.
    pub fn refuse(&mut self, pointer: &str, code: &'static str, detail: impl Into<Cow<'static, str>>) {
        self.errors.push(FieldError::new(pointer, code, detail));
    }

    /// The value, or a note of why there is none.
    pub fn take<T>(&mut self, pointer: &str, value: Result<T, Fault>) -> Option<T> {
        value.map_err(|fault| self.errors.push(FieldError::new(pointer, fault.code, fault.detail))).ok()
    }

    /// A required single line without leading or trailing space, at most `max` characters, none of them a control
    /// character. What it returns when it refuses is not for use: [`Form::finish`] will fail.
    pub fn line(&mut self, pointer: &str, text: &str, max: usize) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.refuse(pointer, "required", "this must not be empty");
        }
        self.bounded(pointer, text, max, false)
    }

    /// As [`Form::line`]; absent and blank are the same.
    pub fn optional_line(&mut self, pointer: &str, text: Option<&str>, max: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        Some(self.bounded(pointer, text, max, false))
    }

    /// Optional text of several lines, at most `max` characters.
    pub fn optional_prose(&mut self, pointer: &str, text: Option<&str>, max: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        Some(self.bounded(pointer, text, max, true))
    }

    /// The value that was read, or everything that is wrong.
    ///
    /// # Errors
    /// Every fault that was noted, in the order of the fields.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }

    fn bounded(&mut self, pointer: &str, text: &str, max: usize, several_lines: bool) -> String {
        // The length first, so that nothing is scanned twice for somebody who sends a megabyte.
        if text.chars().nth(max).is_some() {
            self.refuse(pointer, "too-long", format!("this must not be longer than {max} characters"));
            return String::new();
        }
        let allowed = |c: char| !c.is_control() || (several_lines && matches!(c, '\n' | '\r' | '\t'));
        if !text.chars().all(allowed) {
            self.refuse(pointer, "control-character", "this must not contain control characters");
        }
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Form};

    #[test]
    fn every_fault_is_told_with_its_place() {
        let mut form = Form::new();
        form.line("/firstName", " ", 10);
        form.line("/lastName", "abcdefghijk", 10);
        form.optional_line("/street", Some("a\u{0}b"), 10);
        form.take::<()>("/phone", Err(Fault::new("phone", "no")));
        let errors = form.finish(()).unwrap_err();
        let told: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code.as_ref())).collect();
        assert_eq!(
            told,
            [
                ("/firstName", "required"),
                ("/lastName", "too-long"),
                ("/street", "control-character"),
                ("/phone", "phone")
            ]
        );
    }

    #[test]
    fn length_counts_characters_and_notes_may_have_lines() {
        let mut form = Form::new();
        assert_eq!(form.line("/a", "ĐĐĐ", 3), "ĐĐĐ");
        assert_eq!(form.optional_prose("/b", Some("one\ntwo"), 10).as_deref(), Some("one\ntwo"));
        assert_eq!(form.optional_line("/c", Some("  "), 10), None);
        assert!(form.finish(()).is_ok());
    }
}
