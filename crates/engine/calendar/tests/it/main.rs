//! Due dates, unit-periods and day counts against published examples and the laws they follow.

use autolytiq_calendar::{
    CalendarError, DueDates, MonthsAndDays, Unit, UnitSpan, actual_days, add_months, iso, supported, thirty_360_days,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

#[test]
fn months_keep_the_day_or_the_last_day() {
    assert_eq!(add_months(date(2026, 1, 31), 1), Ok(date(2026, 2, 28)));
    assert_eq!(add_months(date(2028, 1, 31), 1), Ok(date(2028, 2, 29)));
    assert_eq!(add_months(date(2026, 11, 15), 3), Ok(date(2027, 2, 15)));
    assert_eq!(add_months(date(2026, 1, 15), -1), Ok(date(2025, 12, 15)));
    assert_eq!(add_months(date(2199, 12, 1), 1), Err(CalendarError::OutOfRange));
    assert_eq!(add_months(date(2000, 1, 1), i32::MAX), Err(CalendarError::OutOfRange));
}

#[test]
fn a_series_on_the_last_day_stays_there() {
    let due = DueDates::beginning(date(2026, 1, 10), date(2026, 2, 28)).unwrap();
    assert_eq!(due.nth(1), Ok(date(2026, 3, 31)));
    assert_eq!(due.nth(24), Ok(date(2028, 2, 29)));
    let due = DueDates::monthly_after(date(2026, 1, 30)).unwrap();
    assert_eq!(due.nth(0), Ok(date(2026, 2, 28)));
    assert_eq!(due.nth(1), Ok(date(2026, 3, 30)));
    let due = DueDates::beginning(date(2026, 3, 30), date(2026, 4, 30)).unwrap();
    assert_eq!(due.nth(1), Ok(date(2026, 5, 30)));
    assert_eq!(DueDates::beginning(date(2026, 3, 30), date(2026, 3, 30)), Err(CalendarError::Reversed));
}

/// The intervals of the monthly examples in 12 CFR 1026 Appendix J (c)(1), and month ends.
#[test]
fn unit_periods_count_backward() {
    let table = [
        (date(1978, 1, 10), date(1978, 2, 10), 1, 0),
        (date(1978, 2, 10), date(1978, 4, 1), 1, 19),
        (date(2026, 1, 31), date(2026, 2, 28), 1, 0),
        (date(2026, 1, 30), date(2026, 2, 28), 1, 0),
        (date(2026, 1, 29), date(2026, 3, 31), 2, 2),
        (date(2026, 11, 21), date(2026, 12, 1), 0, 10),
        (date(2026, 12, 31), date(2027, 2, 28), 2, 0),
        (date(2026, 12, 1), date(2026, 12, 31), 0, 30),
        (date(2024, 2, 29), date(2025, 2, 28), 12, 0),
    ];
    for (advance, first, months, days) in table {
        let due = DueDates::beginning(advance, first).unwrap();
        assert_eq!(
            MonthsAndDays::to_first_due(advance, due),
            Ok(MonthsAndDays { months, days }),
            "{advance} to {first}"
        );
    }
}

#[test]
fn series_of_every_unit() {
    let dates = |unit, first, count: u16| -> Vec<Date> {
        (0..count).map(|index| DueDates::from(first, unit).nth(index).unwrap()).collect()
    };
    assert_eq!(dates(Unit::Weeks(1), date(2026, 2, 20), 3), [date(2026, 2, 20), date(2026, 2, 27), date(2026, 3, 6)]);
    assert_eq!(dates(Unit::Weeks(4), date(2026, 12, 18), 2), [date(2026, 12, 18), date(2027, 1, 15)]);
    let halves = dates(Unit::HalfMonth, date(2026, 1, 16), 4);
    assert_eq!(halves, [date(2026, 1, 16), date(2026, 2, 1), date(2026, 2, 16), date(2026, 3, 1)]);
    // The 15th and the last day of the month.
    let halves = dates(Unit::HalfMonth, date(2026, 2, 15), 4);
    assert_eq!(halves, [date(2026, 2, 15), date(2026, 2, 28), date(2026, 3, 15), date(2026, 3, 31)]);
    let halves = dates(Unit::HalfMonth, date(2026, 1, 31), 3);
    assert_eq!(halves, [date(2026, 1, 31), date(2026, 2, 15), date(2026, 2, 28)]);
    let quarters = dates(Unit::Months(3), date(2026, 8, 31), 3);
    assert_eq!(quarters, [date(2026, 8, 31), date(2026, 11, 30), date(2027, 2, 28)]);
    assert_eq!(DueDates::after(date(2026, 11, 21), Unit::HalfMonth).unwrap().first(), date(2026, 12, 6));
    assert_eq!(DueDates::after(date(2026, 11, 10), Unit::HalfMonth).unwrap().first(), date(2026, 11, 25));
    assert_eq!(DueDates::after(date(2026, 11, 21), Unit::Months(3)).unwrap().first(), date(2027, 2, 21));
}

/// The first periods of the examples in 12 CFR 1026 Appendix J (c), and one for each rule of (b)(5).
#[test]
fn units_count_by_the_appendix() {
    let table = [
        (Unit::MONTH, date(1978, 2, 10), date(1978, 4, 1), (1, 19, 30)),
        (Unit::HalfMonth, date(1978, 2, 23), date(1978, 3, 1), (0, 6, 15)),
        (Unit::Months(3), date(1978, 5, 23), date(1978, 10, 1), (1, 39, 90)),
        (Unit::Weeks(1), date(1978, 3, 20), date(1978, 4, 21), (4, 4, 7)),
        (Unit::Weeks(4), date(1978, 3, 18), date(1978, 4, 20), (1, 5, 28)),
        (Unit::Weeks(2), date(1978, 4, 3), date(1978, 4, 11), (0, 8, 14)),
        (Unit::Months(2), date(1978, 1, 10), date(1978, 3, 1), (0, 52, 60)),
        (Unit::YEAR, date(1978, 1, 17), date(1979, 7, 17), (1, 6, 12)),
        (Unit::YEAR, date(1978, 1, 3), date(1980, 1, 3), (2, 0, 12)),
        (Unit::YEAR, date(1978, 1, 3), date(1980, 1, 13), (2, 10, 365)),
        (Unit::Day, date(1978, 1, 3), date(1978, 9, 15), (255, 0, 1)),
    ];
    for (unit, from, to, (whole, odd, per)) in table {
        let due = DueDates::from(to, unit);
        assert_eq!(unit.count(from, due), Ok(UnitSpan { whole, odd, per }), "{unit:?} from {from} to {to}");
    }
    assert_eq!(Unit::Weeks(4).per_year(), (52, 4));
}

#[test]
fn day_counts() {
    assert_eq!(actual_days(date(2024, 2, 28), date(2024, 3, 1)), Ok(2));
    assert_eq!(actual_days(date(2024, 3, 1), date(2024, 2, 28)), Err(CalendarError::Reversed));
    // The bond basis, by hand: 360 y + 30 m + d after the rules for the 31st and the end of February.
    assert_eq!(thirty_360_days(date(2026, 1, 15), date(2026, 2, 15)), Ok(30));
    assert_eq!(thirty_360_days(date(2026, 1, 31), date(2026, 3, 31)), Ok(60));
    assert_eq!(thirty_360_days(date(2026, 1, 15), date(2026, 1, 31)), Ok(16));
    assert_eq!(thirty_360_days(date(2026, 2, 28), date(2026, 3, 31)), Ok(30));
    assert_eq!(thirty_360_days(date(2026, 2, 28), date(2027, 2, 28)), Ok(360));
}

#[test]
fn one_date_has_one_spelling() {
    assert_eq!(iso::parse("2026-01-31"), Ok(date(2026, 1, 31)));
    for text in
        ["2026-1-31", "20260131", "2026-01-31T00:00", "2026-02-30", "2026-13-01", "+002026-01-01", "", "2026-01-3١"]
    {
        assert_eq!(iso::parse(text), Err(CalendarError::Malformed), "{text}");
    }
    assert_eq!(supported(iso::parse("1899-12-31").unwrap()), Err(CalendarError::OutOfRange));
}

prop_compose! {
    fn any_date()(year in 1900_i16..2199, month in 1_i8..=12, day in 1_i8..=31) -> Date {
        let first = date(year, month, 1);
        date(year, month, day.min(first.days_in_month()))
    }
}

proptest! {
    #[test]
    fn unit_periods_add_up(advance in any_date(), days in 1_i64..800) {
        let first = advance.checked_add(jiff::Span::new().days(days)).unwrap();
        prop_assume!(supported(first).is_ok());
        let due = DueDates::beginning(advance, first).unwrap();
        let interval = MonthsAndDays::to_first_due(advance, due).unwrap();
        prop_assert!(interval.days <= 30, "{:?}", interval);
        // Each whole month has 28 to 31 days.
        let whole = days - i64::from(interval.days);
        prop_assert!((i64::from(interval.months) * 28..=i64::from(interval.months) * 31).contains(&whole));
    }

    #[test]
    fn a_month_after_is_regular(advance in any_date()) {
        prop_assume!(add_months(advance, 1).is_ok());
        let due = DueDates::monthly_after(advance).unwrap();
        prop_assert_eq!(MonthsAndDays::to_first_due(advance, due), Ok(MonthsAndDays::REGULAR));
        prop_assert_eq!(DueDates::beginning(advance, due.first()), Ok(due));
    }

    #[test]
    fn the_date_before_a_series_leads_to_it(first in any_date(), unit in 0_usize..6) {
        let unit = [Unit::Day, Unit::Weeks(2), Unit::HalfMonth, Unit::MONTH, Unit::Months(3), Unit::YEAR][unit];
        // Two days of a month that are half a month apart exist only where neither is cut short by the month's end.
        prop_assume!(first.day() <= 28 && first != first.last_of_month() && first.year() > 1901);
        prop_assume!(unit != Unit::HalfMonth || !(13..=15).contains(&first.day()));
        let before = DueDates::from(first, unit).preceding().unwrap();
        prop_assert_eq!(DueDates::after(before, unit).unwrap().first(), first);
    }

    #[test]
    fn text_round_trips(day in any_date()) {
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Wire(#[serde(with = "iso")] Date);
        let text = serde_json::to_string(&Wire(day)).unwrap();
        prop_assert_eq!(&text, &format!("\"{day}\""));
        prop_assert_eq!(serde_json::from_str::<Wire>(&text).unwrap().0, day);
    }
}
