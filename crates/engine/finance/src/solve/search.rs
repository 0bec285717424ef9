//! The search for a whole number at which a figure takes a value: bracketed, then proven, and always ended.
//!
//! First a few strides and false position find a place where the target is met or passed. Taxes with thresholds make a figure
//! jump, caps make it flat, and where parts that rise are rounded apart from parts that fall, their sum steps back and forth by
//! cents; so a target that was only passed is then looked for in every gap between two places tried, except where the parts of
//! the figure at both ends of the gap rule it out.

mod gaps;

use super::sample::Sample;
use crate::FieldError;
use std::ops::RangeInclusive;

/// A place and the value there.
pub(super) type At = (i64, i64);

/// What a search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Exact(i64),
    /// Places whose values lie on both sides of the target, as near as any that were tried.
    Between {
        below: At,
        above: At,
    },
    /// All values tried lie on one side; this one is the nearest.
    Beyond(At),
}

/// Each further step away from the start is this many times longer.
const STRIDE: i64 = 8;
/// Steps away from the start to either side: the widest range is passed in 20; the rest is for places without a value.
const MOST_STRIDES: u32 = 64;
/// Halving the widest range takes 40 steps; every third step halves at least.
const MOST_NARROWINGS: u32 = 160;

pub(super) struct Search<F> {
    function: F,
    target: i64,
    range: RangeInclusive<i64>,
    below: Option<At>,
    above: Option<At>,
    tried: Vec<(i64, Sample)>,
    refused: Vec<i64>,
    pub(super) evaluations: u32,
    /// Whether no value that was not tried can do better than what was found.
    pub(super) certain: bool,
}

/// One side of the start: the outermost place tried there, and how far the next one is.
struct Side {
    last: At,
    reach: i64,
    sign: i64,
    /// The nearest place tried that has no value.
    wall: Option<i64>,
    ended: bool,
}

impl Side {
    /// The next place: a stride further, or half way to a wall.
    fn next(&self, start: i64, range: &RangeInclusive<i64>) -> i64 {
        let wanted = match self.wall {
            Some(wall) => self.last.0.midpoint(wall),
            None => start.saturating_add(self.sign.saturating_mul(self.reach)),
        };
        wanted.clamp(*range.start(), *range.end())
    }
}

impl<F: FnMut(i64) -> Result<Sample, FieldError>> Search<F> {
    pub(super) const fn new(range: RangeInclusive<i64>, target: i64, function: F) -> Self {
        Self {
            function,
            target,
            range,
            below: None,
            above: None,
            tried: Vec::new(),
            refused: Vec::new(),
            evaluations: 0,
            certain: true,
        }
    }

    fn value(&mut self, place: i64) -> Result<i64, FieldError> {
        self.evaluations = self.evaluations.saturating_add(1);
        let sample = (self.function)(place).inspect_err(|_| self.refused.push(place))?;
        let value = sample.value;
        let at = (place, value);
        self.tried.push((place, sample));
        if value < self.target && self.below.is_none_or(|(_, best)| value > best) {
            self.below = Some(at);
        }
        if value > self.target && self.above.is_none_or(|(_, best)| value < best) {
            self.above = Some(at);
        }
        Ok(value)
    }

    /// Searches from `start` outwards, between the two places where the target was passed, and where it was not met there, in
    /// every gap that is not ruled out.
    ///
    /// # Errors
    /// The function has no value at the start. Where it has none farther out, the search turns back.
    pub(super) fn run(&mut self, start: i64) -> Result<Found, FieldError> {
        let start = start.clamp(*self.range.start(), *self.range.end());
        let first = self.value(start)?;
        if first == self.target {
            return Ok(Found::Exact(start));
        }
        if let Some((low, high)) = self.bracket((start, first))
            && let Some(place) = self.narrow(low, high)
        {
            return Ok(Found::Exact(place));
        }
        Ok(self.fill_gaps().map_or_else(|| self.beyond((start, first)), Found::Exact))
    }

    /// The nearest places on both sides, or on the one side there is.
    fn beyond(&self, start: At) -> Found {
        match (self.below, self.above) {
            (Some(below), Some(above)) => Found::Between { below, above },
            (one, other) => Found::Beyond(one.or(other).unwrap_or(start)),
        }
    }

    /// Two places between which the target is passed, or at one of which it is met.
    fn bracket(&mut self, start: At) -> Option<(At, At)> {
        let span = self.range.end().saturating_sub(*self.range.start());
        let reach = start.1.saturating_sub(self.target).saturating_abs().min(span / 64).max(1);
        let side = |sign| Side { last: start, reach, sign, wall: None, ended: false };
        let (mut up, mut down) = (side(1), side(-1));
        for _ in 0..MOST_STRIDES {
            // The side that has come nearer goes on; the other one has its turn when that one has ended.
            let off = |side: &Side| (side.ended, side.last.1.abs_diff(self.target), side.reach);
            let next = if off(&up) <= off(&down) { &mut up } else { &mut down };
            if next.ended {
                return None;
            }
            let place = next.next(start.0, &self.range);
            next.reach = next.reach.saturating_mul(STRIDE);
            if place == next.last.0 {
                next.ended = true;
                continue;
            }
            let Ok(value) = self.value(place) else {
                next.wall = Some(place);
                continue;
            };
            let last = std::mem::replace(&mut next.last, (place, value));
            if (value < self.target) != (last.1 < self.target) || value == self.target {
                return Some((last, (place, value)));
            }
        }
        None
    }

    /// Narrows to neighbours by false position with the Illinois correction, halving whenever that is slow.
    fn narrow(&mut self, mut low: At, mut high: At) -> Option<i64> {
        if low.1 == self.target || high.1 == self.target {
            return Some(if low.1 == self.target { low.0 } else { high.0 });
        }
        // Distances from the target, halved on the side that stands still.
        let (mut off_low, mut off_high) = (self.off(low.1), self.off(high.1));
        let mut width = low.0.abs_diff(high.0);
        for step in 0..MOST_NARROWINGS {
            if low.0.abs_diff(high.0) <= 1 {
                break;
            }
            let halve = step % 3 == 2 && {
                let slow = low.0.abs_diff(high.0) > width / 2;
                width = low.0.abs_diff(high.0);
                slow
            };
            let place = if halve { low.0.midpoint(high.0) } else { between(low.0, off_low, high.0, off_high) };
            let value = self.value(place).ok()?;
            if value == self.target {
                return Some(place);
            }
            if (value < self.target) == (low.1 < self.target) {
                low = (place, value);
                off_low = self.off(value);
                off_high /= 2;
            } else {
                high = (place, value);
                off_high = self.off(value);
                off_low /= 2;
            }
        }
        None
    }

    fn off(&self, value: i64) -> i128 {
        i128::from(value.abs_diff(self.target))
    }
}

/// A place strictly between two that are not neighbours, nearer to the one that is less far off.
fn between(low: i64, off_low: i128, high: i64, off_high: i128) -> i64 {
    let (low, high, off_low, off_high) =
        if low < high { (low, high, off_low, off_high) } else { (high, low, off_high, off_low) };
    let width = i128::from(high) - i128::from(low);
    let part = width.checked_mul(off_low).and_then(|part| part.checked_div(off_low + off_high));
    let offset = part.unwrap_or(width / 2).clamp(1, width - 1);
    i64::try_from(i128::from(low) + offset).unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::{Found, Search};
    use crate::solve::sample::Sample;

    fn run(range: std::ops::RangeInclusive<i64>, start: i64, target: i64, f: impl Fn(i64) -> i64) -> (Found, u32) {
        let mut search = Search::new(range, target, |x| Ok(Sample::plain(f(x))));
        let found = search.run(start).unwrap();
        assert!(search.certain);
        (found, search.evaluations)
    }

    #[test]
    fn finds_lines_steps_and_jumps() {
        assert_eq!(run(0..=1_000_000_000, 5, 123_456_789, |x| x).0, Found::Exact(123_456_789));
        assert_eq!(run(0..=1_000_000_000, 999, 21, |x| 1_000 - x).0, Found::Exact(979));
        let (found, evaluations) = run(0..=1_000_000_000, 4_000_000, 49_900, |x| x / 60);
        assert!(matches!(found, Found::Exact(x) if x / 60 == 49_900));
        assert!(evaluations < 16, "{evaluations}");
        // A tax with a threshold: nothing between 1,000 and 1,100 is reachable.
        let jump = |x: i64| if x < 1_000 { x } else { x + 100 };
        assert_eq!(run(0..=10_000, 0, 1_050, jump).0, Found::Between { below: (999, 999), above: (1_000, 1_100) });
        assert_eq!(run(0..=10_000, 9_999, 1_050, jump).0, Found::Between { below: (999, 999), above: (1_000, 1_100) });
    }

    #[test]
    fn says_what_is_out_of_reach() {
        assert_eq!(run(0..=100, 50, 500, |x| x).0, Found::Beyond((100, 100)));
        assert_eq!(run(0..=100, 50, -5, |x| x).0, Found::Beyond((0, 0)));
        assert_eq!(run(0..=100, 50, 7, |_| 3).0, Found::Beyond((50, 3)));
        assert_eq!(run(7..=7, 50, 8, |x| x).0, Found::Beyond((7, 7)));
    }

    /// The rules may refuse a deal: what lies before that is searched all the same.
    #[test]
    fn turns_back_at_a_wall() {
        let refused = || crate::FieldError::new("/price", "no-solution", "");
        let above = |x: i64| if x < 50 { Err(refused()) } else { Ok(Sample::plain(x)) };
        assert_eq!(Search::new(0..=1_000_000, 60, above).run(900_000), Ok(Found::Exact(60)));
        assert_eq!(Search::new(0..=1_000_000, 40, above).run(900_000), Ok(Found::Beyond((50, 50))));
        assert_eq!(Search::new(0..=10, 4, |_| Err(refused())).run(5), Err(refused()));
    }

    #[test]
    fn always_ends() {
        for target in [-1, 0, 1, 77, i64::MAX, i64::MIN] {
            let mut search = Search::new(0..=i64::MAX, target, |x| Ok(Sample::plain((x % 7) * (x % 11) - 30).alone(x)));
            search.run(1).unwrap();
            assert!(search.evaluations <= super::gaps::MOST_EVALUATIONS, "{}", search.evaluations);
        }
    }
}
