//! People as one store knows them.

use autolytiq_kernel::{PersonId, Role};
use jiff::Timestamp;

/// A person's membership in the acting store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Who.
    pub person: PersonId,
    /// As the store calls them.
    pub name: String,
    /// The address the store gave access to.
    pub email: String,
    /// What they are here.
    pub role: Role,
    /// Whether they still have access.
    pub active: bool,
    /// When the store gave access first.
    pub created_at: Timestamp,
    /// Counts the changes.
    pub version: i64,
}
