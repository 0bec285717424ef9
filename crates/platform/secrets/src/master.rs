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
    keys: HashMap<String, Key>,
    index: Key,
}

impl MasterKeys {
    /// Reads the keys from their text.
    ///
    /// # Errors
    /// [`SecretsError::MalformedKeys`] names the line.
    pub fn parse(text: &str) -> Result<Self, SecretsError> {
        let mut newest = None;
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
                newest.get_or_insert_with(|| id.to_owned());
                if keys.insert(id.to_owned(), key).is_some() {
                    return Err(malformed("this id stands twice"));
                }
            }
        }
        let missing = |what: &str| SecretsError::MalformedKeys(format!("{what} is missing"));
        Ok(Self {
            newest: newest.ok_or_else(|| missing("a master key"))?,
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

    /// The ids of the keys that are there.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.keys.keys().cloned().collect()
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

#[cfg(test)]
mod tests {
    use super::MasterKeys;

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
