//! Laws that hold for every amount.

use autolytiq_money::{Money, MoneyError, Rate, Rounding};
use proptest::prelude::*;

#[test]
fn each_rounding_at_the_half() {
    let table = [
        // numerator over 2, half up, half even, up, down
        (5, 3, 2, 3, 2),
        (3, 2, 2, 2, 1),
        (1, 1, 0, 1, 0),
        (0, 0, 0, 0, 0),
        (-1, -1, 0, -1, 0),
        (-3, -2, -2, -2, -1),
        (-5, -3, -2, -3, -2),
    ];
    for (n, half_up, half_even, up, down) in table {
        assert_eq!(Rounding::HalfUp.divide(n, 2), Ok(half_up), "{n}/2");
        assert_eq!(Rounding::HalfEven.divide(n, 2), Ok(half_even), "{n}/2");
        assert_eq!(Rounding::Up.divide(n, 2), Ok(up), "{n}/2");
        assert_eq!(Rounding::Down.divide(n, 2), Ok(down), "{n}/2");
    }
    assert_eq!(Rounding::HalfUp.divide(1, 0), Err(MoneyError::DivideByZero));
    assert_eq!(Rounding::HalfUp.divide(i64::MIN.into(), -1), Err(MoneyError::OutOfRange));
    assert_eq!(Rounding::HalfUp.divide(i128::MIN, -1), Err(MoneyError::OutOfRange));
}

#[test]
fn a_rate_as_a_short_fraction() {
    let table = [
        ("0.0649", (649, 10_000)),
        ("-0.5", (-5, 10)),
        ("0", (0, 1)),
        ("1", (1, 1)),
        ("120", (120, 1)),
        ("0.000000000001", (1, Rate::SCALE)),
    ];
    for (rate, fraction) in table {
        assert_eq!(rate.parse::<Rate>().unwrap().fraction(), fraction, "{rate}");
    }
}

#[test]
fn nothing_wraps() {
    let most = Money::from_cents(i64::MAX);
    assert_eq!(most.try_add(Money::CENT), Err(MoneyError::OutOfRange));
    assert_eq!(Money::from_cents(i64::MIN).try_neg(), Err(MoneyError::OutOfRange));
    assert_eq!(most.times_count(2), Err(MoneyError::OutOfRange));
    assert_eq!(most.times(Rate::from_units(2 * Rate::SCALE), Rounding::Down), Err(MoneyError::OutOfRange));
    assert_eq!(Money::try_sum([most, Money::CENT]), Err(MoneyError::OutOfRange));
}

#[test]
fn left_over_cents_go_to_the_largest_remainders() {
    let parts = Money::from_cents(100).allocate(&[1, 1, 1]).unwrap();
    assert_eq!(parts, [34, 33, 33].map(Money::from_cents));
    let parts = Money::from_cents(-100).allocate(&[1, 1, 1]).unwrap();
    assert_eq!(parts, [-34, -33, -33].map(Money::from_cents));
    assert_eq!(Money::from_cents(1).allocate(&[0, 0]), Err(MoneyError::DivideByZero));
    assert_eq!(Money::from_cents(1).allocate(&[]), Err(MoneyError::DivideByZero));
}

proptest! {
    #[test]
    fn allocation_sums_exactly(cents in any::<i64>(), weights in prop::collection::vec(any::<u32>(), 1..20)) {
        prop_assume!(weights.iter().any(|w| *w > 0));
        let amount = Money::from_cents(cents);
        let parts = amount.allocate(&weights).unwrap();
        prop_assert_eq!(Money::try_sum(parts.iter().copied()), Ok(amount));
        for (part, weight) in parts.iter().zip(&weights) {
            prop_assert!(*weight > 0 || part.is_zero(), "no weight, no part");
        }
    }

    #[test]
    fn text_round_trips(cents in -99_999_999_999_999_i64..=99_999_999_999_999, units in -999_999_999_999_999_999_i64..=999_999_999_999_999_999) {
        let amount = Money::from_cents(cents);
        prop_assert_eq!(amount.to_string().parse::<Money>(), Ok(amount));
        let rate = Rate::from_units(units);
        prop_assert_eq!(rate.to_string().parse::<Rate>(), Ok(rate));
        prop_assert_eq!(Money::from_decimal(amount.to_decimal(), Rounding::Down), Ok(amount));
        prop_assert_eq!(Rate::from_decimal(rate.to_decimal(), Rounding::Down), Ok(rate));
    }

    #[test]
    fn both_widths_of_division_agree(n in any::<i64>(), d in any::<i64>()) {
        prop_assume!(d != 0);
        // The same fraction widened past a machine word takes the slow path.
        let wide = 1_i128 << 64;
        for rounding in [Rounding::HalfUp, Rounding::HalfEven, Rounding::Up, Rounding::Down] {
            prop_assert_eq!(rounding.divide(n.into(), d.into()), rounding.divide(i128::from(n) * wide / 2, i128::from(d) * wide / 2));
        }
    }

    #[test]
    fn any_text_parses_or_errs(text in ".{0,40}") {
        let _ = text.parse::<Money>();
        let _ = text.parse::<Rate>();
    }
}
