//! AES-256-GCM with the context bound in: which column, which store, which row.

use crate::{Protected, SecretsError};
use autolytiq_kernel::DealershipId;
use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Bytes of a key.
pub(crate) const KEY_LEN: usize = 32;
/// First byte of everything sealed, so that another scheme can follow.
const VERSION: u8 = 1;

/// Where a protected value stands. The place is bound into the ciphertext: a value copied to another column, store or
/// row does not open there.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// `table.column`.
    pub column: &'static str,
    /// The store that owns the row.
    pub store: DealershipId,
    /// The row.
    pub row: Uuid,
}

impl Field {
    fn bound(self) -> Vec<u8> {
        context(&[self.column.as_bytes(), self.store.uuid().as_bytes(), self.row.as_bytes()])
    }
}

/// A sealed value as it is stored: version, nonce, ciphertext and tag.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Bytes that were stored somewhere else than in a column of their own.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The stored bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A 256-bit key that is wiped when dropped.
pub(crate) struct Key(Zeroizing<[u8; KEY_LEN]>);

impl Key {
    pub(crate) fn generate() -> Result<Self, SecretsError> {
        let mut bytes = Zeroizing::new([0; KEY_LEN]);
        aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_| SecretsError::Library)?;
        Ok(Self(bytes))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    pub(crate) fn seal_value(&self, field: Field, value: &Protected) -> Result<Sealed, SecretsError> {
        self.seal(&field.bound(), value.expose().as_bytes()).map(Sealed)
    }

    pub(crate) fn open_value(&self, field: Field, sealed: &Sealed) -> Result<Protected, SecretsError> {
        let plain = self.open(&field.bound(), &sealed.0)?;
        let text = std::str::from_utf8(&plain).map_err(|_| SecretsError::DoesNotOpen)?;
        Ok(Protected::new(text.to_owned()))
    }

    pub(crate) fn seal(&self, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, SecretsError> {
        let key = self.cipher()?;
        let mut text = plain.to_vec();
        let nonce = key.seal_in_place_append_tag(Aad::from(bound), &mut text).map_err(|_| SecretsError::Library)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(&text);
        Ok(sealed)
    }

    pub(crate) fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SecretsError> {
        let rest = sealed.strip_prefix(&[VERSION]).ok_or(SecretsError::DoesNotOpen)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(SecretsError::DoesNotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SecretsError::DoesNotOpen)?;
        let mut text = Zeroizing::new(text.to_vec());
        let length = self
            .cipher()?
            .open_in_place(nonce, Aad::from(bound), text.as_mut_slice())
            .map_err(|_| SecretsError::DoesNotOpen)?
            .len();
        text.truncate(length);
        Ok(text)
    }

    fn cipher(&self) -> Result<RandomizedNonceKey, SecretsError> {
        RandomizedNonceKey::new(&AES_256_GCM, self.bytes()).map_err(|_| SecretsError::Library)
    }
}

/// Joins parts so that no two lists of parts give the same bytes: each is preceded by its length.
pub(crate) fn context(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::new();
    for part in parts {
        joined.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{Field, Key, Sealed};
    use crate::{Protected, SecretsError};
    use autolytiq_kernel::DealershipId;
    use uuid::Uuid;

    fn field(row: u128) -> Field {
        Field { column: "customer.born", store: DealershipId::from_uuid(Uuid::from_u128(1)), row: Uuid::from_u128(row) }
    }

    #[test]
    fn a_value_opens_where_it_was_sealed_and_nowhere_else() {
        let key = Key::generate().unwrap();
        let sealed = key.seal_value(field(7), &Protected::new("1990-04-01".into())).unwrap();
        assert_eq!(key.open_value(field(7), &sealed).unwrap().expose(), "1990-04-01");
        assert!(!sealed.as_bytes().windows(4).any(|w| w == b"1990"));
        assert!(matches!(key.open_value(field(8), &sealed), Err(SecretsError::DoesNotOpen)));
        let other = Field { column: "customer.licence", ..field(7) };
        assert!(matches!(key.open_value(other, &sealed), Err(SecretsError::DoesNotOpen)));
        assert!(matches!(Key::generate().unwrap().open_value(field(7), &sealed), Err(SecretsError::DoesNotOpen)));
    }

    #[test]
    fn every_altered_byte_is_noticed() {
        let key = Key::generate().unwrap();
        let sealed = key.seal_value(field(7), &Protected::new("secret".into())).unwrap();
        for at in 0..sealed.as_bytes().len() {
            let mut bytes = sealed.as_bytes().to_vec();
            bytes[at] ^= 1;
            assert!(key.open_value(field(7), &Sealed(bytes)).is_err(), "byte {at}");
        }
        for length in 0..sealed.as_bytes().len() {
            assert!(
                key.open_value(field(7), &Sealed(sealed.as_bytes()[..length].to_vec())).is_err(),
                "cut at {length}"
            );
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let key = Key::generate().unwrap();
        let value = Protected::new("secret".into());
        assert_ne!(key.seal_value(field(7), &value).unwrap(), key.seal_value(field(7), &value).unwrap());
    }
}
