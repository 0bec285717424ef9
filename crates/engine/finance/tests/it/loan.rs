//! Payments and schedules against independent arithmetic and their laws.

use autolytiq_calendar::MonthsAndDays;
use autolytiq_finance::Loan;
use autolytiq_finance::loan::{Row, level_payment};
use autolytiq_money::{Money, Rate};
use proptest::prelude::*;

fn loan(amount: &str, rate: &str, payments: u16, months: u16, days: u16) -> Loan {
    Loan {
        amount: amount.parse().unwrap(),
        rate: rate.parse().unwrap(),
        payments,
        first_period: MonthsAndDays { months, days },
    }
}

/// Expected values from `reference/figures.py` (Python's `decimal`, 50 digits, straight from the definition). The first row is
/// also the market's anchor: 10,025 at 10.123 % over 12 months by twelfths of a year.
#[test]
fn payments_by_independent_arithmetic() {
    let table = [
        // amount, rate, n, months, days, payment, last payment, total
        ("10025", "0.10123", 12, 1, 0, "881.93", "881.93", "10583.16"),
        ("37628.58", "0.0649", 72, 1, 0, "632.35", "632.81", "45529.66"),
        ("25000", "0.0799", 84, 1, 14, "390.74", "390.91", "32822.33"),
        ("18250.55", "0.1299", 60, 0, 20, "413.68", "413.69", "24820.81"),
        ("5000", "0", 36, 1, 0, "138.89", "138.85", "5000.00"),
        ("1000", "1", 12, 1, 0, "135.00", "134.91", "1619.91"),
        ("40000", "0.0249", 36, 2, 5, "1157.07", "1157.23", "41654.68"),
    ];
    for (amount, rate, n, months, days, payment, last, total) in table {
        let loan = loan(amount, rate, n, months, days);
        let totals = loan.totals().unwrap();
        assert_eq!(totals.payment, payment.parse().unwrap(), "{loan:?}");
        assert_eq!(totals.final_payment, last.parse().unwrap(), "{loan:?}");
        assert_eq!(totals.total_of_payments, total.parse().unwrap(), "{loan:?}");
    }
}

#[test]
fn edges() {
    assert!(loan("1000", "0.05", 0, 1, 0).totals().is_err(), "no payments");
    let one = loan("1000", "0.12", 1, 1, 0).totals().unwrap();
    assert_eq!((one.payment, one.final_payment), (Money::from_dollars(1010), Money::from_dollars(1010)));
    // A payment rounded down below the month's interest: what it leaves is owed at the end.
    let steep = loan("1000", "1", 144, 1, 0).totals().unwrap();
    assert_eq!(steep.payment, "83.33".parse().unwrap());
    assert_eq!(steep.final_payment, "1083.33".parse().unwrap());
    // A payment rounded up repays a dollar before its 144 months are over.
    let tiny = loan("1", "0", 144, 1, 0).totals().unwrap();
    assert!(tiny.ran_out);
    assert_eq!(tiny.total_of_payments, Money::from_dollars(1));
    assert!(loan("10000000", "1", 144, 13, 29).totals().unwrap().payment.is_positive());
}

prop_compose! {
    fn any_loan()(cents in 1_i64..=1_000_000_000, units in 0_i64..=Rate::SCALE, payments in 1_u16..=144, months in 0_u16..13, days in 0_u16..31) -> Loan {
        Loan { amount: Money::from_cents(cents), rate: Rate::from_units(units), payments, first_period: MonthsAndDays { months, days: days.max(u16::from(months == 0)) } }
    }
}

proptest! {
    #[test]
    fn a_schedule_ends_at_nothing_and_sums(loan in any_loan()) {
        let totals = loan.totals().unwrap();
        let rows: Vec<Row> = loan.schedule().unwrap().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(rows.len(), usize::from(loan.payments));
        let sum = |part: fn(&Row) -> Money| Money::try_sum(rows.iter().map(part)).unwrap();
        prop_assert_eq!(rows.last().unwrap().balance, Money::ZERO);
        prop_assert_eq!(sum(|row| row.payment), totals.total_of_payments);
        prop_assert_eq!(sum(|row| row.interest), totals.interest);
        prop_assert_eq!(sum(|row| row.principal), loan.amount);
        let mut balance = loan.amount;
        for row in &rows {
            prop_assert_eq!(row.payment, row.interest.try_add(row.principal).unwrap());
            prop_assert_eq!(row.balance, balance.try_sub(row.principal).unwrap());
            prop_assert!(!row.interest.is_negative() && !row.payment.is_negative());
            balance = row.balance;
        }
        prop_assert_eq!(totals.balance_before_last.try_add(totals.last_interest).unwrap(), totals.final_payment);
    }

    #[test]
    fn a_higher_rate_never_lowers_the_payment(loan in any_loan(), more in 0_i64..=Rate::SCALE / 10) {
        let dearer = Loan { rate: Rate::from_units(loan.rate.units() + more), ..loan };
        prop_assert!(level_payment(&dearer).unwrap() >= level_payment(&loan).unwrap());
    }

    #[test]
    fn a_later_first_payment_never_lowers_the_payment(loan in any_loan()) {
        let MonthsAndDays { months, days } = loan.first_period;
        let later = Loan { first_period: MonthsAndDays { months: months + 1, days }, ..loan };
        prop_assert!(level_payment(&later).unwrap() >= level_payment(&loan).unwrap());
    }
    /// As many times the amount is as many times the payment: each is rounded by itself, by half a cent at most.
    #[test]
    fn the_payment_scales_with_the_amount(loan in any_loan(), times in 2_i64..=12) {
        let larger = Loan { amount: Money::from_cents(loan.amount.cents() * times), ..loan };
        let off = level_payment(&larger).unwrap().cents() - times * level_payment(&loan).unwrap().cents();
        prop_assert!(off.abs() * 2 <= times + 1, "{off}");
    }
}
