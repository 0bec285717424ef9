//! What can go wrong with the file of a backup.

use std::io;
use std::path::{Path, PathBuf};

/// A backup cannot be written, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file already exists.
    #[error("{} exists already", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The operating system refused: no space, no right, no such folder.
    #[error("{doing} {}", .path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// What was to be put into the backup could not be read.
    #[error("what is to be backed up cannot be read")]
    Source(#[source] io::Error),
    /// The file is none of ours, or is not whole.
    #[error("{} is no whole backup: {why}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first thing that is wrong.
        why: String,
    },
    /// The visitor does not want it.
    #[error("{why}")]
    Refused {
        /// Its reason.
        why: String,
    },
    /// What was read could not be put where it belongs.
    #[error("{} of the backup cannot be taken over", .member.display())]
    Target {
        /// The member.
        member: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
}

/// Adds what was being done, and with which file.
pub(crate) fn io_at<'a>(doing: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> ArchiveError + 'a {
    move |source| ArchiveError::Io { doing, path: path.to_owned(), source }
}

#[expect(clippy::needless_pass_by_value, reason = "a caller hands over a text or an error and is done with it")]
pub(crate) fn damaged(path: &Path, why: impl ToString) -> ArchiveError {
    ArchiveError::Damaged { path: path.to_owned(), why: why.to_string() }
}
