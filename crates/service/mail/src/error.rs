//! What can go wrong.

use autolytiq_db::DbError;
use autolytiq_kernel::{
    BadCursor,
    problem::{FieldError, Problem, codes, problem_codes},
};
use autolytiq_secrets::SecretsError;

problem_codes! {
    /// No message of this id in the store.
    pub const MAIL_NOT_FOUND = 404, "mail-not-found", "No such message";
}

/// A message could not be written, sent or read.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// None in this store has the id.
    #[error("there is no message with this id")]
    NotFound,
    /// The store's own text of the message was never in this version.
    #[error("there is no such version")]
    NoVersion,
    /// Somebody else's text was saved at the same time.
    #[error("version {yours} was changed, and is {current} now")]
    Overtaken {
        /// What the change was made on.
        yours: i64,
        /// What it is now.
        current: i64,
    },
    /// A text that cannot be the message.
    #[error("the text cannot be the message")]
    Unfit(Vec<FieldError>),
    /// An address of the configuration or of a receiver that mail software does not take.
    #[error("{0:?} is not an address that mail can go to")]
    Address(String),
    /// The configured server.
    #[error("mail.smtp_url cannot be used: {0}")]
    Server(String),
    /// A text has a name in braces that its message does not have.
    #[error("the text of {0} cannot be filled in")]
    Text(&'static str, #[source] crate::TemplateFault),
    /// Something in the letter is for its receiver alone, and there is no store's key to seal it under.
    #[error("{0} has something that only its receiver may read")]
    NotOpen(&'static str),
    /// The message could not be put together.
    #[error("the message could not be put together")]
    Message(#[from] lettre::error::Error),
    /// The server did not take it this time.
    #[error("the mail server did not take the message")]
    NotTaken(#[source] lettre::transport::smtp::Error),
    /// The folder.
    #[error("the message could not be filed in {}", .folder.display())]
    Folder {
        /// Which.
        folder: std::path::PathBuf,
        /// What the system reported.
        #[source]
        source: std::io::Error,
    },
    /// What only the receiver may have could not be sealed or opened.
    #[error("a message could not be sealed or opened")]
    Secrets(#[from] SecretsError),
    /// A cursor of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for MailError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<MailError> for Problem {
    fn from(error: MailError) -> Self {
        match error {
            MailError::NotFound => Self::new(&MAIL_NOT_FOUND, "there is no message with this id in your store"),
            MailError::NoVersion => Self::new(&codes::NOT_FOUND, "the text was never in this version"),
            MailError::Overtaken { yours, current } => Self::version_conflict(yours, current, None),
            MailError::Unfit(faults) => Self::invalid(faults),
            MailError::Db(error) => error.into(),
            MailError::Cursor(error) => error.into(),
            MailError::Secrets(error) => error.into(),
            other => Self::internal(other),
        }
    }
}
