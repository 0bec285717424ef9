//! The data folder and the keys in it.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use autolytiq_config::Config;
use autolytiq_http::seal::Seal;
use autolytiq_secrets::{MasterKeys, SecretsError, Vault};
use aws_lc_rs::rand;
use zeroize::Zeroizing;

/// The file of the key that seals what a gateway says about a request.
const SEAL: &str = "gateway.key";
/// Its length in bytes.
const SEAL_BYTES: usize = 32;

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
    /// The file of the gateway's seal.
    #[error("the key {} cannot be read or made", .file.display())]
    Seal {
        /// Which.
        file: PathBuf,
        /// What the system reported.
        #[source]
        source: io::Error,
    },
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

/// The vault of this installation: its keys from the environment, or from their file, made on the first start.
///
/// # Errors
/// [`KeysError`].
pub fn vault(config: &Config) -> Result<Vault, KeysError> {
    Ok(match &config.keys.master {
        Some(lines) => Vault::new(MasterKeys::parse(&Zeroizing::new(lines.expose().replace(';', "\n")))?),
        None => Vault::of_file(&master_keys(config))?,
    })
}

/// The seal between the processes of this installation, its key made on the first start.
///
/// # Errors
/// [`KeysError::Seal`].
pub fn seal(config: &Config) -> Result<Seal, KeysError> {
    let file = config.data.keys().join(SEAL);
    let key = read_or_make(&file).and_then(|key| {
        Seal::new(&key).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the file is too short for a key"))
    });
    key.map_err(|source| KeysError::Seal { file, source })
}

fn read_or_make(file: &Path) -> io::Result<Vec<u8>> {
    match fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut key = vec![0; SEAL_BYTES];
            rand::fill(&mut key).map_err(io::Error::other)?;
            let mut made = File::options().write(true).create_new(true).mode(0o600).open(file)?;
            made.write_all(&key)?;
            made.sync_all()?;
            Ok(key)
        }
        read => read,
    }
}

/// The turn to start, when no other process of this installation is starting; others wait for theirs until it is
/// dropped. The first start makes keys and tokens, and the next ones find them whole.
///
/// # Errors
/// [`KeysError::Folder`].
pub fn turn_to_start(config: &Config) -> Result<Option<File>, KeysError> {
    let file = config.data.folder.join("starting.lock");
    let opened = File::options().create(true).truncate(false).write(true).mode(0o600).open(&file);
    let locked = opened.and_then(|lock| match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(None),
        // A file system without locks: then processes are to be started one after the other.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(lock)),
        Err(TryLockError::Error(error)) => Err(error),
        Ok(()) => Ok(Some(lock)),
    });
    locked.map_err(|source| KeysError::Folder { folder: file, source })
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
