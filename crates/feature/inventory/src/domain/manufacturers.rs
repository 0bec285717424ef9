//! Identifiers (the first three characters of a VIN) of makers whose vehicles are common on American lots.
//!
//! Identifiers are assigned by SAE International on behalf of NHTSA and are public (49 CFR 565.16). The list is short on
//! purpose: an identifier it lacks is reported as unknown, never guessed. Makes under one identifier are those the maker
//! sells it under; a decode lists all of them.

use Class::{Light, Mixed};

/// Which vehicles an identifier covers, as far as the model year is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Cars and multipurpose vehicles, all at most 10,000 lb: position 7 settles the model year.
    Light,
    /// Trucks, of which some are heavier.
    Mixed,
}

/// One identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manufacturer {
    pub(crate) identifier: &'static str,
    pub(crate) company: &'static str,
    pub(crate) makes: &'static [&'static str],
    pub(crate) class: Class,
}

const fn maker(
    identifier: &'static str,
    company: &'static str,
    makes: &'static [&'static str],
    class: Class,
) -> Manufacturer {
    Manufacturer { identifier, company, makes, class }
}

/// In the order of the identifiers.
#[rustfmt::skip]
pub(crate) const MANUFACTURERS: &[Manufacturer] = &[
    maker("19U", "Honda", &["Acura"], Light),
    maker("1C3", "Chrysler", &["Chrysler", "Dodge"], Light),
    maker("1C4", "Chrysler", &["Chrysler", "Dodge", "Jeep"], Light),
    maker("1C6", "Chrysler", &["Dodge", "Jeep", "Ram"], Mixed),
    maker("1FA", "Ford Motor Company", &["Ford"], Light),
    maker("1FM", "Ford Motor Company", &["Ford"], Light),
    maker("1FT", "Ford Motor Company", &["Ford"], Mixed),
    maker("1G1", "General Motors", &["Chevrolet"], Light),
    maker("1G6", "General Motors", &["Cadillac"], Light),
    maker("1GC", "General Motors", &["Chevrolet"], Mixed),
    maker("1GK", "General Motors", &["GMC"], Light),
    maker("1GN", "General Motors", &["Chevrolet"], Light),
    maker("1GT", "General Motors", &["GMC"], Mixed),
    maker("1GY", "General Motors", &["Cadillac"], Light),
    maker("1HG", "Honda", &["Honda"], Light),
    maker("1N4", "Nissan", &["Nissan"], Light),
    maker("1N6", "Nissan", &["Nissan"], Mixed),
    maker("1VW", "Volkswagen Group of America", &["Volkswagen"], Light),
    maker("2C3", "Chrysler Canada", &["Chrysler", "Dodge"], Light),
    maker("2C4", "Chrysler Canada", &["Chrysler", "Dodge"], Light),
    maker("2FM", "Ford Motor Company of Canada", &["Ford", "Lincoln"], Light),
    maker("2GN", "General Motors of Canada", &["Chevrolet"], Light),
    maker("2HG", "Honda Canada", &["Honda"], Light),
    maker("2HK", "Honda Canada", &["Honda"], Light),
    maker("2T1", "Toyota Canada", &["Toyota"], Light),
    maker("2T2", "Toyota Canada", &["Lexus"], Light),
    maker("2T3", "Toyota Canada", &["Toyota"], Light),
    maker("3C6", "Chrysler Mexico", &["Ram"], Mixed),
    maker("3FA", "Ford Motor Company Mexico", &["Ford", "Lincoln"], Light),
    maker("3GC", "General Motors Mexico", &["Chevrolet"], Mixed),
    maker("3GN", "General Motors Mexico", &["Chevrolet"], Light),
    maker("3MZ", "Mazda Mexico", &["Mazda"], Light),
    maker("3N1", "Nissan Mexico", &["Nissan"], Light),
    maker("3VV", "Volkswagen Mexico", &["Volkswagen"], Light),
    maker("3VW", "Volkswagen Mexico", &["Volkswagen"], Light),
    maker("4JG", "Mercedes-Benz US International", &["Mercedes-Benz"], Light),
    maker("4S3", "Subaru of Indiana Automotive", &["Subaru"], Light),
    maker("4S4", "Subaru of Indiana Automotive", &["Subaru"], Light),
    maker("4T1", "Toyota", &["Toyota"], Light),
    maker("5FN", "Honda", &["Honda"], Light),
    maker("5FP", "Honda", &["Honda"], Mixed),
    maker("5J6", "Honda", &["Honda"], Light),
    maker("5J8", "Honda", &["Acura"], Light),
    maker("5LM", "Ford Motor Company", &["Lincoln"], Light),
    maker("5N1", "Nissan", &["Infiniti", "Nissan"], Light),
    maker("5NM", "Hyundai Motor Manufacturing Alabama", &["Hyundai"], Light),
    maker("5NP", "Hyundai Motor Manufacturing Alabama", &["Hyundai"], Light),
    maker("5TD", "Toyota", &["Lexus", "Toyota"], Light),
    maker("5TF", "Toyota", &["Toyota"], Mixed),
    maker("5UX", "BMW Manufacturing", &["BMW"], Light),
    maker("5XX", "Kia Georgia", &["Kia"], Light),
    maker("5XY", "Kia Georgia", &["Hyundai", "Kia"], Light),
    maker("5YF", "Toyota", &["Toyota"], Light),
    maker("5YJ", "Tesla", &["Tesla"], Light),
    maker("7SA", "Tesla", &["Tesla"], Light),
    maker("JF1", "Subaru", &["Subaru"], Light),
    maker("JF2", "Subaru", &["Subaru"], Light),
    maker("JH4", "Honda", &["Acura"], Light),
    maker("JHM", "Honda", &["Honda"], Light),
    maker("JM1", "Mazda", &["Mazda"], Light),
    maker("JM3", "Mazda", &["Mazda"], Light),
    maker("JN1", "Nissan", &["Infiniti", "Nissan"], Light),
    maker("JN8", "Nissan", &["Infiniti", "Nissan"], Light),
    maker("JTD", "Toyota", &["Toyota"], Light),
    maker("JTE", "Toyota", &["Toyota"], Light),
    maker("JTH", "Toyota", &["Lexus"], Light),
    maker("JTJ", "Toyota", &["Lexus"], Light),
    maker("JTM", "Toyota", &["Toyota"], Light),
    maker("KL4", "GM Korea", &["Buick"], Light),
    maker("KM8", "Hyundai", &["Hyundai"], Light),
    maker("KMH", "Hyundai", &["Genesis", "Hyundai"], Light),
    maker("KNA", "Kia", &["Kia"], Light),
    maker("KND", "Kia", &["Kia"], Light),
    maker("SAJ", "Jaguar Land Rover", &["Jaguar"], Light),
    maker("SAL", "Jaguar Land Rover", &["Land Rover"], Light),
    maker("W1K", "Mercedes-Benz", &["Mercedes-Benz"], Light),
    maker("W1N", "Mercedes-Benz", &["Mercedes-Benz"], Light),
    maker("WA1", "Audi", &["Audi"], Light),
    maker("WAU", "Audi", &["Audi"], Light),
    maker("WBA", "BMW", &["BMW"], Light),
    maker("WBS", "BMW M", &["BMW"], Light),
    maker("WBX", "BMW", &["BMW"], Light),
    maker("WDC", "Mercedes-Benz", &["Mercedes-Benz"], Light),
    maker("WDD", "Mercedes-Benz", &["Mercedes-Benz"], Light),
    maker("WMW", "BMW", &["Mini"], Light),
    maker("WP0", "Porsche", &["Porsche"], Light),
    maker("WP1", "Porsche", &["Porsche"], Light),
    maker("WVG", "Volkswagen", &["Volkswagen"], Light),
    maker("WVW", "Volkswagen", &["Volkswagen"], Light),
    maker("YV1", "Volvo Cars", &["Volvo"], Light),
    maker("YV4", "Volvo Cars", &["Volvo"], Light),
    maker("ZAR", "Alfa Romeo", &["Alfa Romeo"], Light),
];

#[cfg(test)]
mod tests {
    use super::MANUFACTURERS;

    #[test]
    fn identifiers_are_three_characters_in_order_without_repeats() {
        assert!(MANUFACTURERS.iter().all(|m| m.identifier.len() == 3 && !m.makes.is_empty()));
        assert!(MANUFACTURERS.is_sorted_by(|a, b| a.identifier < b.identifier));
    }
}
