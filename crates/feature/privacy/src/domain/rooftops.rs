//! What a group asks each compliance desk.

use jiff::civil::Date;

/// What the compliance desk of a store knows, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RooftopCompliance {
    /// The day of the newest review of who has access; none where nobody has signed one off.
    pub access_reviewed_on: Option<Date>,
    /// Security events that are not closed.
    pub open_incidents: i64,
    /// Months after the last use for which a customer who bought nothing is kept; none keeps them without end.
    pub without_purchase_months: Option<i16>,
    /// The same of a customer who bought something.
    pub after_purchase_months: Option<i16>,
}
