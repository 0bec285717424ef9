//! The installation's master keys, from a file or the environment.
//!
//! The text has a line per key: `<id> <base64 of 32 bytes>`, the newest first, and one line `index <base64>` for the key
//! of the blind indexes, which stays when master keys rotate. Empty lines and lines that begin with `#` are skipped.

use crate::SecretsError;
use crate::cipher::Key;
use base64::{Engine, engine::general_purpose::STANDARD};
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use zeroize::Zeroizing;

const INDEX: &str = "index";
const FIRST: &str = "k1";

/// The keys that wrap the data keys, and the key of the blind indexes.
pub struct MasterKeys {
    newest: String,
    /// Every id, the newest first.
    ids: Vec<String>,
    keys: HashMap<String, Key>,
    index: Key,
}

impl MasterKeys {
    /// Reads the keys from their text.
    ///
    /// # Errors
    /// [`SecretsError::MalformedKeys`] names the line.
    pub fn parse(text: &str) -> Result<Self, SecretsError> {
        let mut ids = Vec::new();
        let mut keys = HashMap::new();
        let mut index = None;
        for (number, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let malformed = |why: &str| SecretsError::MalformedKeys(format!("line {}: {why}", number + 1));
            let (id, encoded) = line.split_once(' ').ok_or_else(|| malformed("expected an id, a space and a key"))?;
            let bytes =
                Zeroizing::new(STANDARD.decode(encoded.trim()).map_err(|_| malformed("the key is not base64"))?);
            let key = Key::from_bytes(&bytes).ok_or_else(|| malformed("a key has 32 bytes"))?;
            if id == INDEX {
                if index.replace(key).is_some() {
                    return Err(malformed("there is only one index key"));
                }
            } else {
                ids.push(id.to_owned());
                if keys.insert(id.to_owned(), key).is_some() {
                    return Err(malformed("this id stands twice"));
                }
            }
        }
        let missing = |what: &str| SecretsError::MalformedKeys(format!("{what} is missing"));
        Ok(Self {
            newest: ids.first().cloned().ok_or_else(|| missing("a master key"))?,
            ids,
            keys,
            index: index.ok_or_else(|| missing("the line 'index'"))?,
        })
    }

    /// Reads the key file, or makes one with new keys, readable by its owner alone, when there is none.
    ///
    /// # Errors
    /// [`SecretsError::KeyFile`], [`SecretsError::MalformedKeys`].
    pub fn load_or_create(path: &Path) -> Result<Self, SecretsError> {
        let failed = |source| SecretsError::KeyFile { path: path.to_owned(), source };
        match std::fs::read_to_string(path).map(Zeroizing::new) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Self::create(path, FIRST)?;
                // Read back: what counts is what the next start will find.
                Self::parse(&Zeroizing::new(std::fs::read_to_string(path).map_err(failed)?))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The ids of all master keys, the newest first.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Writes a new master key above the others in the key file and returns its id. Running processes see it at once.
    ///
    /// # Errors
    /// [`SecretsError::KeyFile`], [`SecretsError::MalformedKeys`].
    pub fn add(path: &Path) -> Result<String, SecretsError> {
        let text = read(path)?;
        let keys = Self::parse(&text)?;
        let number = |id: &String| id.strip_prefix('k').and_then(|digits| digits.parse::<u64>().ok());
        let next = keys.ids.iter().filter_map(number).max().unwrap_or(0).saturating_add(1);
        let id = format!("k{next}");
        let line = Zeroizing::new(format!("{id} {}\n", STANDARD.encode(Key::generate()?.bytes())));
        let above = first_key_line(&text);
        let (head, tail) = text.split_at_checked(above).unwrap_or((&text, ""));
        replace(path, &Zeroizing::new([head, &line, tail].concat()))?;
        Ok(id)
    }

    /// Takes a master key out of the key file. That nothing stands under it any more is the caller's to know.
    ///
    /// # Errors
    /// [`SecretsError::UnknownMasterKey`]; [`SecretsError::NewestMasterKey`]; as [`MasterKeys::add`].
    pub fn remove(path: &Path, id: &str) -> Result<(), SecretsError> {
        let text = read(path)?;
        let keys = Self::parse(&text)?;
        keys.by_id(id)?;
        if keys.newest == id {
            return Err(SecretsError::NewestMasterKey(id.to_owned()));
        }
        let kept = text.lines().filter(|line| line.trim().split_once(' ').is_none_or(|(known, _)| known != id));
        let kept = Zeroizing::new(kept.flat_map(|line| [line, "\n"]).collect::<String>());
        replace(path, &kept)
    }

    /// Writes a key file with new keys, the master key under the given id. Where the old keys are lost, an id of its own
    /// keeps what stands under them apart, so that their lines can still be put back.
    ///
    /// # Errors
    /// [`SecretsError::KeyFile`] when the file exists or cannot be written.
    pub fn create(path: &Path, id: &str) -> Result<(), SecretsError> {
        let text = Self::fresh_text(id)?;
        write_new(path, &text).map_err(|source| SecretsError::KeyFile { path: path.to_owned(), source })
    }

    fn fresh_text(id: &str) -> Result<Zeroizing<String>, SecretsError> {
        let line = |id: &str| Ok::<_, SecretsError>(format!("{id} {}\n", STANDARD.encode(Key::generate()?.bytes())));
        Ok(Zeroizing::new(format!(
            "# Master keys of this installation. Without this file protected fields cannot be read again: back it up apart from\n\
             # the database.\n{}{}",
            line(id)?,
            line(INDEX)?
        )))
    }

    /// The id and the key that new data keys are wrapped under.
    pub(crate) fn newest(&self) -> Result<(&str, &Key), SecretsError> {
        Ok((&self.newest, self.by_id(&self.newest)?))
    }

    pub(crate) fn by_id(&self, id: &str) -> Result<&Key, SecretsError> {
        self.keys.get(id).ok_or_else(|| SecretsError::UnknownMasterKey(id.to_owned()))
    }

    pub(crate) fn index(&self) -> &Key {
        &self.index
    }
}

impl std::fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MasterKeys")
            .field("newest", &self.newest)
            .field("count", &self.keys.len())
            .finish_non_exhaustive()
    }
}

/// Writes a file that nobody else can read and that did not exist before.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

pub(crate) fn read(path: &Path) -> Result<Zeroizing<String>, SecretsError> {
    let read = std::fs::read_to_string(path).map(Zeroizing::new);
    read.map_err(|source| SecretsError::KeyFile { path: path.to_owned(), source })
}

/// Where the first line that is neither empty nor a note begins.
fn first_key_line(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() && !line.trim().starts_with('#') {
            break;
        }
        at += line.len();
    }
    at
}

/// Puts a file in the place of another, whole or not at all.
fn replace(path: &Path, text: &str) -> Result<(), SecretsError> {
    let next = path.with_extension("keys.next");
    let written = std::fs::remove_file(&next)
        .or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
        .and_then(|()| write_new(&next, text))
        .and_then(|()| std::fs::rename(&next, path))
        // The name itself lasts only when its folder is written too.
        .and_then(|()| path.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all()));
    written.map_err(|source| SecretsError::KeyFile { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::MasterKeys;
    use crate::SecretsError;

    #[test]
    fn a_key_is_added_above_the_others_and_an_old_one_taken_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.keys");
        let first = MasterKeys::load_or_create(&path).unwrap();
        assert_eq!(MasterKeys::add(&path).unwrap(), "k2");
        assert_eq!(MasterKeys::add(&path).unwrap(), "k3");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# Master keys of this installation."), "its notes stay on top");
        let keys = MasterKeys::parse(&text).unwrap();
        assert_eq!(keys.ids(), ["k3", "k2", "k1"]);
        assert_eq!(keys.by_id("k1").unwrap().bytes(), first.by_id("k1").unwrap().bytes());
        assert_eq!(keys.index().bytes(), first.index().bytes());

        assert!(matches!(MasterKeys::remove(&path, "k3"), Err(SecretsError::NewestMasterKey(id)) if id == "k3"));
        assert!(matches!(MasterKeys::remove(&path, "index"), Err(SecretsError::UnknownMasterKey(_))));
        MasterKeys::remove(&path, "k2").unwrap();
        let keys = MasterKeys::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(keys.ids(), ["k3", "k1"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_file_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.keys");
        let made = MasterKeys::load_or_create(&path).unwrap();
        let read = MasterKeys::load_or_create(&path).unwrap();
        assert_eq!(made.newest().unwrap().1.bytes(), read.newest().unwrap().1.bytes());
        assert_eq!(made.index().bytes(), read.index().bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn malformed_keys_name_the_line_and_not_the_key() {
        let key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        for (text, why) in [
            ("", "a master key is missing"),
            (&*format!("k1 {key}"), "the line 'index' is missing"),
            (&*format!("# note\nk1 {key}\nk1 {key}\nindex {key}"), "line 3: this id stands twice"),
            ("k1 !!!", "line 1: the key is not base64"),
            ("k1 QUJD", "line 1: a key has 32 bytes"),
            ("k1", "line 1: expected an id, a space and a key"),
        ] {
            let error = MasterKeys::parse(text).unwrap_err().to_string();
            assert_eq!(error, format!("the master keys are malformed: {why}"));
        }
        assert!(MasterKeys::parse(&format!("k2 {key}\nk1 {key}\nindex {key}")).is_ok_and(|keys| keys.newest == "k2"));
    }
}
