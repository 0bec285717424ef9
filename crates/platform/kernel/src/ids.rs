//! The generator of ids, handed down like the clock.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use uuid::{Builder, Uuid};

use crate::Id;

/// Makes UUIDv7 ids, each greater than the one before it from the same process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ids(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Sequence(Arc<AtomicU64>),
}

/// 2025-06-15T00:00:00Z, the instant that ids of a sequence carry.
const SEQUENCE_EPOCH_MILLISECONDS: u64 = 1_749_945_600_000;

impl Ids {
    /// Ids from the operating system's time and randomness.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The same ids in the same order on every run, for tests and replays. Sequences that start `1 << 32` apart do not
    /// meet in practice.
    #[must_use]
    pub fn sequence(start: u64) -> Self {
        Self(Source::Sequence(Arc::new(AtomicU64::new(start))))
    }

    /// A new id: `let deal: DealId = ids.next();`
    #[must_use]
    pub fn next<T: Id>(&self) -> T {
        T::from_uuid(self.uuid())
    }

    /// A new id for something that has no noun of its own.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is the generator everyone else is sent to")]
            Source::System => Uuid::now_v7(),
            Source::Sequence(next) => {
                let number = next.fetch_add(1, Ordering::SeqCst).to_be_bytes();
                let mut tail = [0_u8; 10];
                tail[2..].copy_from_slice(&number);
                Builder::from_unix_timestamp_millis(SEQUENCE_EPOCH_MILLISECONDS, &tail).into_uuid()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;
    use crate::{DealId, Id};

    #[test]
    fn a_sequence_repeats_itself_and_ascends() {
        let take = || {
            let ids = Ids::sequence(7);
            (0..300).map(|_| ids.next::<DealId>()).collect::<Vec<_>>()
        };
        let first = take();
        assert_eq!(first, take());
        assert!(first.is_sorted());
        assert!(first.iter().all(|id| id.uuid().get_version_num() == 7));
    }

    #[test]
    fn the_system_makes_version_7_in_order() {
        let ids = Ids::system();
        let made: Vec<DealId> = (0..1_000).map(|_| ids.next()).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(made.iter().all(|id| Id::uuid(*id).get_version_num() == 7));
    }
}
