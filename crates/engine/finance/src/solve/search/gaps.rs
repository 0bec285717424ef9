//! The gaps between the places tried: searched for the target until each is filled or ruled out.

use super::{Sample, Search};
use crate::FieldError;
use std::collections::BinaryHeap;

/// The search ends after so many values, whether or not every gap is filled by then: some hundredths of a second.
pub(super) const MOST_EVALUATIONS: u32 = 4_000;

/// A place tried, and which of the samples is its; none where the rules refuse the deal.
type End = (i64, Option<usize>);

/// What lies between two places. The greatest is the next to be parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    /// While the target was not passed yet, how wide the gap is; from then on, how far from there, negative.
    rank: i64,
    low: End,
    high: End,
}

impl Gap {
    /// `focus`: where the target was passed.
    fn of(focus: Option<i64>, low: End, high: End) -> Self {
        let rank = match focus {
            Some(focus) => low.0.saturating_sub(focus).max(focus.saturating_sub(high.0)).max(0).saturating_neg(),
            None => high.0.saturating_sub(low.0),
        };
        Self { rank, low, high }
    }

    /// Where to part it: in the middle; but near to the focus while the gap is near to it, because what lies farther out is
    /// mostly ruled out at once.
    fn part(&self, focus: Option<i64>) -> i64 {
        let (low, high) = (self.low.0, self.high.0);
        let middle = low.midpoint(high);
        let near = self.rank.saturating_neg().saturating_add(1).saturating_mul(4);
        match focus {
            _ if self.low.1.is_none() || self.high.1.is_none() => middle,
            Some(focus) if focus <= low => low.saturating_add(near).min(middle),
            Some(focus) if focus >= high => high.saturating_sub(near).max(middle),
            _ => middle,
        }
    }
}

impl<F: FnMut(i64) -> Result<Sample, FieldError>> Search<F> {
    /// Looks for the target, and for what comes nearest to it, in all gaps between the places tried: the widest first until the
    /// target is passed, and from there the nearest first.
    ///
    /// A gap is ruled out where its ends are neighbours; where the parts of the figure at both ends leave no room for a value
    /// better than the best so far; and where the rules refuse the deal at both ends.
    pub(super) fn fill_gaps(&mut self) -> Option<i64> {
        let ends = [*self.range.start(), *self.range.end()];
        for end in ends {
            if self.tried.iter().all(|(place, _)| *place != end) && self.value(end) == Ok(self.target) {
                return Some(end);
            }
        }
        let mut focus = self.focus();
        let mut gaps = self.gaps(focus);
        while let Some(gap) = gaps.pop() {
            if self.is_ruled_out(&gap) {
                continue;
            }
            if self.evaluations >= MOST_EVALUATIONS {
                self.certain = false;
                return None;
            }
            let place = gap.part(focus);
            let index = match self.value(place) {
                Ok(value) if value == self.target => return Some(place),
                Ok(_) => Some(self.tried.len().saturating_sub(1)),
                Err(_) => None,
            };
            gaps.push(Gap::of(focus, gap.low, (place, index)));
            gaps.push(Gap::of(focus, (place, index), gap.high));
            if focus.is_none() && self.below.is_some() && self.above.is_some() {
                if let Some(met) = self.narrow_to(place) {
                    return Some(met);
                }
                focus = self.focus();
                gaps = self.gaps(focus);
            }
        }
        None
    }

    /// Where the target was passed, once it was.
    fn focus(&self) -> Option<i64> {
        let (below, above) = self.below.zip(self.above)?;
        let nearest = if below.1.abs_diff(self.target) <= above.1.abs_diff(self.target) { below } else { above };
        Some(nearest.0)
    }

    /// Narrows the gap beside a place at which the target was first passed.
    fn narrow_to(&mut self, place: i64) -> Option<i64> {
        let at = |(place, sample): &(i64, Sample)| (*place, sample.value);
        let here = self.tried.iter().map(at).find(|tried| tried.0 == place)?;
        let other = self.tried.iter().map(at).filter(|tried| (tried.1 < self.target) != (here.1 < self.target));
        let other = other.min_by_key(|tried| tried.0.abs_diff(place))?;
        self.narrow(here, other)
    }

    /// The gaps between all places tried and the ends of the range.
    fn gaps(&self, focus: Option<i64>) -> BinaryHeap<Gap> {
        let mut places: Vec<End> =
            self.tried.iter().enumerate().map(|(index, (place, _))| (*place, Some(index))).collect();
        places.extend(self.refused.iter().map(|place| (*place, None)));
        places.sort_unstable_by_key(|(place, index)| (*place, index.is_none()));
        places.dedup_by_key(|(place, _)| *place);
        let pairs = places.windows(2).filter_map(|pair| match pair {
            [low, high] => Some(Gap::of(focus, *low, *high)),
            _ => None,
        });
        pairs.collect()
    }

    fn is_ruled_out(&self, gap: &Gap) -> bool {
        if gap.high.0.saturating_sub(gap.low.0) <= 1 {
            return true;
        }
        let sample = |index: Option<usize>| index.and_then(|index| self.tried.get(index)).map(|(_, sample)| sample);
        match (sample(gap.low.1), sample(gap.high.1)) {
            (None, None) => true,
            (Some(low), Some(high)) => low.between(high).is_some_and(|(least, most)| {
                // Better is what lies between the best on both sides.
                self.below.is_some_and(|(_, below)| most <= below)
                    || self.above.is_some_and(|(_, above)| least >= above)
            }),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Found, Search};
    use crate::solve::sample::Sample;

    fn run(range: std::ops::RangeInclusive<i64>, start: i64, target: i64, f: impl Fn(i64) -> Vec<i64>) -> (Found, u32) {
        let mut search = Search::new(range, target, |x| Ok(Sample::sum(&f(x))));
        let found = search.run(start).unwrap();
        assert!(search.certain);
        (found, search.evaluations)
    }

    /// Passed and passed again far inside, with both ends on one side.
    #[test]
    fn finds_what_lies_in_a_dip() {
        let dip = |x: i64| vec![-x.min(700_000), (x - 700_000).max(0)];
        assert!(matches!(run(0..=1_000_000, 10, -695_000, dip).0, Found::Exact(695_000 | 705_000)));
        assert_eq!(run(0..=1_000_000, 10, -700_005, dip).0, Found::Beyond((700_000, -700_000)));
    }

    /// Rises, then falls: both ends are below the target, and one of the two answers is found from the top.
    #[test]
    fn finds_what_lies_behind_a_hill() {
        let hill = |x: i64| {
            let x = x - 5_000;
            vec![-x.max(0) * x.max(0), -x.min(0) * x.min(0)]
        };
        assert!(matches!(run(0..=1_000_000, 5_100, -250_000, hill).0, Found::Exact(4_500 | 5_500)));
    }

    /// A credit of a thirty-sixth against a tax of a twelfth, each rounded by itself: against every value there is.
    #[test]
    fn finds_what_roundings_scatter() {
        let half_up = |x: i64, n: i64| (x + n / 2).div_euclid(n);
        let parts = |x: i64| vec![-half_up(x, 36), half_up(x * 83, 1_000), -half_up(x * 41, 1_000)];
        let value = |x: i64| parts(x).iter().sum::<i64>();
        for target in (-3..60).chain(220..300).step_by(3) {
            let range = 0..=20_000;
            let all = range.clone().map(value);
            let expected = (all.clone().filter(|v| *v <= target).max(), all.filter(|v| *v >= target).min());
            match run(range, 9_000, target, parts).0 {
                Found::Exact(place) => assert_eq!((value(place), expected.0), (target, Some(target))),
                Found::Between { below, above } => assert_eq!((Some(below.1), Some(above.1)), expected),
                Found::Beyond((_, value)) => {
                    assert!(expected == (None, Some(value)) || expected == (Some(value), None));
                }
            }
        }
    }
}
