//! Faults in the shipped tables, and what a caller may get wrong.

use crate::import::Faults;
use autolytiq_db::DbError;
use autolytiq_kernel::problem::{FieldError, Problem, codes, problem_codes};

problem_codes! {
    /// Two letters that are no state's.
    pub const STATE_UNKNOWN = 404, "state-unknown", "No such state";
    /// Not a ZIP code, or one without addresses.
    pub const ZIP_UNKNOWN = 404, "zip-unknown", "No such ZIP code";
    /// No import of this id in the store.
    pub const RATE_IMPORT_NOT_FOUND = 404, "rate-import-not-found", "No such import";
    /// Another import of the store is under way.
    pub const RATE_IMPORT_BUSY = 409, "rate-import-busy", "Another import is running";
    /// The import was withdrawn before.
    pub const RATE_IMPORT_WITHDRAWN = 409, "rate-import-withdrawn", "This import is withdrawn already";
    /// Neither text/csv nor what browsers send instead.
    pub const RATE_FILE_TYPE = 415, "rate-file-type", "Send the file as text/csv";
    /// Lines that cannot be accepted.
    pub const RATE_FILE_INVALID = 422, "rate-file-invalid", "The file has lines that cannot be accepted";
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

/// Why an import was not made, or not withdrawn.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    #[error("no such import")]
    NotFound,
    #[error("another import is running")]
    Busy,
    #[error("the import is withdrawn already")]
    Withdrawn,
    #[error("the id is in use")]
    IdTaken,
    #[error("somebody else changed it")]
    Stale { yours: i64, current: i64 },
    #[error("not sent as a table")]
    Type,
    #[error("the file is too large")]
    TooLarge,
    #[error("the file did not arrive whole: {0}")]
    Cut(&'static str),
    #[error("parameters that cannot be accepted")]
    Invalid(Vec<FieldError>),
    #[error("{} faults in {rows} lines", faults.total)]
    Rejected { rows: u64, faults: Faults },
    #[error("nobody is signed in")]
    Nobody,
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        use ImportError as E;
        match error {
            E::NotFound => Self::new(&RATE_IMPORT_NOT_FOUND, "there is no import with this id in your store"),
            E::Busy => {
                Self::new(&RATE_IMPORT_BUSY, "wait until the import that runs is done, then send the file again")
                    .retry_after(5)
            }
            E::Withdrawn => Self::new(&RATE_IMPORT_WITHDRAWN, "nothing was changed"),
            E::IdTaken => Self::new(&codes::ID_TAKEN, "an import with this id was made before"),
            E::Stale { yours, current } => Self::version_conflict(yours, current, None),
            E::Type => Self::new(&RATE_FILE_TYPE, "the body is the file itself, with Content-Type: text/csv"),
            E::TooLarge => Self::new(&codes::BODY_TOO_LARGE, "a file of local rates is at most 200 MB"),
            E::Cut(why) => Self::new(&codes::BAD_REQUEST, format!("{why}; nothing was imported")),
            E::Invalid(errors) => Self::invalid(errors),
            E::Rejected { rows, faults } => {
                let detail = format!("{} faults in {rows} lines; nothing was imported", faults.total);
                let errors = faults.first.into_iter().map(|fault| {
                    FieldError::new(format!("/lines/{}/{}", fault.line, fault.field), fault.code, fault.detail)
                });
                Self::new(&RATE_FILE_INVALID, detail)
                    .with_errors(errors.collect())
                    .with("errorCount", faults.total)
                    .with("rows", rows)
            }
            E::Nobody => Self::new(&codes::FORBIDDEN, "only a person imports rates"),
            E::Db(error) => error.into(),
        }
    }
}
