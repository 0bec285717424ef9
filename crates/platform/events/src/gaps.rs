//! Numbers that were given out and have not been seen: their transactions are still running, or were rolled back.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// After this long a number was given up by a rollback: transactions are ended by their time-outs before.
const KEPT_FOR: SignedDuration = SignedDuration::from_secs(30);
/// More than this many are not remembered; then the oldest are forgotten.
const MOST: usize = 4_096;

/// The skipped numbers and when they were skipped.
#[derive(Debug, Default)]
pub(crate) struct Gaps(BTreeMap<i64, Timestamp>);

impl Gaps {
    /// Remembers the numbers between two that followed one another.
    pub(crate) fn note(&mut self, before: i64, after: i64, now: Timestamp) {
        let first = before.saturating_add(1).max(after.saturating_sub(i64::try_from(MOST).unwrap_or(i64::MAX)));
        self.0.extend((first..after).map(|number| (number, now)));
        while self.0.len() > MOST {
            self.0.pop_first();
        }
    }

    /// A number has turned up.
    pub(crate) fn found(&mut self, number: i64) {
        self.0.remove(&number);
    }

    /// Forgets those that cannot turn up any more.
    pub(crate) fn give_up(&mut self, now: Timestamp) {
        self.0.retain(|_, since| now.duration_since(*since) < KEPT_FOR);
    }

    /// The numbers still looked for.
    pub(crate) fn numbers(&self) -> Vec<i64> {
        self.0.keys().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::{Gaps, MOST};

    #[test]
    fn a_skipped_number_is_looked_for_until_it_turns_up_or_cannot() {
        let now = Timestamp::UNIX_EPOCH;
        let mut gaps = Gaps::default();
        gaps.note(4, 5, now);
        assert!(gaps.numbers().is_empty(), "numbers that follow one another leave no gap");
        gaps.note(5, 9, now);
        assert_eq!(gaps.numbers(), [6, 7, 8]);
        gaps.found(7);
        gaps.give_up(now + SignedDuration::from_secs(29));
        assert_eq!(gaps.numbers(), [6, 8]);
        gaps.give_up(now + SignedDuration::from_secs(30));
        assert!(gaps.numbers().is_empty());
    }

    #[test]
    fn a_huge_jump_does_not_fill_the_memory() {
        let mut gaps = Gaps::default();
        gaps.note(0, i64::MAX, Timestamp::UNIX_EPOCH);
        assert_eq!(gaps.numbers().len(), MOST);
        assert_eq!(gaps.numbers().last(), Some(&(i64::MAX - 1)), "the newest are kept");
    }
}
