//! What is counted apart from what: a budget is a class of routes and whose share of it.

use std::num::NonZeroU32;

use http::Method;

use crate::routes::RateClass;
use crate::settings::Limits;

/// What an operation costs the product; every class has a budget of its own, so that an import does not keep a desk from
/// reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Read,
    Write,
    Calculate,
    Bulk,
}

impl Class {
    const COUNT: usize = 4;

    pub(super) fn of(class: RateClass, method: &Method) -> Self {
        match class {
            RateClass::Calculate => Self::Calculate,
            RateClass::Bulk => Self::Bulk,
            RateClass::General | RateClass::LogIn if method.is_safe() => Self::Read,
            RateClass::General | RateClass::LogIn => Self::Write,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Calculate => "calculate",
            Self::Bulk => "bulk",
        }
    }
}

/// Whose requests of which kind are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Budget {
    /// Attempts at a secret from one address.
    LogIn,
    /// Requests without a session from one address.
    Address,
    Person(Class),
    Dealership(Class),
}

impl Budget {
    pub(super) const ALL: [Self; 2 + 2 * Class::COUNT] = [
        Self::LogIn,
        Self::Address,
        Self::Person(Class::Read),
        Self::Person(Class::Write),
        Self::Person(Class::Calculate),
        Self::Person(Class::Bulk),
        Self::Dealership(Class::Read),
        Self::Dealership(Class::Write),
        Self::Dealership(Class::Calculate),
        Self::Dealership(Class::Bulk),
    ];

    pub(super) const fn per_minute(self, limits: &Limits) -> NonZeroU32 {
        match self {
            Self::LogIn => limits.log_in_per_address,
            Self::Address => limits.per_address,
            Self::Person(_) => limits.per_person,
            Self::Dealership(_) => limits.per_dealership,
        }
    }

    /// The budget's part of a key that several processes share.
    pub(super) fn name(self) -> String {
        match self {
            Self::LogIn => "log-in".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Person(class) => format!("person:{}", class.name()),
            Self::Dealership(class) => format!("dealership:{}", class.name()),
        }
    }
}

/// What a counter said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    /// Seconds to wait, when the request is one too many.
    pub(super) wait: Option<u64>,
}
