//! The current time as a value that is handed down.
//!
//! Nothing else in the product asks the operating system for the time, so a test or a replay decides it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// Tells the time. Cheap to clone; every clone of a manual clock shows the same time.
///
/// Times are whole microseconds, which is what the database keeps: a timestamp read back equals the one written.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Microseconds since 1970-01-01T00:00Z.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The operating system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// Now, in whole microseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let microseconds = match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is the clock everyone else is sent to")]
            Source::System => Timestamp::now().as_microsecond(),
            Source::Manual(time) => time.load(Ordering::SeqCst),
        };
        from_microseconds(microseconds)
    }
}

/// The hand that moves a test's clock. Time stands still until it is moved.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `start` (cut to microseconds) until it is moved.
    #[must_use]
    pub fn starting_at(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.as_microsecond())))
    }

    /// The clock to hand to the code under test.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock(Source::Manual(Arc::clone(&self.0)))
    }

    /// Moves the time by `by`, backwards when negative.
    pub fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(by, Ordering::SeqCst);
    }

    /// Sets the time.
    pub fn set(&self, to: Timestamp) {
        self.0.store(to.as_microsecond(), Ordering::SeqCst);
    }
}

/// Saturates at the ends of what a timestamp can hold (years -9999 and 9999), which no clock reaches.
fn from_microseconds(microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(microseconds).unwrap_or(if microseconds < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::{Clock, ManualClock};

    #[test]
    fn a_manual_clock_moves_for_every_clone() {
        let hand = ManualClock::starting_at("2026-03-01T12:00:00.1234567Z".parse().unwrap());
        let (a, b) = (hand.clock(), hand.clock());
        hand.advance(SignedDuration::from_hours(1));
        assert_eq!(a.now(), b.now());
        assert_eq!(a.now().to_string(), "2026-03-01T13:00:00.123456Z", "cut to microseconds");
        hand.advance(SignedDuration::from_hours(-2));
        assert_eq!(b.now().to_string(), "2026-03-01T11:00:00.123456Z");
    }

    #[test]
    fn the_system_clock_is_in_whole_microseconds() {
        assert_eq!(Clock::system().now().as_nanosecond() % 1_000, 0);
    }
}
