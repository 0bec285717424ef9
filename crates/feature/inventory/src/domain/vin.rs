//! The vehicle identification number: seventeen characters with a check digit (49 CFR 565.15).

use std::fmt;

use autolytiq_kernel::Fault;

/// Weight of each position in the check sum (49 CFR 565.15(c)(2), table V). The check digit itself weighs nothing.
const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// Year codes in the order of the years they stand for, 1980 and 2010 first (table VII). I, O, Q, U, Z and 0 are no
/// year codes.
const YEAR_CODES: &[u8; 30] = b"ABCDEFGHJKLMNPRSTVWXY123456789";

/// A VIN whose characters and check digit are right. Upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vin(String);

impl Vin {
    /// Reads a VIN as people write it: lower case and blanks between groups are accepted.
    ///
    /// # Errors
    /// A fault that names the first thing that is wrong: its length, a character no VIN has, a year code, the check digit.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let vin: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).take(64).collect();
        let length = vin.chars().count();
        if length != 17 {
            let hint = if (5..17).contains(&length) {
                "; before 1981 it was shorter, and such a one cannot be checked"
            } else {
                ""
            };
            let shown = if length >= 64 { "more".to_owned() } else { length.to_string() };
            return Err(Fault::new("vin-length", format!("a VIN has 17 characters, this has {shown}{hint}")));
        }
        for (index, c) in vin.chars().enumerate() {
            if matches!(c, 'I' | 'O' | 'Q') {
                let meant = if c == 'I' { '1' } else { '0' };
                return Err(Fault::new(
                    "vin-letter",
                    format!("no VIN contains {c} (position {}); {meant} is probably meant", index + 1),
                ));
            }
            if value_of(c).is_none() {
                return Err(Fault::new(
                    "vin-character",
                    format!("'{c}' at position {} is neither a letter nor a digit", index + 1),
                ));
            }
        }
        let vin = Self(vin);
        if vin.year_index().is_none() {
            return Err(Fault::new(
                "vin-year",
                format!("position 10 gives the model year, and '{}' stands for none", vin.at(10)),
            ));
        }
        let expected = check_digit(&vin.0);
        if vin.at(9) != expected {
            return Err(Fault::new(
                "vin-check-digit",
                format!(
                    "the check digit (position 9) is '{}' but must be '{expected}': a character is wrong",
                    vin.at(9)
                ),
            ));
        }
        Ok(vin)
    }

    /// The seventeen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first three characters: who made it, and what kind of vehicle (565.15(a)).
    #[must_use]
    pub fn manufacturer_identifier(&self) -> &str {
        self.0.get(..3).unwrap_or_default()
    }

    /// The plant, as the manufacturer codes it.
    #[must_use]
    pub fn plant(&self) -> char {
        self.at(11)
    }

    /// The production number within model year and plant.
    #[must_use]
    pub fn serial(&self) -> &str {
        self.0.get(11..).unwrap_or_default()
    }

    /// The two model years, thirty apart, that position 10 can stand for, the likelier one first.
    ///
    /// For cars, and for multipurpose vehicles and trucks of at most 10,000 lb, a digit at position 7 means 1980–2009
    /// and a letter 2010–2039 (table VII, note). Heavier vehicles may carry either, so position 7 alone does not
    /// settle it unless one knows the class.
    #[must_use]
    pub fn model_years(&self) -> [i16; 2] {
        let offset = self.year_index().unwrap_or(0);
        let (early, late) = (1980 + offset, 2010 + offset);
        if self.at(7).is_ascii_digit() { [early, late] } else { [late, early] }
    }

    /// The character at a position counted from 1, as the regulation counts.
    pub(crate) fn at(&self, position: usize) -> char {
        self.0.as_bytes().get(position - 1).map_or(' ', |byte| char::from(*byte))
    }

    fn year_index(&self) -> Option<i16> {
        YEAR_CODES.iter().position(|code| char::from(*code) == self.at(10)).and_then(|index| i16::try_from(index).ok())
    }
}

impl fmt::Display for Vin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The check digit that belongs at position 9 of these seventeen characters: `0`–`9`, or `X` for ten.
#[must_use]
pub fn check_digit(vin: &str) -> char {
    let sum: u32 = vin.chars().zip(WEIGHTS).map(|(c, weight)| value_of(c).unwrap_or(0) * weight).sum();
    match sum % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

/// What a character counts in the check sum (table III and IV); nothing for a character no VIN has.
fn value_of(c: char) -> Option<u32> {
    Some(match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        'A' | 'J' => 1,
        'B' | 'K' | 'S' => 2,
        'C' | 'L' | 'T' => 3,
        'D' | 'M' | 'U' => 4,
        'E' | 'N' | 'V' => 5,
        'F' | 'W' => 6,
        'G' | 'P' | 'X' => 7,
        'H' | 'Y' => 8,
        'R' | 'Z' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Vin, YEAR_CODES, check_digit};

    /// The example in 49 CFR 565.15(c) gives `1G4AH59H?5G118341` the check digit 4; the others are published examples
    /// of an X and of a plain digit, each recomputed by hand.
    #[test]
    fn published_check_digits() {
        for vin in ["1G4AH59H45G118341", "1M8GDM9AXKP042788", "5GZCZ43D13S812715", "11111111111111111"] {
            assert_eq!(Vin::parse(vin).map(|v| v.to_string()), Ok(vin.to_owned()));
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, code) in [
            ("", "vin-length"),
            ("1G4AH59H45G11834", "vin-length"),
            ("1G4AH59H45G1183411", "vin-length"),
            ("IG4AH59H45G118341", "vin-letter"),
            ("1G4AH59H45G11834O", "vin-letter"),
            ("1G4AH59H45G11834Q", "vin-letter"),
            ("1G4AH59H45G118-41", "vin-character"),
            ("1G4AH59H45G1183É1", "vin-character"),
            ("1G4AH59H4UG118341", "vin-year"),
            ("1G4AH59H40G118341", "vin-year"),
            ("1G4AH59H55G118341", "vin-check-digit"),
            ("1G4AH59H45G118342", "vin-check-digit"),
        ] {
            assert_eq!(Vin::parse(text).map_err(|f| f.code), Err(code), "{text}");
        }
        assert_eq!(Vin::parse(&"1".repeat(1_000_000)).map_err(|f| f.code), Err("vin-length"));
    }

    #[test]
    fn people_write_it_in_lower_case_and_groups() {
        assert_eq!(Vin::parse(" 1g4 ah59h 4 5g118341 ").map(|v| v.to_string()), Ok("1G4AH59H45G118341".to_owned()));
    }

    #[test]
    fn position_seven_tells_the_thirty_years_apart() {
        // Both have a digit at position 7, so both are of the first thirty years: codes 5 and K.
        assert_eq!(Vin::parse("1G4AH59H45G118341").unwrap().model_years(), [2005, 2035]);
        assert_eq!(Vin::parse("1M8GDM9AXKP042788").unwrap().model_years(), [1989, 2019]);
    }

    #[test]
    fn parts() {
        let vin = Vin::parse("1G4AH59H45G118341").unwrap();
        assert_eq!((vin.manufacturer_identifier(), vin.plant(), vin.serial()), ("1G4", 'G', "118341"));
    }

    proptest! {
        /// The check digit finds every single mistyped character that changes the sum, which by its weights is every
        /// one whose value differs.
        #[test]
        fn one_wrong_character_is_found(body in "[A-HJ-NPR-Z0-9]{16}", year in 0_usize..30, at in 0_usize..17, to in 0_u8..10) {
            let mut chars: Vec<char> = body.chars().collect();
            chars.insert(8, '0');
            chars[9] = char::from(YEAR_CODES[year]);
            chars[8] = check_digit(&chars.iter().collect::<String>());
            let vin: String = chars.iter().collect();
            prop_assert!(Vin::parse(&vin).is_ok());
            prop_assume!(at != 8 && at != 9);
            let to = char::from(b'0' + to);
            prop_assume!(super::value_of(chars[at]) != super::value_of(to));
            chars[at] = to;
            let wrong: String = chars.iter().collect();
            prop_assert_eq!(Vin::parse(&wrong).map_err(|f| f.code), Err("vin-check-digit"));
        }

        #[test]
        fn nothing_typed_makes_it_panic(text in "\\PC{0,40}") {
            let _ = Vin::parse(&text);
        }
    }
}
