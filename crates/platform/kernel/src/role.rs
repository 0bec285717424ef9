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
    /// Business development center: answers leads and calls, keeps customers up to date; works no deals.
    Bdc,
    /// Takes vehicles into stock, prices them and sees their cost; works no deals and knows no customers.
    InventoryManager,
    /// Desk manager. Works every deal, approves and rejects; sees cost and gross.
    SalesManager,
    /// Finance and insurance: approved deals, products, reserve, closing.
    FniManager,
    /// The office: checks costs, gross and reserve of every deal, closes them, sets fees and taxes; pencils nothing.
    Controller,
    /// Runs the store: everything on the desk, in stock and in the office; sees who works there and what they did.
    GeneralManager,
    /// Reads everything but protected fields, and changes nothing.
    Auditor,
    /// Users, settings and the audit trail; sees everything.
    Administrator,
    /// An administrator who also reads the group's other stores, without being a member of each.
    GroupAdministrator,
}

impl Role {
    /// Every role, weakest first.
    pub const ALL: [Self; 10] = [
        Self::Salesperson,
        Self::Bdc,
        Self::InventoryManager,
        Self::SalesManager,
        Self::FniManager,
        Self::Controller,
        Self::GeneralManager,
        Self::Auditor,
        Self::Administrator,
        Self::GroupAdministrator,
    ];

    /// Whether the role is one of those that may do everything in the store; a store keeps at least one of them.
    #[must_use]
    pub const fn administers(self) -> bool {
        matches!(self, Self::Administrator | Self::GroupAdministrator)
    }

    /// The name on the wire, in the database and in the documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Salesperson => "salesperson",
            Self::Bdc => "bdc",
            Self::InventoryManager => "inventory_manager",
            Self::SalesManager => "sales_manager",
            Self::FniManager => "fni_manager",
            Self::Controller => "controller",
            Self::GeneralManager => "general_manager",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::GroupAdministrator => "group_administrator",
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
#[error("'{0}' is no role; the roles are {roles}", roles = Role::ALL.map(Role::as_str).join(", "))]
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
