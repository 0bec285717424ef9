//! `autolytiq backup` and `autolytiq restore`.
//!
//! Only the private cluster is backed up: a PostgreSQL of one's own has its own means, and pretending otherwise would
//! give an operator two half backups. Everything streams; nothing is held in memory, and the only copy on disk is the
//! backup itself.

mod keys;
pub mod last;
mod restore;
mod take;

use std::io;
use std::path::PathBuf;

use autolytiq_audit::AuditError;
use autolytiq_backup::ArchiveError;
use autolytiq_cluster::ClusterError;
use autolytiq_config::Config;
use autolytiq_db::DbError;
use autolytiq_secrets::SecretsError;

use crate::database::OpenError;
use crate::keys::KeysError;

pub use autolytiq_cluster::Replay;
pub use restore::{KeySource, Wanted, restore};
pub use take::back_up;

/// Is told which step is under way, how many bytes of it are done, and of how many where that is known.
pub type Progress<'a> = &'a mut (dyn FnMut(&'static str, u64, Option<u64>) + Send);

/// A backup cannot be taken or restored. Nothing half-done is left behind.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The installation works on a PostgreSQL of one's own.
    #[error(
        "this installation works on a PostgreSQL of its own: back it up there, with pg_basebackup and its log archive, with \
         your provider's snapshots, or with pg_dump as the role autolytiq_owner, which sees every row. Keep a copy of {} \
         apart from it: without these keys protected fields cannot be read",
        .keys.display()
    )]
    OwnServer {
        /// The folder of the keys.
        keys: PathBuf,
    },
    /// No folder was named.
    #[error(
        "say where to: autolytiq backup FOLDER, or set backup.folder; a folder on another disk, best on another machine"
    )]
    NoFolder,
    /// There is nothing to be backed up.
    #[error("{} holds no installation", .0.display())]
    NothingThere(PathBuf),
    /// The folder to restore into is in use.
    #[error("{} is not empty: a restore makes a new installation and never touches one that is there; name an empty folder with --data", .0.display())]
    NotEmpty(PathBuf),
    /// It cannot be restored by this program, or was asked for in a way that does not fit.
    #[error("{0}")]
    Refused(String),
    /// The file of the backup.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The private cluster.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A query failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The keys of protected fields.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The data folder.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The audit trail could not be walked.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// A file or folder.
    #[error("{doing} {}", .path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// The report could not be written.
    #[error("cannot write the report")]
    Report(#[source] io::Error),
}

/// Refuses where the database is not ours to copy.
fn only_private(config: &Config) -> Result<(), BackupError> {
    if config.database.is_private() { Ok(()) } else { Err(BackupError::OwnServer { keys: config.data.keys() }) }
}

fn io_at<'a>(doing: &'static str, path: &'a std::path::Path) -> impl FnOnce(io::Error) -> BackupError + 'a {
    move |source| BackupError::Io { doing, path: path.to_owned(), source }
}
