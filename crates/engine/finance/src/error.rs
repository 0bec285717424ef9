//! Why a calculation has no result.

use autolytiq_calendar::CalendarError;
use autolytiq_money::MoneyError;
use autolytiq_tax::RuleError;
use serde::Serialize;
use std::borrow::Cow;

/// Why a loan, a lease or a rate has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinanceError {
    /// An amount left the range of the number types.
    #[error("an amount is too large to compute with")]
    OutOfRange,
    /// A term of no payments.
    #[error("there must be at least one payment")]
    NoPayments,
    /// A date has no answer.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The tax rules give no answer. On the heap: every operation on amounts would carry the texts of the largest error along.
    #[error(transparent)]
    Rule(Box<RuleError>),
}

impl From<RuleError> for FinanceError {
    fn from(error: RuleError) -> Self {
        Self::Rule(Box::new(error))
    }
}

impl From<MoneyError> for FinanceError {
    fn from(_: MoneyError) -> Self {
        Self::OutOfRange
    }
}

/// Everything that is wrong with an input, field by field. Nothing was computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[error("{} of the deal's fields cannot be computed with", errors.len())]
pub struct CalcError {
    pub errors: Vec<FieldError>,
}

impl CalcError {
    /// The same with its pointers under another one.
    #[must_use]
    pub(crate) fn under(mut self, prefix: &str) -> Self {
        for field in &mut self.errors {
            field.pointer.insert_str(0, prefix);
        }
        self
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    /// RFC 6901 pointer into the input (`/columns/1/termMonths`).
    pub pointer: String,
    /// Stable, for programs: `amount-out-of-range`, `term-out-of-range`, …
    pub code: Cow<'static, str>,
    /// One plain English sentence.
    pub detail: Cow<'static, str>,
}

impl FieldError {
    pub(crate) fn new(pointer: impl Into<String>, code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { pointer: pointer.into(), code: Cow::Borrowed(code), detail: detail.into() }
    }
}

/// A key of an object as a part of a pointer (RFC 6901).
pub(crate) fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl From<FieldError> for CalcError {
    fn from(error: FieldError) -> Self {
        Self { errors: vec![error] }
    }
}

impl FinanceError {
    /// The error as one of a field. Errors of the rules know their own field; the others belong to `pointer`.
    pub(crate) fn at(self, pointer: impl Into<String>) -> FieldError {
        match self {
            Self::Rule(error) => FieldError {
                pointer: error.pointer(),
                code: Cow::Borrowed(error.code()),
                detail: error.to_string().into(),
            },
            Self::OutOfRange => FieldError::new(pointer, "amount-overflow", self.to_string()),
            Self::NoPayments => FieldError::new(pointer, "term-out-of-range", self.to_string()),
            Self::Calendar(error) => FieldError::new(pointer, "date-out-of-range", error.to_string()),
        }
    }
}
