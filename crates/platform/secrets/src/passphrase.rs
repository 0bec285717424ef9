//! Bytes under a passphrase, for keys that leave the installation with a backup.

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::aead::MAX_TAG_LEN;
use zeroize::Zeroizing;

use crate::SecretsError;
use crate::cipher::{KEY_LEN, Key};

/// What stands before the salt: the form, so that another can follow.
const MAGIC: &[u8] = b"autolytiq sealed 1\n";
const SALT_LEN: usize = 16;
/// Argon2id far above what a sign-in takes: it is done once, and whoever has the file can guess for years.
const MEMORY_KIB: u32 = 128 * 1024;
const PASSES: u32 = 4;
/// The shortest passphrase that is taken.
pub const PASSPHRASE_CHARACTERS: usize = 12;

/// Seals bytes so that only the passphrase opens them: Argon2id for the key, AES-256-GCM for the content.
///
/// # Errors
/// [`SecretsError::WeakPassphrase`]; [`SecretsError::Library`].
pub fn seal_with_passphrase(passphrase: &str, plain: &[u8]) -> Result<Vec<u8>, SecretsError> {
    if passphrase.chars().count() < PASSPHRASE_CHARACTERS {
        return Err(SecretsError::WeakPassphrase);
    }
    let mut salt = [0; SALT_LEN];
    aws_lc_rs::rand::fill(&mut salt).map_err(|_| SecretsError::Library)?;
    let sealed = key(passphrase, &salt)?.seal(MAGIC, plain)?;
    Ok([MAGIC, &salt, &sealed].concat())
}

/// Opens what [`seal_with_passphrase`] sealed.
///
/// # Errors
/// [`SecretsError::WrongPassphrase`], which is also what altered bytes look like.
pub fn open_with_passphrase(passphrase: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SecretsError> {
    let rest = sealed.strip_prefix(MAGIC).filter(|rest| rest.len() > SALT_LEN + MAX_TAG_LEN);
    let (salt, sealed) = rest.and_then(|rest| rest.split_at_checked(SALT_LEN)).ok_or(SecretsError::WrongPassphrase)?;
    key(passphrase, salt)?.open(MAGIC, sealed).map_err(|_| SecretsError::WrongPassphrase)
}

fn key(passphrase: &str, salt: &[u8]) -> Result<Key, SecretsError> {
    let mut bytes = Zeroizing::new([0; KEY_LEN]);
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(KEY_LEN)).map_err(|_| SecretsError::Library)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, bytes.as_mut_slice())
        .map_err(|_| SecretsError::Library)?;
    Key::from_bytes(bytes.as_slice()).ok_or(SecretsError::Library)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_passphrase_opens_it_and_only_unaltered() {
        let sealed = seal_with_passphrase("correct horse battery", b"k1 secret").unwrap();
        assert!(!sealed.windows(6).any(|bytes| bytes == b"secret"));
        assert_eq!(open_with_passphrase("correct horse battery", &sealed).unwrap().as_slice(), b"k1 secret");
        assert!(matches!(open_with_passphrase("correct horse batterz", &sealed), Err(SecretsError::WrongPassphrase)));
        let mut altered = sealed.clone();
        *altered.last_mut().unwrap() ^= 1;
        for harmed in [&altered[..], &sealed[..30], b"", &sealed[1..]] {
            let opened = open_with_passphrase("correct horse battery", harmed);
            assert!(matches!(opened, Err(SecretsError::WrongPassphrase)), "{} bytes", harmed.len());
        }
        assert!(matches!(seal_with_passphrase("too short", b"x"), Err(SecretsError::WeakPassphrase)));
    }
}
