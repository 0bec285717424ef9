//! People as one store knows them.

use autolytiq_kernel::{PersonId, Role};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{custom_role::CustomRoleId, team::TeamName};

/// One of the store's own roles, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomRoleName {
    /// The role.
    #[schema(value_type = String, format = Uuid)]
    pub id: CustomRoleId,
    /// As the store calls it.
    pub name: String,
}

/// The role that a member has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) role: Role,
    pub(crate) custom_role: Option<CustomRoleName>,
}

/// A person's membership in the acting store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Who.
    pub person: PersonId,
    /// As the store calls them.
    pub name: String,
    /// The address the store gave access to.
    pub email: String,
    /// What they are here; of the store's own roles, the predefined one that theirs begins with.
    pub role: Role,
    /// The store's own role, if it is one.
    pub custom_role: Option<CustomRoleName>,
    /// The team they are in.
    pub team: Option<TeamName>,
    /// Whether they still have access.
    pub active: bool,
    /// When the store gave access first.
    pub created_at: Timestamp,
    /// Counts the changes.
    pub version: i64,
}
