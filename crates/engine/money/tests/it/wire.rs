//! What is written, and what is refused when read.

use autolytiq_money::{Money, ParseError, Rate};

#[test]
fn money_is_written_with_two_places() {
    for (cents, text) in [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (4_125_000, "41250.00"), (-10_050, "-100.50")] {
        assert_eq!(serde_json::to_string(&Money::from_cents(cents)).unwrap(), format!("\"{text}\""));
        assert_eq!(text.parse::<Money>().unwrap(), Money::from_cents(cents));
    }
    assert_eq!(Money::from_cents(i64::MIN).to_string(), "-92233720368547758.08");
    assert_eq!(format!("{:>10}", Money::from_cents(123)), "      1.23");
    assert_eq!(format!("{:?}", Money::from_cents(123)), "1.23 USD");
}

#[test]
fn money_accepts_fewer_places() {
    for text in ["41250", "41250.0", "41250.00", "041250.00"] {
        assert_eq!(text.parse::<Money>().unwrap(), Money::from_dollars(41_250));
    }
}

#[test]
fn money_refuses_everything_else() {
    for text in ["", "-", ".5", "5.", "1,000.00", " 1", "1 ", "+1", "1e3", "0x1", "١", "1.2.3", "NaN", "--1"] {
        assert_eq!(text.parse::<Money>(), Err(ParseError::Malformed), "{text:?}");
    }
    assert_eq!("1.005".parse::<Money>(), Err(ParseError::TooManyPlaces(2)));
    assert_eq!("1234567890123".parse::<Money>(), Err(ParseError::TooLarge(12)));
    assert_eq!("999999999999.99".parse::<Money>().unwrap().cents(), 99_999_999_999_999);
    for json in ["41250", "41250.00", "null", "true", "[]", "{}"] {
        let error = serde_json::from_str::<Money>(json).unwrap_err().to_string();
        assert!(error.contains("an amount as a string"), "{json}: {error}");
    }
}

#[test]
fn rates_are_written_without_trailing_zeros() {
    for (text, canonical) in [
        ("0.0649", "0.0649"),
        ("0.06490", "0.0649"),
        ("1.00", "1"),
        ("0", "0"),
        ("0.000000000001", "0.000000000001"),
        ("-0.5", "-0.5"),
    ] {
        let rate: Rate = serde_json::from_str(&format!("\"{text}\"")).unwrap();
        assert_eq!(serde_json::to_string(&rate).unwrap(), format!("\"{canonical}\""));
    }
    assert_eq!("0.0000000000001".parse::<Rate>(), Err(ParseError::TooManyPlaces(12)));
    assert_eq!("1000000".parse::<Rate>(), Err(ParseError::TooLarge(6)));
    assert!(serde_json::from_str::<Rate>("0.0649").is_err(), "numbers are floats in too many clients");
}
