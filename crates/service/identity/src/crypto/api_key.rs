//! API keys as their owners hold them: `alq_`, the key's id, and 256 random bits.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::refresh::{NoRandomness, random_text};
use crate::domain::api_key::ApiKeyId;

/// What every key begins with, so that people and scanners of leaked secrets know one when they see it.
const PREFIX: &str = "alq_";
/// The characters of an id: 128 bits in base64.
const ID_LENGTH: usize = 22;

/// What is stored of a key's secret part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyDigest(pub(crate) [u8; 32]);

impl KeyDigest {
    /// Whether it is the digest of this secret.
    pub(crate) fn is_of(self, secret: &str) -> bool {
        let digest: [u8; 32] = Sha256::digest(secret).into();
        verify_slices_are_equal(&digest, &self.0).is_ok()
    }
}

/// The text of a new key with this id, to be shown once, and what is stored.
pub(crate) fn generate(id: ApiKeyId) -> Result<(SecretString, KeyDigest), NoRandomness> {
    let secret = random_text()?;
    let digest = KeyDigest(Sha256::digest(&secret).into());
    let text = format!("{PREFIX}{}{secret}", URL_SAFE_NO_PAD.encode(id.uuid().as_bytes()));
    Ok((SecretString::from(text), digest))
}

/// Whether a bearer token means to be a key.
pub(crate) fn is_key(bearer: &str) -> bool {
    bearer.starts_with(PREFIX)
}

/// The id and the secret of a key, if the text has the form of one.
pub(crate) fn read(bearer: &str) -> Option<(ApiKeyId, &str)> {
    let (id, secret) = bearer.strip_prefix(PREFIX)?.split_at_checked(ID_LENGTH)?;
    let bytes: [u8; 16] = URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?;
    Some((ApiKeyId::from_uuid(uuid::Uuid::from_bytes(bytes)), secret))
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::Ids;
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::{generate, is_key, read};

    #[test]
    fn a_key_is_read_back_and_no_other_secret_fits() {
        let id = Ids::sequence(1).next();
        let (text, digest) = generate(id).unwrap();
        let (read_id, secret) = read(text.expose_secret()).unwrap();
        assert_eq!((read_id, secret.len()), (id, 43));
        assert!(digest.is_of(secret));
        assert!(!digest.is_of(&secret[1..]) && !digest.is_of("") && !digest.is_of(text.expose_secret()));
        assert!(is_key(text.expose_secret()) && !is_key("eyJhbGciOiJSUzI1NiJ9.e30.x"));
    }

    #[test]
    fn no_text_makes_the_reader_stumble() {
        proptest!(|(text in "(alq_)?.{0,90}")| { let _ = read(&text); });
    }
}
