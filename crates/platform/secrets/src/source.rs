//! Where the master keys come from, and whether they are still the ones that were read.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use crate::{MasterKeys, SecretsError, master};

/// The keys of a process. A file is read again when it was changed, so that a rotation needs no restart.
pub(crate) struct Source {
    file: Option<PathBuf>,
    held: RwLock<Held>,
}

struct Held {
    keys: Arc<MasterKeys>,
    read_from: Option<Mark>,
}

/// What tells one state of the file from another.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    changed: Option<SystemTime>,
    length: u64,
    node: u64,
}

impl Source {
    /// Keys that stay as they are: from the environment.
    pub(crate) fn fixed(keys: MasterKeys) -> Self {
        Self { file: None, held: RwLock::new(Held { keys: Arc::new(keys), read_from: None }) }
    }

    /// The keys of a file, which is made when there is none.
    pub(crate) fn file(path: &Path) -> Result<Self, SecretsError> {
        let keys = MasterKeys::load_or_create(path)?;
        // Without a mark the next look reads it again: what was read may be older than what stands there.
        let held = Held { keys: Arc::new(keys), read_from: None };
        Ok(Self { file: Some(path.to_owned()), held: RwLock::new(held) })
    }

    /// Whether the keys stand in a file.
    pub(crate) fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// The keys as they are now. A file that cannot be read, or is being written, leaves those that were read before.
    pub(crate) fn keys(&self) -> Arc<MasterKeys> {
        let (held, read_from) = {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            (Arc::clone(&held.keys), held.read_from)
        };
        let Some(file) = &self.file else { return held };
        let Ok(now) = std::fs::metadata(file).map(|data| mark(&data)) else { return held };
        if read_from == Some(now) {
            return held;
        }
        match master::read(file).and_then(|text| MasterKeys::parse(&text)) {
            Ok(keys) => {
                let keys = Arc::new(keys);
                let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
                *held = Held { keys: Arc::clone(&keys), read_from: Some(now) };
                keys
            }
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "secrets.keys.not_read_again");
                held
            }
        }
    }
}

fn mark(data: &Metadata) -> Mark {
    #[cfg(unix)]
    let node = std::os::unix::fs::MetadataExt::ino(data);
    #[cfg(not(unix))]
    let node = 0;
    Mark { changed: data.modified().ok(), length: data.len(), node }
}
