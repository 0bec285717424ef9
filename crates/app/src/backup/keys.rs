//! The key files of an installation, into a backup and out of it.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};

use autolytiq_secrets::{open_with_passphrase, seal_with_passphrase};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{BackupError, io_at};

/// Key files by their path below the folder of the keys.
pub(super) type KeyFiles = BTreeMap<PathBuf, Zeroizing<Vec<u8>>>;

/// Every file of a folder of keys.
pub(super) fn read(folder: &Path) -> Result<KeyFiles, BackupError> {
    let mut files = KeyFiles::new();
    gather(folder, Path::new(""), &mut files)?;
    Ok(files)
}

fn gather(root: &Path, below: &Path, files: &mut KeyFiles) -> Result<(), BackupError> {
    let folder = root.join(below);
    for entry in fs::read_dir(&folder).map_err(io_at("reading", &folder))? {
        let entry = entry.map_err(io_at("reading", &folder))?;
        let (path, name) = (entry.path(), below.join(entry.file_name()));
        if entry.file_type().map_err(io_at("reading", &path))?.is_dir() {
            gather(root, &name, files)?;
        } else {
            files.insert(name, Zeroizing::new(fs::read(&path).map_err(io_at("reading", &path))?));
        }
    }
    Ok(())
}

/// Writes the files, for their owner alone, below a folder that has none of them yet.
pub(super) fn write(folder: &Path, files: &KeyFiles) -> Result<(), BackupError> {
    for (name, content) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(io_at("creating", parent))?;
        let mut file =
            File::options().write(true).create_new(true).mode(0o600).open(&path).map_err(io_at("creating", &path))?;
        file.write_all(content).and_then(|()| file.sync_all()).map_err(io_at("writing", &path))?;
    }
    Ok(())
}

/// The files as one member of a backup.
pub(super) fn seal(files: &KeyFiles, passphrase: &str) -> Result<Vec<u8>, BackupError> {
    let text: BTreeMap<_, _> = files.iter().map(|(name, content)| (name, STANDARD.encode(content))).collect();
    let text = Zeroizing::new(serde_json::to_vec(&text).map_err(|error| BackupError::Refused(error.to_string()))?);
    Ok(seal_with_passphrase(passphrase, &text)?)
}

/// Undoes [`seal`].
pub(super) fn open(sealed: &[u8], passphrase: &str) -> Result<KeyFiles, BackupError> {
    let text = open_with_passphrase(passphrase, sealed)?;
    let malformed = |why: String| BackupError::Refused(format!("the keys in the backup make no sense: {why}"));
    let files: BTreeMap<PathBuf, String> =
        serde_json::from_slice(&text).map_err(|error| malformed(error.to_string()))?;
    let decoded = files.into_iter().map(|(name, content)| {
        if !name.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(malformed(format!("{} is no name of a key", name.display())));
        }
        Ok((name, Zeroizing::new(STANDARD.decode(content).map_err(|error| malformed(error.to_string()))?)))
    });
    decoded.collect()
}

/// The passphrase in a file: its first line.
pub(super) fn passphrase(file: &Path) -> Result<Zeroizing<String>, BackupError> {
    let text = Zeroizing::new(fs::read_to_string(file).map_err(io_at("reading", file))?);
    match text.lines().next().map(str::trim_end) {
        Some(line) if !line.is_empty() => Ok(Zeroizing::new(line.to_owned())),
        _ => Err(io_at("reading", file)(io::Error::other("the file is empty"))),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn keys_come_back_under_their_names_for_their_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let files: KeyFiles = [("master.keys", "k1 a"), ("access/access-1.pem", "pem")]
            .map(|(name, content)| (PathBuf::from(name), Zeroizing::new(content.as_bytes().to_vec())))
            .into();
        let sealed = seal(&files, "correct horse battery").unwrap();
        write(folder.path(), &open(&sealed, "correct horse battery").unwrap()).unwrap();
        assert_eq!(read(folder.path()).unwrap(), files);
        let mode = fs::metadata(folder.path().join("access/access-1.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(write(folder.path(), &files).is_err(), "keys that are there are never replaced");
        assert!(matches!(open(&sealed, "wrong horse battery"), Err(BackupError::Secrets(_))));
    }

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        let files: KeyFiles = [(PathBuf::from("../evil"), Zeroizing::new(Vec::new()))].into();
        let sealed = seal(&files, "correct horse battery").unwrap();
        assert!(matches!(open(&sealed, "correct horse battery"), Err(BackupError::Refused(_))));
    }
}
