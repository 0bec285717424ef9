//! Faults in the shipped tables, and what a caller may get wrong.

use autolytiq_kernel::problem::problem_codes;

problem_codes! {
    /// Two letters that are no state's.
    pub const STATE_UNKNOWN = 404, "state-unknown", "No such state";
    /// Not a ZIP code, or one without addresses.
    pub const ZIP_UNKNOWN = 404, "zip-unknown", "No such ZIP code";
}

/// A shipped table that cannot be read. The tests of this crate read every one of them.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The list of sources.
    #[error("states.toml is malformed")]
    States(#[from] toml::de::Error),
    /// A table.
    #[error("the table of {state} is malformed")]
    Table {
        /// Whose table.
        state: String,
        /// Line and reason.
        #[source]
        source: csv::Error,
    },
    /// A table without a list entry, or the reverse.
    #[error("{0} has a table or an entry in states.toml, but not both")]
    Unpaired(String),
}
