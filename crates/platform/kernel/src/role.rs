//! The roles a person can have in a store. What each may do is decided in `crates/platform/authz`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person's role in one store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works customers and their own deals; sees no cost, gross or reserve.
    Salesperson,
    /// Works every deal, approves and rejects; sees cost and gross.
    SalesManager,
    /// Finance and insurance: approved deals, products, reserve, closing.
    FniManager,
    /// Users, settings and the audit trail; sees everything.
    Administrator,
}

impl Role {
    /// Every role, weakest first.
    pub const ALL: [Self; 4] = [Self::Salesperson, Self::SalesManager, Self::FniManager, Self::Administrator];

    /// The name on the wire, in the database and in the documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Salesperson => "salesperson",
            Self::SalesManager => "sales_manager",
            Self::FniManager => "fni_manager",
            Self::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no role; the roles are salesperson, sales_manager, fni_manager, administrator")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn one_spelling_everywhere() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(role.as_str().parse::<Role>().unwrap(), role);
        }
        assert!("Administrator".parse::<Role>().is_err());
    }
}
