//! What each column holds of whom: the class of its data, and what follows from it.
//!
//! One file per crate that owns tables. Whoever adds a column adds its name to a line there; the catalogue check fails
//! until it has one, and `docs/data-map.md` and the page of the data map are printed from here and from the schema.

mod crm;
mod desking;
mod identity;
mod inventory;
mod mail;
mod places;
mod platform;
mod privacy;

use serde::Serialize;

/// What kind of data a column holds. The order is from what anybody may read to what nobody may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Class {
    /// Published anyway: tax rates, names of states.
    Public,
    /// The store's own business: ids, states, times, settings.
    Internal,
    /// What only part of the store may see: cost, gross, reserve.
    Confidential,
    /// About the people who work in the store: names, addresses, devices.
    Staff,
    /// Nonpublic personal information of a customer (GLBA): name, contact, what they buy and owe.
    Npi,
    /// Date of birth. Ciphertext only.
    DateOfBirth,
    /// Number of a driver licence or another identity document. Ciphertext only.
    Licence,
    /// Income, employment, answers and results of credit. Ciphertext only.
    Credit,
    /// Account or card number. Ciphertext only.
    Account,
    /// Social security or taxpayer number. Ciphertext only.
    Ssn,
    /// Passwords, tokens, keys and codes: digests or ciphertext, never shown to anybody.
    Secret,
}

impl Class {
    /// Every class, in their order.
    pub const ALL: [Self; 11] = [
        Self::Public,
        Self::Internal,
        Self::Confidential,
        Self::Staff,
        Self::Npi,
        Self::DateOfBirth,
        Self::Licence,
        Self::Credit,
        Self::Account,
        Self::Ssn,
        Self::Secret,
    ];

    /// Whether a value of this class is stored as ciphertext under its subject's key and in no other way.
    #[must_use]
    pub fn is_sealed(self) -> bool {
        matches!(self, Self::DateOfBirth | Self::Licence | Self::Credit | Self::Account | Self::Ssn)
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Confidential => "confidential",
            Self::Staff => "staff",
            Self::Npi => "NPI",
            Self::DateOfBirth => "date of birth",
            Self::Licence => "licence",
            Self::Credit => "credit",
            Self::Account => "account number",
            Self::Ssn => "SSN",
            Self::Secret => "secret",
        }
    }

    /// What it means and how it is kept.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Public => "Published anyway.",
            Self::Internal => "The store's own business; for its people.",
            Self::Confidential => "For the roles that may see cost, gross or reserve.",
            Self::Staff => "About the people who work in the store; for those who administer them.",
            Self::Npi => {
                "Nonpublic personal information of a customer (Gramm-Leach-Bliley Act); for roles with a permission to it, \
                 never in logs or events."
            }
            Self::DateOfBirth | Self::Licence | Self::Credit | Self::Account | Self::Ssn => {
                "Encrypted under the customer's own key; masked until somebody reveals it with a reason, which the audit \
                 trail keeps."
            }
            Self::Secret => "Digest or ciphertext; shown to nobody.",
        }
    }
}

/// Columns of one table with the same class: table, class, names separated by blanks.
pub(super) type Line = (&'static str, Class, &'static str);

/// Every line of every crate.
pub(super) fn lines() -> impl Iterator<Item = &'static Line> {
    [
        platform::LINES,
        mail::LINES,
        identity::LINES,
        places::LINES,
        crm::LINES,
        inventory::LINES,
        desking::LINES,
        privacy::LINES,
    ]
    .into_iter()
    .flatten()
}

/// The classes that stand for a column; there should be exactly one.
pub(super) fn of<'a>(table: &'a str, column: &'a str) -> impl Iterator<Item = Class> + 'a {
    lines()
        .filter(move |(known, _, names)| *known == table && names.split_whitespace().any(|name| name == column))
        .map(|(_, class, _)| *class)
}
