//! Equality look-up over encrypted columns.

use crate::cipher::{Key, context};
use autolytiq_kernel::DealershipId;
use aws_lc_rs::hmac::{HMAC_SHA256, Key as MacKey, sign};

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

#[cfg(test)]
mod tests {
    use super::BlindIndex;
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
}
