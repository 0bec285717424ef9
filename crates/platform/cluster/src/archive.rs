//! Archiving the write-ahead log, so that a restore can stop at any moment since a backup.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::error::ClusterError;
use crate::layout::private_folder;

/// Where finished pieces of the write-ahead log (16 MB, compressed) are copied to, and how soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogArchive {
    /// The folder, on another disk than the data. It belongs to the server's account.
    pub folder: PathBuf,
    /// A piece that was written to is finished after so many seconds at the latest: what a lost disk can cost.
    pub seconds: u64,
}

impl LogArchive {
    /// Makes the folder and answers the server's settings.
    pub(crate) fn prepare(&self, account: Account) -> Result<BTreeMap<String, String>, ClusterError> {
        let folder = quoted(&self.folder)?;
        private_folder(&self.folder, account)?;
        account.own(&self.folder)?;
        // A piece appears under its name only when it is whole and on the disk; one that was archived before a crash is
        // replaced by the same bytes.
        let copy =
            format!("gzip -1 < %p > {folder}/%f.part && sync {folder}/%f.part && mv {folder}/%f.part {folder}/%f.gz");
        let settings = [
            ("archive_mode", "on".to_owned()),
            ("archive_command", copy),
            ("archive_timeout", self.seconds.to_string()),
        ];
        Ok(settings.map(|(name, value)| (name.to_owned(), value)).into())
    }
}

/// The path for use in a shell command of PostgreSQL's; only what needs no quoting passes.
pub(crate) fn quoted(folder: &Path) -> Result<String, ClusterError> {
    let refused = || ClusterError::ArchiveFolder { folder: folder.to_owned() };
    let text = folder.to_str().ok_or_else(refused)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(&byte);
    if folder.is_absolute() && text.bytes().all(plain) { Ok(text.to_owned()) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_a_shell_could_read_differently_is_refused() {
        assert_eq!(quoted(Path::new("/srv/wal-1")).unwrap(), "/srv/wal-1");
        for path in ["wal", "/srv/a b", "/srv/$(id)", "/srv/%p", "/srv/'x'"] {
            assert!(quoted(Path::new(path)).is_err(), "{path}");
        }
    }
}
