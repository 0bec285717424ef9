//! What can go wrong.

use autolytiq_db::DbError;
use autolytiq_kernel::{
    BadCursor,
    problem::{Problem, codes},
};

/// A failure of the audit trail's readers and of its sealer.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A cursor of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// Nobody of this id ever worked in the store.
    #[error("there is no such person in this store")]
    NoSuchPerson,
    /// A line of an export could not be written.
    #[error("a line of the export could not be written")]
    Csv(#[from] csv::Error),
}

impl From<sqlx::Error> for AuditError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<AuditError> for Problem {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Db(error) => error.into(),
            AuditError::Cursor(error) => error.into(),
            AuditError::NoSuchPerson => Self::new(&codes::NOT_FOUND, error.to_string()),
            AuditError::Csv(error) => Self::internal(error),
        }
    }
}
