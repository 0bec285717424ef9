//! People as a whole group knows them.

use autolytiq_kernel::{DealershipId, PersonId, Role};

use super::user::CustomRoleName;

/// Somebody with everything they are in the stores that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupPerson {
    pub(crate) person: PersonId,
    /// As the acting store calls them, or the first of the others.
    pub(crate) name: String,
    pub(crate) email: String,
    /// By the names of the stores.
    pub(crate) seats: Vec<GroupSeat>,
}

/// What somebody is, or was, in one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupSeat {
    pub(crate) store: DealershipId,
    pub(crate) store_name: String,
    pub(crate) role: Role,
    pub(crate) custom_role: Option<CustomRoleName>,
    pub(crate) active: bool,
}
