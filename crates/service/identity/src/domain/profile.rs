//! Stores as other crates and the wire see them.

use autolytiq_kernel::{DealershipId, GroupId, StoreZone};

use super::{email::Email, name::Name, password::TypedPassword, place::StorePlace};

/// A store's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreProfile {
    /// The store, which is the tenant.
    pub id: DealershipId,
    /// Its group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Its time zone: the civil dates of its deals are in it.
    pub zone: StoreZone,
    /// Where it stands; the dealer's place of its deals.
    pub place: StorePlace,
    /// Street and number.
    pub street: Option<String>,
    /// Whether it is a demonstration store.
    pub demo: bool,
}

/// The one currency of every store.
pub const CURRENCY: &str = "USD";

/// A store to be made.
#[derive(Debug, Clone)]
pub struct NewStore {
    /// Its name.
    pub name: Name,
    /// Its time zone.
    pub zone: StoreZone,
    /// Where it stands.
    pub place: StorePlace,
    /// Street and number.
    pub street: Option<Name>,
    /// Whether it is a demonstration store.
    pub demo: bool,
}

/// A person to be given an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The name, as the store calls them.
    pub name: Name,
    /// The address they sign in with.
    pub email: Email,
    /// Their first password.
    pub password: TypedPassword,
}
