//! What can go wrong.

use autolytiq_db::DbError;
use autolytiq_kernel::{BadCursor, problem::Problem};

/// A failure of the audit trail's readers and of its sealer.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A cursor of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
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
        }
    }
}
