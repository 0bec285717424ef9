//! The data folder of `cargo xtask up` and of the browser tests, and the promise not to touch anybody else's.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::product;

/// Says that `up` made the folder: only such a folder gets a demo dealership or is emptied.
const MARK: &str = "made-by-xtask-up";
/// The process and the port of the product that runs on the folder.
const RUNNING: &str = "running";
/// Where PostgreSQL's files go when its account cannot reach the data folder (crates/platform/cluster/src/layout.rs).
const SYSTEM_HOME: &str = "/var/lib/autolytiq";

pub(crate) struct DataFolder {
    path: PathBuf,
}

impl DataFolder {
    /// The folder, which must be ours, empty or not there yet.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let folder = Self { path: path.to_owned() };
        let strange = path.exists() && !folder.path.join(MARK).exists() && fs::read_dir(path)?.next().is_some();
        if strange {
            bail!(
                "{} was not made by `cargo xtask up`, which would put a demo dealership into it: choose another with --data",
                path.display()
            );
        }
        Ok(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Creates it and marks it as ours.
    pub(crate) fn claim(&self) -> Result<()> {
        fs::create_dir_all(&self.path).with_context(|| format!("creating {}", self.path.display()))?;
        let mark = self.path.join(MARK);
        fs::write(&mark, "`cargo xtask up --fresh` empties this folder.\n")
            .with_context(|| format!("writing {}", mark.display()))
    }

    /// The port of the product that runs on it, when one does.
    pub(crate) fn running(&self) -> Option<u16> {
        let text = fs::read_to_string(self.path.join(RUNNING)).ok()?;
        let (pid, port) = text.trim().split_once(' ')?;
        let (pid, port): (u32, u16) = (pid.parse().ok()?, port.parse().ok()?);
        (Path::new(&format!("/proc/{pid}")).exists() && product::answers(port, "/live")).then_some(port)
    }

    pub(crate) fn remember(&self, pid: u32, port: u16) -> Result<()> {
        let file = self.path.join(RUNNING);
        fs::write(&file, format!("{pid} {port}\n")).with_context(|| format!("writing {}", file.display()))
    }

    pub(crate) fn forget(&self) {
        let _ = fs::remove_file(self.path.join(RUNNING));
    }

    /// Throws everything in it away, and PostgreSQL's files where they had to live elsewhere.
    pub(crate) fn empty(&self) -> Result<()> {
        if !self.path.exists() {
            return Ok(());
        }
        let cluster = self.path.join("cluster");
        if let Ok(elsewhere) = fs::read_link(&cluster)
            && elsewhere.parent() == Some(Path::new(SYSTEM_HOME))
            && elsewhere.exists()
        {
            fs::remove_dir_all(&elsewhere).with_context(|| format!("removing {}", elsewhere.display()))?;
        }
        fs::remove_dir_all(&self.path).with_context(|| format!("removing {}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_folder_of_our_own_is_opened() {
        let temp = tempfile::tempdir().unwrap();
        let missing = temp.path().join("missing");
        let folder = DataFolder::open(&missing).unwrap();
        folder.claim().unwrap();
        fs::write(missing.join("more"), "").unwrap();
        assert!(DataFolder::open(&missing).is_ok());

        let theirs = temp.path().join("theirs");
        fs::create_dir(&theirs).unwrap();
        assert!(DataFolder::open(&theirs).is_ok(), "an empty folder is free");
        fs::write(theirs.join("precious"), "").unwrap();
        assert!(DataFolder::open(&theirs).is_err());
    }

    #[test]
    fn a_product_that_is_gone_does_not_count_as_running() {
        let temp = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(temp.path()).unwrap();
        assert_eq!(folder.running(), None);
        folder.remember(std::process::id(), product::free_port().unwrap()).unwrap();
        assert_eq!(folder.running(), None, "nobody listens there");
    }
}
