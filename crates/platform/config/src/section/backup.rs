//! `[backup]`

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Where backups go, and whether a restore can stop at any moment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backup {
    /// Where `autolytiq backup` writes when it is given no folder: on another disk than the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// A file with the passphrase under which the keys go into the backup; without one they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passphrase_file: Option<PathBuf>,
    /// Where the private cluster copies its write-ahead log, for `restore --to`; nowhere without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_folder: Option<PathBuf>,
    /// Seconds after which what was written is in that folder at the latest.
    pub log_seconds: u64,
}

impl Default for Backup {
    fn default() -> Self {
        Self { folder: None, passphrase_file: None, log_folder: None, log_seconds: 240 }
    }
}

impl Backup {
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !(10..=3600).contains(&self.log_seconds) {
            faults.push("backup.log_seconds must be 10 to 3600".to_owned());
        }
        if self.log_folder.as_ref().is_some_and(|folder| folder.is_relative()) {
            faults.push("backup.log_folder must be an absolute path".to_owned());
        }
        faults
    }
}
