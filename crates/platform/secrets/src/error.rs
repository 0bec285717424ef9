//! What can go wrong with protected values.

use autolytiq_db::DbError;
use autolytiq_kernel::problem::Problem;
use std::path::PathBuf;

/// A failure that leaves the value as it was. No variant carries key or plaintext.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The key file could not be read or written.
    #[error("the key file {} could not be used", path.display())]
    KeyFile {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// The key file or the environment variable is not in its form; the text says which line and why, without the key.
    #[error("the master keys are malformed: {0}")]
    MalformedKeys(String),
    /// A value was wrapped under a master key this process does not have.
    #[error("master key '{0}' is not among the configured keys")]
    UnknownMasterKey(String),
    /// The newest master key wraps what is made now: it is not taken out.
    #[error("master key '{0}' is the newest one and in use")]
    NewestMasterKey(String),
    /// The stored bytes do not open under the key: altered, moved, or of another installation.
    #[error("a protected value does not open: it was altered, moved, or belongs to other keys")]
    DoesNotOpen,
    /// The subject was erased: its key is gone for good.
    #[error("the subject's key was destroyed")]
    Destroyed,
    /// A passphrase that could be guessed.
    #[error("a passphrase has at least {} characters", crate::PASSPHRASE_CHARACTERS)]
    WeakPassphrase,
    /// What was sealed under a passphrase does not open under this one.
    #[error("the passphrase is wrong, or what it should open was altered")]
    WrongPassphrase,
    /// The operating system gave no randomness, or the cipher refused its input.
    #[error("the cryptographic library refused")]
    Library,
    #[error("a subject key could not be stored or read")]
    Db(#[from] DbError),
}

impl From<SecretsError> for Problem {
    fn from(error: SecretsError) -> Self {
        match error {
            SecretsError::Db(error) => error.into(),
            other => Self::internal(other),
        }
    }
}
