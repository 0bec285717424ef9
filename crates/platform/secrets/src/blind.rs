//! Equality look-up over encrypted columns.

use crate::cipher::{Key, context};
use autolytiq_kernel::DealershipId;
use aws_lc_rs::hmac::{HMAC_SHA256, Key as MacKey, sign, verify};

/// HMAC-SHA-256 of a normalised value under the installation's index key, for one column of one store: equal values
/// have equal indexes, and nothing can be learnt from one without the key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct BlindIndex(Vec<u8>);

impl BlindIndex {
    pub(crate) fn of(key: &Key, column: &'static str, store: DealershipId, normalised: &str) -> Self {
        let input = context(&[column.as_bytes(), store.uuid().as_bytes(), normalised.as_bytes()]);
        Self(sign(&MacKey::new(HMAC_SHA256, key.bytes()), &input).as_ref().to_vec())
    }

    /// The stored bytes: 32 of them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Bytes of a seal.
pub const LINK_SEAL_BYTES: usize = 32;

/// Sets our seal under the content of a link that works without a sign-in. `purpose` keeps links of different kinds apart.
pub(crate) fn seal_link(key: &Key, purpose: &'static str, content: &[u8]) -> [u8; LINK_SEAL_BYTES] {
    let tag = sign(&MacKey::new(HMAC_SHA256, key.bytes()), &context(&[b"link", purpose.as_bytes(), content]));
    let mut seal = [0; LINK_SEAL_BYTES];
    seal.copy_from_slice(tag.as_ref());
    seal
}

/// Whether the seal is ours, compared in constant time.
pub(crate) fn is_sealed_link(key: &Key, purpose: &'static str, content: &[u8], seal: &[u8]) -> bool {
    let input = context(&[b"link", purpose.as_bytes(), content]);
    verify(&MacKey::new(HMAC_SHA256, key.bytes()), &input, seal).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{BlindIndex, is_sealed_link, seal_link};
    use crate::cipher::Key;
    use autolytiq_kernel::DealershipId;
    use uuid::Uuid;

    #[test]
    fn equal_values_meet_only_in_the_same_column_of_the_same_store() {
        let (one, two) = (DealershipId::from_uuid(Uuid::from_u128(1)), DealershipId::from_uuid(Uuid::from_u128(2)));
        let key = Key::generate().unwrap();
        let index = BlindIndex::of(&key, "customer.phone", one, "+12145550123");
        assert_eq!(index.as_bytes().len(), 32);
        assert_eq!(index, BlindIndex::of(&key, "customer.phone", one, "+12145550123"));
        assert_ne!(index, BlindIndex::of(&key, "customer.phone", two, "+12145550123"));
        assert_ne!(index, BlindIndex::of(&key, "customer.email", one, "+12145550123"));
        assert_ne!(index, BlindIndex::of(&Key::generate().unwrap(), "customer.phone", one, "+12145550123"));
    }

    #[test]
    fn a_link_is_ours_for_its_purpose_and_unaltered() {
        let key = Key::generate().unwrap();
        let seal = seal_link(&key, "unsubscribe", b"ana");
        assert!(is_sealed_link(&key, "unsubscribe", b"ana", &seal));
        assert!(!is_sealed_link(&key, "unsubscribe", b"bea", &seal));
        assert!(!is_sealed_link(&key, "reset", b"ana", &seal));
        assert!(!is_sealed_link(&key, "unsubscribe", b"ana", &seal[..31]));
        assert!(!is_sealed_link(&Key::generate().unwrap(), "unsubscribe", b"ana", &seal));
    }
}
