//! The note of the last backup, for `autolytiq doctor`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What was written last, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LastBackup {
    /// When it was begun.
    pub taken_at: Timestamp,
    /// The file.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Whether the keys are in it.
    pub holds_keys: bool,
}

/// The note of a data folder; none when no backup was taken, or the note cannot be read.
#[must_use]
pub fn read(data: &Path) -> Option<LastBackup> {
    serde_json::from_slice(&fs::read(path(data)).ok()?).ok()
}

/// Replaces the note.
pub(super) fn write(data: &Path, last: &LastBackup) -> io::Result<()> {
    let beside = path(data).with_extension("part");
    fs::write(&beside, serde_json::to_vec_pretty(last)?)?;
    fs::rename(beside, path(data))
}

fn path(data: &Path) -> PathBuf {
    data.join("last-backup.json")
}
