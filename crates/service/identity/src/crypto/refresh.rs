//! Refresh tokens: opaque, 256 random bits, kept as a hash.

use std::fmt;

use aws_lc_rs::rand;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// A refresh token as the browser carries it in its cookie.
pub(crate) struct RefreshToken(SecretString);

/// What is stored of it. SHA-256 without a salt is enough for 256 random bits: there is nothing to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RefreshDigest(pub(crate) [u8; 32]);

/// The random source of the operating system failed.
#[derive(Debug, thiserror::Error)]
#[error("the system's random source failed")]
pub(crate) struct NoRandomness;

impl RefreshToken {
    /// A new token.
    pub(crate) fn generate() -> Result<Self, NoRandomness> {
        random_text().map(|text| Self(SecretString::from(text)))
    }

    /// The text for the cookie.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What is stored.
    pub(crate) fn digest(&self) -> RefreshDigest {
        RefreshDigest::of(self.expose())
    }
}

impl RefreshDigest {
    /// The digest of whatever a client sent.
    pub(crate) fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

/// 256 random bits in the alphabet of URLs: 43 characters.
pub(crate) fn random_text() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::{RefreshDigest, RefreshToken};

    #[test]
    fn tokens_are_long_different_and_hidden() {
        let (one, two) = (RefreshToken::generate().unwrap(), RefreshToken::generate().unwrap());
        assert_eq!(one.expose().len(), 43);
        assert_ne!(one.expose(), two.expose());
        assert_eq!(one.digest(), RefreshDigest::of(one.expose()));
        assert!(!format!("{one:?}").contains(one.expose()));
    }
}
