//! What can go wrong between a data folder and a running server, each with what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// One source of PostgreSQL binaries that was tried, and why it did not serve.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The source, as a person would name it.
    pub source: String,
    /// Why it did not serve.
    pub reason: String,
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.reason)
    }
}

fn lines(attempts: &[Attempt]) -> String {
    attempts.iter().map(|attempt| format!("\n  - {attempt}")).collect()
}

/// Why the cluster cannot be opened, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No source gave usable binaries.
    #[error(
        "no PostgreSQL with pgvector found; set DATABASE_URL to your own server, or give a folder of binaries. Tried:{}",
        lines(.attempts)
    )]
    NoBinaries {
        /// Every source in the order it was tried.
        attempts: Vec<Attempt>,
    },
    /// Another process runs the cluster of this folder.
    #[error("the data folder {} is in use by another process{}", .data_dir.display(), .pid.map(|pid| format!(" (pid {pid})")).unwrap_or_default())]
    InUse {
        /// The data folder.
        data_dir: PathBuf,
        /// The process that holds it, where it could be read.
        pid: Option<u32>,
    },
    /// The folder was initialised by another major version.
    #[error(
        "{} was made by PostgreSQL {data}, the binaries are PostgreSQL {binaries}: dump it with the old binaries (pg_dump) and restore it into a new data folder, or give a folder of PostgreSQL {data} binaries",
        .folder.display()
    )]
    OtherMajor {
        /// The server's data folder.
        folder: PathBuf,
        /// The major version that made it.
        data: u32,
        /// The major version of the binaries found.
        binaries: u32,
    },
    /// The folder belongs to a user other than the one we run as.
    #[error("{} belongs to the user with id {owner}: start as that user or as root", .folder.display())]
    OtherOwner {
        /// The server's data folder.
        folder: PathBuf,
        /// Its owner.
        owner: u32,
    },
    /// As root, PostgreSQL runs under another account, and that account cannot reach the path.
    #[error(
        "PostgreSQL does not run as root, and the user with id {uid} it runs as cannot reach {}: choose another folder or open its parents for passing through (chmod o+x)",
        .path.display()
    )]
    Unreachable {
        /// What could not be reached.
        path: PathBuf,
        /// The account PostgreSQL runs as.
        uid: u32,
    },
    /// `initdb` failed.
    #[error("initialising {} failed: {detail}", .folder.display())]
    Initialise {
        /// The folder to be initialised.
        folder: PathBuf,
        /// What `initdb` said.
        detail: String,
    },
    /// The server did not come up.
    #[error("PostgreSQL did not start: {detail} (log: {})", .log.display())]
    Start {
        /// The end of its log, or what was waited for.
        detail: String,
        /// The whole log.
        log: PathBuf,
    },
    /// The server did not stop.
    #[error("PostgreSQL (pid {pid}) did not stop")]
    Stop {
        /// The postmaster.
        pid: u32,
    },
    /// The binaries in use lack a tool.
    #[error("{} has no `{name}`: set database.binaries to a folder of a complete PostgreSQL", .folder.display())]
    NoTool {
        /// The tool.
        name: &'static str,
        /// The folder of the binaries.
        folder: PathBuf,
    },
    /// The running cluster could not be copied.
    #[error("PostgreSQL could not be copied: {detail}")]
    Backup {
        /// What `pg_basebackup` said.
        detail: String,
    },
    /// A copy could not be made into a cluster.
    #[error("the database cannot be restored: {detail}")]
    Restore {
        /// Which step, and what was said.
        detail: String,
    },
    /// A folder for the archived log that PostgreSQL's shell commands cannot name.
    #[error("{} cannot hold the archived log: give an absolute path of letters, digits and / . _ - +", .folder.display())]
    ArchiveFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// A file, folder or process operation failed.
    #[error("{doing}")]
    Io {
        /// What was being done, with the path.
        doing: String,
        /// The operating system's answer.
        #[source]
        source: io::Error,
    },
}

/// Adds what was being done, and to which path, to an I/O error.
pub(crate) fn io_at<'a>(doing: &'a str, path: &'a Path) -> impl FnOnce(io::Error) -> ClusterError + 'a {
    move |source| ClusterError::Io { doing: format!("{doing} {}", path.display()), source }
}
