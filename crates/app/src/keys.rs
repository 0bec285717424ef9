//! The data folder and the keys in it.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use autolytiq_config::Config;
use autolytiq_secrets::{MasterKeys, SecretsError, Vault};

/// The data folder or its keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The folder cannot be made.
    #[error("the folder {} cannot be made", .folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system reported.
        #[source]
        source: io::Error,
    },
    /// The keys cannot be read or made.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

/// Makes the data folder and its key folder, for their owner alone.
///
/// # Errors
/// [`KeysError::Folder`].
pub fn prepare_folders(config: &Config) -> Result<(), KeysError> {
    // The folder itself may be read by others: PostgreSQL runs under another account when the product is root's.
    make(&config.data.folder, 0o755)?;
    make(&config.data.keys(), 0o700)
}

/// The vault of this installation, its keys made on the first start.
///
/// # Errors
/// [`KeysError`].
pub fn vault(config: &Config) -> Result<Vault, KeysError> {
    Ok(Vault::new(MasterKeys::load_or_create(&master_keys(config))?))
}

/// The file of the master keys.
#[must_use]
pub fn master_keys(config: &Config) -> PathBuf {
    config.data.keys().join("master.keys")
}

fn make(folder: &Path, mode: u32) -> Result<(), KeysError> {
    DirBuilder::new()
        .recursive(true)
        .mode(mode)
        .create(folder)
        .map_err(|source| KeysError::Folder { folder: folder.to_owned(), source })
}
