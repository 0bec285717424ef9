//! How a link is computed. Nothing here reads or writes.

use std::{fmt, str::FromStr};

use autolytiq_kernel::{AuditEntryId, DealershipId, PersonId, RequestId, SessionId};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

/// A SHA-256.
pub(crate) type Hash = [u8; 32];

/// An entry exactly as it is stored: JSON and address as the text that is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(crate) struct StoredEntry {
    pub(crate) dealership_id: DealershipId,
    pub(crate) id: AuditEntryId,
    /// Microseconds since 1970-01-01T00:00Z.
    pub(crate) occurred_at: i64,
    pub(crate) person_id: Option<PersonId>,
    pub(crate) session_id: Option<SessionId>,
    pub(crate) role: Option<String>,
    pub(crate) job: Option<String>,
    pub(crate) request_id: RequestId,
    pub(crate) address: Option<String>,
    pub(crate) action: String,
    pub(crate) subject_kind: String,
    pub(crate) subject_id: Uuid,
    pub(crate) reason: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// What the first link of a store hashes in place of a link before it. It differs for every store, so that no chain
/// can be passed off as another's.
pub(crate) fn origin(dealership: DealershipId) -> Hash {
    let mut hash = Sha256::new();
    hash.update(b"autolytiq audit chain 1");
    hash.update(dealership.uuid().as_bytes());
    hash.finalize().into()
}

/// The link that appends this entry after `previous`.
pub(crate) fn link(previous: &Hash, sequence: i64, entry: &StoredEntry) -> Hash {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(sequence.to_be_bytes());
    hash.update(entry.dealership_id.uuid().as_bytes());
    hash.update(entry.id.uuid().as_bytes());
    hash.update(entry.occurred_at.to_be_bytes());
    hash.update(entry.request_id.uuid().as_bytes());
    hash.update(entry.subject_id.as_bytes());
    optional(&mut hash, entry.person_id.map(PersonId::uuid).as_ref().map(|id| id.as_bytes().as_slice()));
    optional(&mut hash, entry.session_id.map(SessionId::uuid).as_ref().map(|id| id.as_bytes().as_slice()));
    for text in [
        entry.role.as_deref(),
        entry.job.as_deref(),
        entry.address.as_deref(),
        Some(entry.action.as_str()),
        Some(entry.subject_kind.as_str()),
        entry.reason.as_deref(),
        entry.before.as_deref(),
        entry.after.as_deref(),
    ] {
        optional(&mut hash, text.map(str::as_bytes));
    }
    hash.finalize().into()
}

/// Presence, length and bytes, so that no two entries hash the same bytes.
fn optional(hash: &mut Sha256, bytes: Option<&[u8]>) {
    match bytes {
        None => hash.update([0]),
        Some(bytes) => {
            hash.update([1]);
            hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(bytes);
        }
    }
}

/// The end of a chain: written down somewhere else, it proves later that nothing was cut off. Reads and writes as
/// `1042:9f86d0…`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last link; links count from 1.
    pub sequence: i64,
    /// The last link.
    pub hash: [u8; 32],
}

/// A text that is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a head of a chain reads like 1042:9f86d0… with 64 hexadecimal digits")]
pub struct BadHead;

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, hex::encode(self.hash))
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Head {
    type Err = BadHead;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (sequence, digits) = text.trim().split_once(':').ok_or(BadHead)?;
        let mut hash = [0; 32];
        hex::decode_to_slice(digits, &mut hash).map_err(|_| BadHead)?;
        Ok(Self { sequence: sequence.parse().map_err(|_| BadHead)?, hash })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Head, StoredEntry, link, origin};
    use autolytiq_kernel::{DealershipId, Ids};

    fn entry() -> StoredEntry {
        let ids = Ids::sequence(1);
        StoredEntry {
            dealership_id: ids.next(),
            id: ids.next(),
            occurred_at: 1_772_463_600_000_000,
            person_id: Some(ids.next()),
            session_id: Some(ids.next()),
            role: Some("salesperson".into()),
            job: None,
            request_id: ids.next(),
            address: None,
            action: "deal.created".into(),
            subject_kind: "deal".into(),
            subject_id: ids.uuid(),
            reason: None,
            before: None,
            after: Some("{}".into()),
        }
    }

    #[test]
    fn every_field_is_in_the_link() {
        let whole = entry();
        let changes: Vec<fn(&mut StoredEntry)> = vec![
            |e| e.dealership_id = Ids::sequence(99).next(),
            |e| e.id = Ids::sequence(99).next(),
            |e| e.occurred_at += 1,
            |e| e.person_id = None,
            |e| e.session_id = None,
            |e| e.role = None,
            |e| e.job = Some(String::new()),
            |e| e.request_id = Ids::sequence(99).next(),
            |e| e.address = Some("10.0.0.1/32".into()),
            |e| e.action.push('x'),
            |e| e.subject_kind.push('x'),
            |e| e.subject_id = Ids::sequence(99).uuid(),
            |e| e.reason = Some(String::new()),
            |e| e.before = Some("{}".into()),
            |e| e.after = Some("{ }".into()),
        ];
        let sealed = link(&[0; 32], 1, &whole);
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = whole.clone();
            change(&mut changed);
            assert_ne!(link(&[0; 32], 1, &changed), sealed, "change {number}");
        }
        assert_ne!(link(&[1; 32], 1, &whole), sealed);
        assert_ne!(link(&[0; 32], 2, &whole), sealed);
    }

    #[test]
    fn chains_of_two_stores_begin_differently() {
        let ids = Ids::sequence(1);
        assert_ne!(origin(ids.next::<DealershipId>()), origin(ids.next::<DealershipId>()));
    }

    proptest! {
        #[test]
        fn text_does_not_wander_between_fields(before in ".{0,8}", after in ".{0,8}", moved in ".{1,4}") {
            let (mut one, mut two) = (entry(), entry());
            (one.before, one.after) = (Some(format!("{before}{moved}")), Some(after.clone()));
            (two.before, two.after) = (Some(before), Some(format!("{moved}{after}")));
            prop_assert_ne!(link(&[0; 32], 1, &one), link(&[0; 32], 1, &two));
        }

        #[test]
        fn a_head_reads_as_it_writes(sequence in 1_i64.., hash: [u8; 32]) {
            let head = Head { sequence, hash };
            prop_assert_eq!(head.to_string().parse::<Head>(), Ok(head));
        }
    }
}
