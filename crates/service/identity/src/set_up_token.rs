//! The token that lets whoever started the program, and nobody else, set an empty installation up.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use aws_lc_rs::constant_time;

use crate::{crypto::refresh, error::IdentityError};

/// The token and its file. Once the installation is set up there is neither.
pub(crate) struct SetUpToken {
    file: PathBuf,
    text: Mutex<Option<String>>,
}

impl SetUpToken {
    /// Takes up the token of an earlier start, or makes one. A founded installation has none.
    pub(crate) fn open(file: PathBuf, founded: bool) -> Result<Self, IdentityError> {
        let text = if founded {
            remove(&file);
            None
        } else {
            Some(read_or_create(&file)?)
        };
        Ok(Self { file, text: Mutex::new(text) })
    }

    /// The token.
    pub(crate) fn text(&self) -> Option<String> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether this is the token, in a time that does not depend on how much of it is right.
    pub(crate) fn matches(&self, typed: &str) -> bool {
        let expected = self.text();
        expected.is_some_and(|text| constant_time::verify_slices_are_equal(text.as_bytes(), typed.as_bytes()).is_ok())
    }

    /// The installation is founded: the token is worth nothing now.
    pub(crate) fn retire(&self) {
        *self.text.lock().unwrap_or_else(PoisonError::into_inner) = None;
        remove(&self.file);
    }
}

fn read_or_create(file: &Path) -> Result<String, IdentityError> {
    let io_error = |source| IdentityError::TokenFile { path: file.to_owned(), source };
    match fs::read_to_string(file) {
        Ok(text) if text.trim().len() >= 32 => return Ok(text.trim().to_owned()),
        Ok(_) => fs::remove_file(file).map_err(io_error)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(io_error(error)),
    }
    let text = refresh::random_text()?;
    if let Some(folder) = file.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io_error)?;
    }
    let write = || {
        let mut open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
        open.write_all(format!("{text}\n").as_bytes())?;
        open.sync_all()
    };
    write().map_err(io_error)?;
    Ok(text)
}

fn remove(file: &Path) {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            // The token is refused all the same: the database knows that there is a store.
            tracing::warn!(path = %file.display(), %error, "identity.set_up_token.left_behind");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::SetUpToken;

    #[test]
    fn the_token_is_private_survives_a_restart_and_ends_with_the_set_up() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/set-up-token");
        let token = SetUpToken::open(file.clone(), false).unwrap();
        let text = token.text().unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(SetUpToken::open(file.clone(), false).unwrap().text().as_ref(), Some(&text));
        assert!(token.matches(&text));
        assert!(!token.matches("") && !token.matches(&text[1..]) && !token.matches(&format!("{text} ")));
        token.retire();
        assert!(!file.exists() && !token.matches(&text));
        assert!(SetUpToken::open(file, true).unwrap().text().is_none());
    }
}
