//! The RSA keys that sign access tokens: generated into the data folder, rotated with an overlap.
//!
//! Each key is a PKCS#8 PEM file of mode 0600, named by the millisecond it was made in and its id. The newest signs; an
//! older one still verifies until every token it signed has expired, and is then deleted. Several processes may share
//! the folder: one that meets an unknown `kid` reads the folder again, at most once a second.

mod file;

use std::{
    collections::BTreeMap,
    io,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};

use super::access;

/// A key signs for at most this long.
const ROTATE_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a key verifies after a newer one took over: a token's life, and a minute for clocks and caches that lag.
const OVERLAP: SignedDuration = SignedDuration::from_secs(access::LIFETIME.as_secs() + 60);
/// An unknown `kid` makes us look at the folder, but not more often than this.
const REREAD_AFTER: SignedDuration = SignedDuration::from_secs(1);

/// Why the keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The folder or a file in it cannot be read or written.
    #[error("the signing keys in {path} cannot be read or written")]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Other users of the machine may read a private key.
    #[error("{path} can be read by others; make it private with chmod 600")]
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// A file is no RSA key.
    #[error("{path} holds no RSA private key")]
    Unreadable {
        /// The file.
        path: PathBuf,
    },
    /// No key could be made.
    #[error("no RSA key could be generated")]
    Generate,
    /// The signature failed.
    #[error("an access token could not be signed")]
    Sign(#[source] jsonwebtoken::errors::Error),
}

/// One key.
pub(crate) struct SigningKey {
    kid: String,
    made_at: Timestamp,
    encoding: EncodingKey,
    decoding: Arc<DecodingKey>,
    public: Jwk,
    path: PathBuf,
}

impl SigningKey {
    /// Reads a key from PEM; its id is the thumbprint of its public half (RFC 7638).
    fn from_pem(pem: &[u8], made_at: Timestamp, path: PathBuf) -> Result<Self, KeyError> {
        let unreadable = || KeyError::Unreadable { path: path.clone() };
        let encoding = EncodingKey::from_rsa_pem(pem).map_err(|_| unreadable())?;
        let mut public = Jwk::from_encoding_key(&encoding, Algorithm::RS256).map_err(|_| unreadable())?;
        let kid = public.thumbprint(ThumbprintHash::SHA256).map_err(|_| unreadable())?;
        public.common.key_id = Some(kid.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        let decoding = Arc::new(DecodingKey::from_jwk(&public).map_err(|_| unreadable())?);
        Ok(Self { kid, made_at, encoding, decoding, public, path })
    }

    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    pub(crate) fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }
}

/// The keys in use. There is always one that signs.
pub(crate) struct KeyRing {
    folder: PathBuf,
    ring: RwLock<Ring>,
}

struct Ring {
    signing: Arc<SigningKey>,
    /// All keys that verify, the signing one among them, by their ids.
    known: BTreeMap<String, Arc<SigningKey>>,
    read_at: Timestamp,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRing").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl KeyRing {
    /// Opens the folder, and makes the first key if there is none.
    pub(crate) fn open(folder: PathBuf, now: Timestamp) -> Result<Self, KeyError> {
        file::prepare_folder(&folder)?;
        if file::read_all(&folder)?.is_empty() {
            file::create(&folder, now)?;
        }
        let ring = Ring::read(&folder, now)?;
        Ok(Self { folder, ring: RwLock::new(ring) })
    }

    /// The key that signs.
    pub(crate) fn signing(&self) -> Arc<SigningKey> {
        Arc::clone(&self.read().signing)
    }

    /// The key to verify with, by the id that a token names.
    pub(crate) fn verifying(&self, kid: &str, now: Timestamp) -> Option<Arc<DecodingKey>> {
        let find = |ring: &Ring| ring.known.get(kid).map(|key| Arc::clone(&key.decoding));
        {
            let ring = self.read();
            if let Some(key) = find(&ring) {
                return Some(key);
            }
            if now.duration_since(ring.read_at) < REREAD_AFTER {
                return None;
            }
        }
        match self.reread(now) {
            Ok(()) => find(&self.read()),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "identity.keys.reread");
                None
            }
        }
    }

    /// Makes a new key that signs from now on. Tokens of the old one stay valid until they expire.
    pub(crate) fn rotate(&self, now: Timestamp) -> Result<(), KeyError> {
        file::create(&self.folder, now)?;
        self.reread(now)
    }

    /// What is due: takes up keys of other processes, rotates a key that has signed for 30 days, deletes keys that no
    /// valid token can name any more.
    pub(crate) fn maintain(&self, now: Timestamp) -> Result<(), KeyError> {
        self.reread(now)?;
        if now.duration_since(self.signing().made_at) >= ROTATE_AFTER {
            self.rotate(now)?;
        }
        let stale: Vec<PathBuf> = {
            let ring = self.read();
            let signing_since = ring.signing.made_at;
            let over = now.duration_since(signing_since) >= OVERLAP;
            let old = ring.known.values().filter(|key| over && key.kid != ring.signing.kid);
            old.map(|key| key.path.clone()).collect()
        };
        for path in &stale {
            file::remove(path)?;
        }
        if stale.is_empty() { Ok(()) } else { self.reread(now) }
    }

    /// The public halves of every key that verifies, newest first (RFC 7517).
    pub(crate) fn jwks(&self) -> JwkSet {
        let ring = self.read();
        let mut keys: Vec<_> = ring.known.values().collect();
        keys.sort_by_key(|key| std::cmp::Reverse(key.made_at));
        JwkSet { keys: keys.into_iter().map(|key| key.public.clone()).collect() }
    }

    fn reread(&self, now: Timestamp) -> Result<(), KeyError> {
        let ring = Ring::read(&self.folder, now)?;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        Ok(())
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Ring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    fn read(folder: &std::path::Path, now: Timestamp) -> Result<Self, KeyError> {
        let keys = file::read_all(folder)?;
        let Some(signing) = keys.iter().max_by(|a, b| (a.made_at, &a.kid).cmp(&(b.made_at, &b.kid))).cloned() else {
            return Err(KeyError::Unreadable { path: folder.to_owned() });
        };
        let known = keys.into_iter().map(|key| (key.kid.clone(), key)).collect();
        Ok(Self { signing, known, read_at: now })
    }
}

#[cfg(test)]
mod tests;
