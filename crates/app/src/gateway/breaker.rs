//! Leaves a process alone that does not answer.
//!
//! After a few failures in a row requests are refused at once, instead of each waiting for a time-out. After a pause one
//! request is let through to see: its answer opens the way for all, its failure begins a longer pause.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Failures in a row after which requests are refused.
const FAILURES: u32 = 5;
/// The first pause, doubled up to the longest; each is longer or shorter by up to a quarter, so that several gateways do
/// not come back together.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// What is known of one process.
#[derive(Debug)]
pub(crate) struct Breaker(Mutex<State>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    /// It answers, or failed only so often in a row.
    Closed { failures: u32 },
    /// It is left alone until then.
    Open { until: Instant, pause: Duration },
    /// One request is out to see.
    Trying { pause: Duration },
}

/// Leave to send one request. Dropped without a word it says nothing about the process.
#[derive(Debug)]
pub(crate) struct Trial<'a> {
    breaker: &'a Breaker,
    /// The pause that this request ends or doubles; none in good times.
    probing: Option<Duration>,
}

impl Breaker {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(State::Closed { failures: 0 }))
    }

    /// Leave to send a request, or how long there is none.
    pub(crate) fn admit(&self) -> Result<Trial<'_>, Duration> {
        self.admit_at(Instant::now())
    }

    fn admit_at(&self, now: Instant) -> Result<Trial<'_>, Duration> {
        let mut state = self.state();
        match *state {
            State::Closed { .. } => Ok(Trial { breaker: self, probing: None }),
            State::Open { until, pause } if now >= until => {
                *state = State::Trying { pause };
                Ok(Trial { breaker: self, probing: Some(pause) })
            }
            State::Open { until, .. } => Err(until.saturating_duration_since(now)),
            State::Trying { .. } => Err(FIRST_PAUSE),
        }
    }

    /// The process answers.
    pub(crate) fn answered(&self) {
        let before = std::mem::replace(&mut *self.state(), State::Closed { failures: 0 });
        if !matches!(before, State::Closed { .. }) {
            tracing::info!("a target answers again");
        }
    }

    fn failed_at(&self, now: Instant, jitter: f64) {
        let mut state = self.state();
        let pause = match *state {
            State::Closed { failures } if failures.saturating_add(1) < FAILURES => {
                *state = State::Closed { failures: failures.saturating_add(1) };
                return;
            }
            // Requests that were under way when the pause began.
            State::Open { .. } => return,
            State::Closed { .. } => FIRST_PAUSE,
            State::Trying { pause } => pause.saturating_mul(2).min(LONGEST_PAUSE),
        };
        tracing::warn!(pause_ms = pause.as_millis(), "a target does not answer and is left alone for a while");
        *state = State::Open { until: now + pause.mul_f64(0.75 + jitter / 2.0), pause };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Trial<'_> {
    /// The process answered, whatever it said.
    pub(crate) fn answered(mut self) {
        self.probing = None;
        self.breaker.answered();
    }

    /// It did not.
    pub(crate) fn failed(mut self) {
        self.probing = None;
        self.breaker.failed_at(Instant::now(), fastrand::f64());
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        let Some(pause) = self.probing else { return };
        let mut state = self.breaker.state();
        if matches!(*state, State::Trying { .. }) {
            // The caller went away before there was an answer: the next request sees.
            *state = State::Open { until: Instant::now(), pause };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Breaker, FAILURES, LONGEST_PAUSE};

    /// The jitter at which a pause has exactly its length.
    const EVEN: f64 = 0.5;

    #[test]
    fn failures_in_a_row_close_the_way_and_one_answer_opens_it() {
        let (breaker, now) = (Breaker::new(), Instant::now());
        for _ in 1..FAILURES {
            breaker.failed_at(now, EVEN);
        }
        breaker.answered();
        for _ in 1..FAILURES {
            breaker.failed_at(now, EVEN);
            assert!(breaker.admit_at(now).is_ok());
        }
        breaker.failed_at(now, EVEN);
        assert_eq!(breaker.admit_at(now).unwrap_err(), Duration::from_millis(500));
        breaker.answered();
        assert!(breaker.admit_at(now).is_ok());
    }

    #[test]
    fn after_the_pause_one_request_sees_and_the_others_wait() {
        let (breaker, now) = (Breaker::new(), Instant::now());
        for _ in 0..FAILURES {
            breaker.failed_at(now, EVEN);
        }
        let later = now + Duration::from_millis(500);
        let trial = breaker.admit_at(later).unwrap();
        assert!(breaker.admit_at(later).is_err());
        trial.answered();
        assert!(breaker.admit_at(later).is_ok());
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let (breaker, mut now) = (Breaker::new(), Instant::now());
        for _ in 0..FAILURES {
            breaker.failed_at(now, EVEN);
        }
        let mut pauses = Vec::new();
        for _ in 0..5 {
            let pause = breaker.admit_at(now).unwrap_err();
            pauses.push(pause.as_millis());
            now += pause;
            let mut trial = breaker.admit_at(now).unwrap();
            trial.probing = None;
            breaker.failed_at(now, EVEN);
        }
        assert_eq!(pauses, [500, 1_000, 2_000, 4_000, LONGEST_PAUSE.as_millis()]);
    }

    #[test]
    fn a_request_that_is_given_up_leaves_the_next_one_to_see() {
        let (breaker, now) = (Breaker::new(), Instant::now());
        for _ in 0..FAILURES {
            breaker.failed_at(now, EVEN);
        }
        let later = now + Duration::from_millis(500);
        drop(breaker.admit_at(later).unwrap());
        assert!(breaker.admit_at(Instant::now() + Duration::from_secs(1)).is_ok());
    }
}
