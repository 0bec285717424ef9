//! What a VIN says by itself, without any service: region, country, manufacturer, model year. It says nothing of model
//! and trim, which each manufacturer codes as it likes; the answer lists what it does not know.

use super::{
    manufacturers::{Class, MANUFACTURERS},
    vin::Vin,
};

/// Where the parts of an answer come from.
pub(crate) const SOURCE: &str = "Structure, check digit and model year: 49 CFR 565.15. Countries: ISO 3780 as assigned by SAE \
    International. Manufacturers: a short list of identifiers in public registration under 49 CFR 565.16, not complete.";

/// What one VIN says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// Continent of the first character.
    pub(crate) region: Option<&'static str>,
    /// Country of the first two characters, where our table has it.
    pub(crate) country: Option<&'static str>,
    /// Company, where our table has the identifier.
    pub(crate) manufacturer: Option<&'static str>,
    /// Makes this identifier is used for; empty when unknown.
    pub(crate) makes: &'static [&'static str],
    /// One year, or two when the VIN alone cannot tell them apart; the likelier one first.
    pub(crate) model_years: Vec<i16>,
}

/// Decodes a VIN. `newest` is the newest model year that can exist: next year's, seen from the store's calendar.
#[must_use]
pub(crate) fn decode(vin: &Vin, newest: i16) -> Decoded {
    let known = MANUFACTURERS.iter().find(|known| known.identifier == vin.manufacturer_identifier());
    Decoded {
        region: region(vin.at(1)),
        country: country(vin.at(1), vin.at(2)),
        manufacturer: known.map(|known| known.company),
        makes: known.map_or(&[], |known| known.makes),
        model_years: model_years(vin, known.map(|known| known.class), newest),
    }
}

/// Only for a class that is always light does position 7 settle the year; elsewhere both remain unless one of them is
/// still to come.
fn model_years(vin: &Vin, class: Option<Class>, newest: i16) -> Vec<i16> {
    let [likely, other] = vin.model_years();
    if class == Some(Class::Light) && likely <= newest {
        return vec![likely];
    }
    let mut years: Vec<i16> = [likely, other].into_iter().filter(|year| *year <= newest).collect();
    if years.is_empty() {
        years.push(likely.min(other));
    }
    years
}

/// ISO 3780: the first character is a continent.
fn region(first: char) -> Option<&'static str> {
    Some(match first {
        'A'..='H' => "Africa",
        'J'..='N' | 'P' | 'R' => "Asia",
        'S'..='Z' => "Europe",
        '1'..='5' | '7' => "North America",
        '6' => "Oceania",
        '8' | '9' => "South America",
        _ => return None,
    })
}

/// ISO 3780: ranges of the second character are countries. Only those whose vehicles are sold in the United States.
fn country(first: char, second: char) -> Option<&'static str> {
    Some(match (first, second) {
        ('1' | '4' | '5', _) | ('7', 'F'..='Z') => "United States",
        ('2', _) => "Canada",
        ('3', 'A'..='X') => "Mexico",
        ('J', _) => "Japan",
        ('K', 'L'..='R') => "South Korea",
        ('L', _) => "China",
        ('M', 'A'..='E') => "India",
        ('M', 'L'..='R') => "Thailand",
        ('S', 'A'..='M') => "United Kingdom",
        ('T', 'R'..='V') => "Hungary",
        ('U', '5'..='7') => "Slovakia",
        ('V', 'A'..='E') => "Austria",
        ('V', 'F'..='R') => "France",
        ('V', 'S'..='W') => "Spain",
        ('W', _) => "Germany",
        ('Y', 'S'..='W') => "Sweden",
        ('Z', 'A'..='R') => "Italy",
        ('9', 'A'..='E' | '3'..='9') => "Brazil",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Decoded, decode};
    use crate::domain::vin::{Vin, check_digit};

    /// A VIN with these characters and the check digit they need.
    fn vin(with_gap: &str) -> Vin {
        let digit = check_digit(with_gap);
        let text: String = with_gap.chars().enumerate().map(|(i, c)| if i == 8 { digit } else { c }).collect();
        Vin::parse(&text).unwrap()
    }

    #[test]
    fn a_car_of_a_known_maker_has_one_year() {
        let decoded = decode(&vin("4S4BTGND_S3100441"), 2027);
        assert_eq!(
            decoded,
            Decoded {
                region: Some("North America"),
                country: Some("United States"),
                manufacturer: Some("Subaru of Indiana Automotive"),
                makes: &["Subaru"],
                model_years: vec![2025],
            }
        );
    }

    #[test]
    fn a_truck_may_be_heavy_so_both_years_stand() {
        assert_eq!(decode(&vin("1FTEX18C_AFA12345"), 2027).model_years, [1980, 2010]);
        assert_eq!(decode(&vin("1FTEX1CB_AFA12345"), 2027).model_years, [2010, 1980]);
    }

    #[test]
    fn a_year_still_to_come_is_no_candidate() {
        // A letter at position 7 with code 5 reads 2035.
        assert_eq!(decode(&vin("1FTEX1C8_5FA12345"), 2027).model_years, [2005]);
        // Code 9 likewise reads 2039 or 2009.
        assert_eq!(decode(&vin("WXXEXXXB_9FA12345"), 2027).model_years, [2009]);
    }

    #[test]
    fn what_the_table_lacks_stays_unknown() {
        let decoded = decode(&vin("9ZZEX1CB_AFA12345"), 2027);
        assert_eq!((decoded.region, decoded.country, decoded.manufacturer), (Some("South America"), None, None));
        assert!(decoded.makes.is_empty());
    }
}
