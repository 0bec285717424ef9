//! The files of the signing keys.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;

use super::{KeyError, SigningKey};

const PREFIX: &str = "access-";
const SUFFIX: &str = ".pem";

/// Makes the folder, closed to other users.
pub(super) fn prepare_folder(folder: &Path) -> Result<(), KeyError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io_error(folder))
}

/// Every key in the folder. A file that another process deletes meanwhile is passed over.
pub(super) fn read_all(folder: &Path) -> Result<Vec<Arc<SigningKey>>, KeyError> {
    let mut keys = Vec::new();
    for entry in fs::read_dir(folder).map_err(io_error(folder))? {
        let path = entry.map_err(io_error(folder))?.path();
        let Some(made_at) = made_at(&path) else { continue };
        let mode = match fs::metadata(&path) {
            Ok(metadata) => metadata.permissions().mode(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(io_error(&path)(error)),
        };
        if mode & 0o077 != 0 {
            return Err(KeyError::Exposed { path });
        }
        match fs::read(&path) {
            Ok(pem) => keys.push(Arc::new(SigningKey::from_pem(&pem, made_at, path)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(io_error(&path)(error)),
        }
    }
    Ok(keys)
}

/// Generates a key of 2048 bits and writes it down. The file appears whole or not at all.
pub(super) fn create(folder: &Path, now: Timestamp) -> Result<(), KeyError> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Generate)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Generate)?;
    let pem = to_pem(der.as_ref());
    let path = folder.join(format!("{PREFIX}{}{SUFFIX}", now.as_millisecond()));
    let key = SigningKey::from_pem(pem.as_bytes(), now, path)?;
    // Two keys of one millisecond keep apart by their ids.
    let id: String = key.kid().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let path = folder.join(format!("{PREFIX}{}-{id}{SUFFIX}", now.as_millisecond()));
    let draft = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(pem.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, &path)?;
        fs::File::open(folder)?.sync_all()
    };
    write().map_err(io_error(&path))
}

/// Deletes a key; it may be gone already.
pub(super) fn remove(path: &Path) -> Result<(), KeyError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(path)(error)),
        _ => Ok(()),
    }
}

/// When the key was made, by its file's name; nothing for a file that is none of ours.
fn made_at(path: &Path) -> Option<Timestamp> {
    let name = path.file_name()?.to_str()?.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let (milliseconds, _id) = name.split_once('-')?;
    Timestamp::from_millisecond(milliseconds.parse().ok()?).ok()
}

/// RFC 7468: base64 in lines of 64 characters.
fn to_pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.extend(line.iter().copied().map(char::from));
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> KeyError {
    let path: PathBuf = path.to_owned();
    move |source| KeyError::Io { path, source }
}
