//! Why an evaluation has no result.

use autolytiq_money::MoneyError;
use jiff::civil::Date;

/// Why the rules give no answer. Every variant is something an input can cause; none is a panic.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// No rules for this jurisdiction are compiled in.
    #[error("there are no rules for \"{code}\"")]
    UnknownJurisdiction { code: String },
    /// Rules were handed over that are not those of this build.
    #[error("these are not the rules that this engine was built with")]
    ForeignRules,
    /// The rules do not reach back that far. A later rule is never used instead.
    #[error("the rules for {code} begin on {first}; there are none for {date}")]
    BeforeFirstVersion { code: &'static str, first: Date, date: Date },
    /// An election that the jurisdiction's rules do not know.
    #[error("\"{name}\" is not a choice that the rules of {code} leave open")]
    UnknownElection { code: &'static str, name: String },
    /// A known election with an option that does not exist.
    #[error("\"{option}\" is not an option of \"{name}\"; the options are {options}")]
    UnknownOption { name: &'static str, option: String, options: String },
    /// An amount left the range of the number types.
    #[error("an amount is too large to compute with")]
    Overflow,
    /// A lease deal without the quantities of the lease.
    #[error("a lease needs its quantities")]
    NoLease,
    /// The capitalised tax grows faster than itself: no amount satisfies the equation.
    #[error("the tax on the capitalised tax has no finite solution")]
    NoSolution,
}

impl RuleError {
    /// Stable code, for problem documents and CSV reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownJurisdiction { .. } => "unknown-jurisdiction",
            Self::ForeignRules => "foreign-rules",
            Self::BeforeFirstVersion { .. } => "before-first-rules",
            Self::UnknownElection { .. } => "unknown-election",
            Self::UnknownOption { .. } => "unknown-option",
            Self::Overflow => "amount-overflow",
            Self::NoLease => "no-lease",
            Self::NoSolution => "no-solution",
        }
    }

    /// JSON pointer into the deal's input to the field that is to blame.
    #[must_use]
    pub fn pointer(&self) -> String {
        match self {
            Self::UnknownJurisdiction { .. } => "/buyerPlace/state".to_owned(),
            Self::ForeignRules => String::new(),
            Self::BeforeFirstVersion { .. } => "/dealDate".to_owned(),
            Self::UnknownElection { name, .. } => format!("/elections/{}", escape(name)),
            Self::UnknownOption { name, .. } => format!("/elections/{name}"),
            Self::Overflow => "/price".to_owned(),
            Self::NoLease | Self::NoSolution => "/columns".to_owned(),
        }
    }
}

/// RFC 6901 escapes.
fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

impl From<MoneyError> for RuleError {
    fn from(_: MoneyError) -> Self {
        Self::Overflow
    }
}
