//! The deals of a store, in numbers.

/// The deals of a store, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DealCounts {
    /// Still worked: neither closed nor cancelled.
    pub open: i64,
    /// Closed since the moment that was asked for.
    pub closed: i64,
}
