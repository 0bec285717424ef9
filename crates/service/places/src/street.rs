//! Street addresses, spelled one way: a house number and a street whose words are shortened as the Postal Service shortens
//! them. Two spellings of a street have one key, whichever of its words stand in which field of a file.

use std::collections::HashMap;
use std::sync::LazyLock;

const WORDS: &str = include_str!("../data/street-words.txt");

static SHORT: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let groups = WORDS.lines().filter(|line| !line.starts_with('#')).map(str::split_whitespace);
    let pairs = groups.filter_map(|mut group| group.next().map(|short| (short, group)));
    pairs.flat_map(|(short, group)| group.map(move |word| (word, short))).collect()
});

/// Words before the number of a unit inside a building (Publication 28, Appendix C2).
const UNITS: [&str; 24] = [
    "APARTMENT",
    "APT",
    "BASEMENT",
    "BLDG",
    "BSMT",
    "BUILDING",
    "DEPT",
    "FL",
    "FLOOR",
    "FRNT",
    "HNGR",
    "LOT",
    "LOWR",
    "OFC",
    "PH",
    "REAR",
    "RM",
    "ROOM",
    "SPC",
    "STE",
    "SUITE",
    "TRLR",
    "UNIT",
    "UPPR",
];

/// Most words of a street; a longer line is no address.
const MOST_WORDS: usize = 16;

/// A house on a street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StreetAddress {
    pub(crate) number: i32,
    /// The street's key; after it shorter ones, each without what may be the number of a unit.
    pub(crate) streets: Vec<String>,
}

impl StreetAddress {
    /// Reads a line such as `123 North Main Street, Apt 4`. None where there is no whole house number or no street: a box, a
    /// rural route, a number such as `12-34`.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let (line, _unit) = line.split_once([',', '#', '\n']).unwrap_or((line, ""));
        let mut parts = line.split_whitespace();
        let number = house_number(parts.next()?)?;
        // A half house, `12 1/2 Main Street`, stands between its neighbours.
        let parts = parts
            .skip_while(|part| part.contains('/') && part.bytes().all(|byte| byte == b'/' || byte.is_ascii_digit()));
        let words: Vec<String> = parts.flat_map(words).collect();
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let cuts =
            (1..words.len()).rev().filter(|at| words.get(*at).is_some_and(|word| UNITS.contains(&word.as_str())));
        let ends = std::iter::once(words.len()).chain(cuts);
        let streets = ends.filter_map(|end| words.get(..end)).map(shortened).collect();
        Some(Self { number, streets })
    }
}

/// A whole number, perhaps with one letter: `123`, `123B`.
pub(crate) fn house_number(text: &str) -> Option<i32> {
    let digits = text.strip_suffix(|last: char| last.is_ascii_alphabetic()).unwrap_or(text);
    let whole = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| digits.parse().ok()).flatten()
}

/// The key of a street from its parts: direction before, name, suffix, direction after.
pub(crate) fn key(parts: &[&str]) -> String {
    shortened(&parts.iter().flat_map(|part| part.split_whitespace()).flat_map(words).collect::<Vec<_>>())
}

/// The words of a text in capitals, without points and apostrophes.
fn words(part: &str) -> Vec<String> {
    let plain: String = part.chars().filter(|letter| !matches!(letter, '.' | '\'' | '’')).collect();
    let words = plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_uppercase).collect()
}

fn shortened(words: &[String]) -> String {
    let short = words.iter().map(|word| SHORT.get(word.as_str()).copied().unwrap_or(word));
    short.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{SHORT, StreetAddress, WORDS, key};

    #[test]
    fn one_spelling_of_every_word() {
        let mut seen = 0;
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let mut group = line.split(' ');
            let short = group.next().unwrap();
            assert!(SHORT.get(short).is_none(), "{short} is a short form and a long one");
            for word in group {
                assert_eq!(SHORT[word], short);
                seen += 1;
            }
        }
        assert_eq!(seen, SHORT.len(), "a word stands in two groups");
    }

    #[test]
    fn an_address_however_it_is_written() {
        let street = key(&["N", "MAIN", "ST", ""]);
        for line in ["123 North Main Street", "123 N. Main St., Apt 4", "123b n main str # 7", "123 1/2 N MAIN ST"] {
            let read = StreetAddress::read(line).unwrap();
            assert_eq!((read.number, read.streets.first()), (123, Some(&street)), "{line}");
        }
        // Without a comma the unit may be part of the street's name: both are looked for, the longer first.
        assert_eq!(StreetAddress::read("9 Main St Unit 3").unwrap().streets, ["MAIN ST UNIT 3", "MAIN ST"]);
        assert_eq!(StreetAddress::read("9 Lot Whitcomb Dr").unwrap().streets, ["LOT WHITCOMB DR"]);
        assert_eq!(
            key(&["", "O'NEAL", "AVE", "SW"]),
            StreetAddress::read("1 ONeal Avenue Southwest").unwrap().streets[0]
        );
    }

    #[test]
    fn what_is_no_house_on_a_street() {
        for line in
            ["", "Main Street", "PO Box 12", "12-34 Main St", "123", "123 ,", "1234567890 Main St", "RR 2 Box 152", "#"]
        {
            assert_eq!(StreetAddress::read(line), None, "{line}");
        }
        assert_eq!(StreetAddress::read(&format!("1 {}", "a ".repeat(99))), None);
    }
}
