//! The teams of a store.

use autolytiq_kernel::typed_id;
use serde::Serialize;
use utoipa::ToSchema;

typed_id! {
    /// A team of a store.
    TeamId = "team",
}

/// Teams of one store.
pub(crate) const MOST: i64 = 100;

/// A team by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamName {
    /// The team.
    #[schema(value_type = String, format = Uuid)]
    pub id: TeamId,
    /// As the store calls it.
    pub name: String,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Team {
    pub(crate) id: TeamId,
    pub(crate) name: String,
    /// How many people are in it, also those whose access has ended.
    pub(crate) people: i64,
    pub(crate) version: i64,
}
