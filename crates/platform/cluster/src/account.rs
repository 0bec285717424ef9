//! The operating-system account the server runs as.
//!
//! PostgreSQL refuses to run as root. Started by root we hand it to the data folder's owner, or to `nobody` when root
//! owns that too; started by anyone else it runs as that user.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use nix::unistd::{Uid, User};

use crate::error::{ClusterError, io_at};

/// `nobody` and `nogroup` on the Linux distributions that do not list them.
const NOBODY: u32 = 65534;

/// The account the server's processes and files belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// Whether it differs from ours, so that children change to it and files are given to it.
    pub(crate) foreign: bool,
}

impl Account {
    /// The account for a data folder that exists.
    pub(crate) fn for_folder(data_dir: &Path) -> Result<Self, ClusterError> {
        let ours = Uid::effective();
        let owner = fs::metadata(data_dir).map_err(io_at("reading", data_dir))?;
        if !ours.is_root() {
            return Ok(Self::ours());
        }
        if owner.uid() != 0 {
            return Ok(Self { uid: owner.uid(), gid: owner.gid(), foreign: true });
        }
        let nobody = User::from_name("nobody").ok().flatten();
        let (uid, gid) = nobody.map_or((NOBODY, NOBODY), |user| (user.uid.as_raw(), user.gid.as_raw()));
        Ok(Self { uid, gid, foreign: true })
    }

    /// Ourselves, for tools that need no right of the server's account.
    pub(crate) fn ours() -> Self {
        Self { uid: Uid::effective().as_raw(), gid: nix::unistd::getegid().as_raw(), foreign: false }
    }

    /// A command that runs under this account. The environment is emptied so that no `PG*` or locale variable of the
    /// caller decides anything.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C").env("TZ", "UTC");
        command.current_dir("/");
        if self.foreign {
            command.gid(self.gid).uid(self.uid);
        }
        command
    }

    /// Gives a file or folder to the account.
    pub(crate) fn own(&self, path: &Path) -> Result<(), ClusterError> {
        if self.foreign {
            std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid))
                .map_err(io_at("changing the owner of", path))?;
        }
        Ok(())
    }

    /// Whether the account may pass through every folder down to `path` and enter it.
    pub(crate) fn reaches(&self, path: &Path) -> bool {
        !self.foreign || path.ancestors().all(|folder| self.enters(folder))
    }

    fn enters(&self, folder: &Path) -> bool {
        let Ok(meta) = fs::metadata(folder) else { return false };
        let bit = if meta.uid() == self.uid {
            0o100
        } else if meta.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        meta.mode() & bit != 0
    }
}
