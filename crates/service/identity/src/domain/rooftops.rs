//! What identity knows of each store of a group.

use autolytiq_money::Money;

/// The people of a store, in numbers. Somebody who works in two stores counts in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RooftopPeople {
    /// Who have access.
    pub active: i64,
    /// Who have asked for access, confirmed their address, and wait for a decision.
    pub waiting: i64,
    /// Who have access and no second factor, although what they are asks for one.
    pub without_factor: i64,
    /// Whose account failed attempts have locked.
    pub locked: i64,
}

/// Settings of a store that its group compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RooftopSettings {
    /// The documentation fee of a first pencil.
    pub doc_fee: Money,
    /// Minutes without use after which a session ends.
    pub idle_minutes: u16,
    /// Hours after the sign-in at which a session ends in any case.
    pub absolute_hours: u16,
    /// Whether people sign in with the store's own provider.
    pub single_sign_on: bool,
}
