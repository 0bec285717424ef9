//! Content stamps: a step whose inputs are what they were last time is not done again.
//!
//! Contents, not times: a fresh checkout, a branch switched back and forth and a touched file all count as unchanged.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::cmd;

/// Folders that are results, never inputs.
const SKIPPED: [&str; 5] = ["target", "node_modules", "dist", "pkg", ".autolytiq"];

/// The digest of a step's inputs, and the file that remembers the last one.
pub(crate) struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// Digests files and folders (given relative to the repository) together with words that decide the step too, such
    /// as a tool's version.
    pub(crate) fn of(name: &str, inputs: &[&str], words: &[&str]) -> Result<Self> {
        let mut files = Vec::new();
        for input in inputs {
            collect(&cmd::root().join(input), &mut files)?;
        }
        files.sort();
        let mut hash = Sha256::new();
        for word in words {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
        for file in files {
            let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            hash.update(file.strip_prefix(cmd::root()).unwrap_or(&file).to_string_lossy().as_bytes());
            hash.update([0]);
            hash.update(Sha256::digest(&content));
        }
        let folder = cmd::target_dir().join("xtask/stamps");
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        Ok(Self { file: folder.join(name), digest: hex::encode(hash.finalize()) })
    }

    /// The digest itself, as a word for the stamp of a step that follows.
    pub(crate) fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether the step was finished with exactly these inputs and its result is still there.
    pub(crate) fn is_fresh(&self, result: &Path) -> bool {
        result.exists() && fs::read_to_string(&self.file).is_ok_and(|last| last == self.digest)
    }

    /// Remembers that the step is finished.
    pub(crate) fn keep(&self) -> Result<()> {
        fs::write(&self.file, &self.digest).with_context(|| format!("writing {}", self.file.display()))
    }

    /// Forgets, so that a step that fails half-way is done again.
    pub(crate) fn forget(&self) {
        let _ = fs::remove_file(&self.file);
    }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            let entry = entry?;
            if !SKIPPED.iter().any(|name| entry.file_name() == *name) {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}
