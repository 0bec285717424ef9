//! FIPS codes of states and counties, as the Streamlined Sales Tax files use them.

use autolytiq_kernel::STATES;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// State, county (0 for the state itself), name.
const CODES: &str = include_str!(concat!(env!("OUT_DIR"), "/fips.tsv"));

static NAMES: LazyLock<BTreeMap<(u8, u16), &'static str>> = LazyLock::new(|| {
    let rows = CODES.lines().filter_map(|line| {
        let mut parts = line.split('\t');
        Some(((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?), parts.next()?))
    });
    rows.collect()
});

/// The number of a state, given its two letters.
pub(crate) fn state(letters: &str) -> Option<u8> {
    let (_, name) = STATES.iter().find(|(code, _)| *code == letters)?;
    NAMES
        .iter()
        .find(|((_, county), known)| *county == 0 && known.eq_ignore_ascii_case(name))
        .map(|((state, _), _)| *state)
}

/// A county's name, spelled as in the tables of local rates.
pub(crate) fn county(state: u8, county: u16) -> Option<&'static str> {
    (county > 0).then(|| NAMES.get(&(state, county)).copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{county, state};

    #[test]
    fn states_and_counties_by_their_numbers() {
        // FIPS 5-2 and 6-4.
        for (letters, number) in
            [("KS", 20), ("GA", 13), ("OH", 39), ("WA", 53), ("DC", 11), ("AR", 5), ("WY", 56), ("UT", 49), ("NE", 31)]
        {
            assert_eq!(state(letters), Some(number), "{letters}");
        }
        assert_eq!(county(20, 103), Some("Leavenworth"));
        assert_eq!(county(20, 0), None);
        assert_eq!(county(20, 2), None);
        assert_eq!(state("ZZ"), None);
    }
}
