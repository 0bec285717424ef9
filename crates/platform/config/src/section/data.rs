//! `[data]`

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Where the process keeps its files.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    /// The folder for keys, the set-up token and, without `DATABASE_URL`, the private PostgreSQL cluster. Made with
    /// access for its owner alone.
    pub folder: PathBuf,
}

impl Default for Data {
    fn default() -> Self {
        Self { folder: PathBuf::from(".autolytiq") }
    }
}

impl Data {
    /// The signing and encryption keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// Messages that are not sent, where no mail server is configured.
    #[must_use]
    pub fn mail(&self) -> PathBuf {
        self.folder.join("mail")
    }

    /// Text messages, where a folder takes them.
    #[must_use]
    pub fn texts(&self) -> PathBuf {
        self.folder.join("texts")
    }

    /// The one-time token of the set-up, while the installation is empty.
    #[must_use]
    pub fn setup_token(&self) -> PathBuf {
        self.folder.join("setup-token")
    }
}
