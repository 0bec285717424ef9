//! ZIP codes: the county and the cities the Postal Service knows each by.

/// One line per ZIP code in their order: code, state, county, cities with the preferred name first.
const ZIPS: &str = include_str!(concat!(env!("OUT_DIR"), "/zips.tsv"));

/// A ZIP code's place. A ZIP is a delivery route, not an area of law: part of it may lie outside its cities, and near a county
/// line in the next county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zip {
    pub state: &'static str,
    /// The county of most of its addresses, spelled as in the tables of local rates.
    pub county: &'static str,
    /// The preferred city name first.
    pub cities: Vec<&'static str>,
}

/// Looks up a code of five digits, or of nine with a hyphen. None for one that nobody lives at.
#[must_use]
pub fn zip(code: &str) -> Option<Zip> {
    let five = code.get(..5).filter(|five| five.bytes().all(|byte| byte.is_ascii_digit()))?;
    if !matches!(code.len(), 5 | 10) {
        return None;
    }
    let (mut low, mut high) = (0, ZIPS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = ZIPS.get(..middle)?.rfind('\n').map_or(0, |before| before + 1);
        let line = ZIPS.get(start..)?.lines().next()?;
        match line.get(..5)?.cmp(five) {
            std::cmp::Ordering::Equal => return parsed(line),
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

fn parsed(line: &'static str) -> Option<Zip> {
    let mut parts = line.split('\t').skip(1);
    Some(Zip { state: parts.next()?, county: parts.next()?, cities: parts.collect() })
}

#[cfg(test)]
mod tests {
    use super::{ZIPS, zip};

    #[test]
    fn every_code_is_found_at_its_own_line() {
        let mut lines = 0;
        for line in ZIPS.lines() {
            let found = zip(&line[..5]).unwrap();
            assert_eq!(line.split('\t').nth(3), found.cities.first().copied(), "{line}");
            lines += 1;
        }
        assert!(lines > 38_000, "{lines} codes");
    }

    #[test]
    fn known_places_and_none() {
        // Post offices anybody can look up.
        assert_eq!(zip("37902").map(|zip| (zip.state, zip.county)), Some(("TN", "Knox")));
        assert_eq!(zip("70112-1234").map(|zip| (zip.state, zip.county)), Some(("LA", "Orleans")));
        // Known under two names; the table of rates has one.
        for juneau in ["99801", "99811"] {
            assert_eq!(
                zip(juneau).map(|zip| (zip.state, zip.county)),
                Some(("AK", "Juneau City and Borough")),
                "{juneau}"
            );
        }
        assert_eq!(zip("90210").unwrap().cities.first(), Some(&"Beverly Hills"));
        for nothing in ["00000", "99999", "1234", "123456", "9021O", "", "90210-", "ééé"] {
            assert_eq!(zip(nothing), None, "{nothing}");
        }
    }
}
