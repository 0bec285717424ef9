//! The annual percentage rate against the examples of 12 CFR 1026, Appendix J (c)(1), and against its own definition.

use autolytiq_calendar::MonthsAndDays;
use autolytiq_finance::Loan;
use autolytiq_finance::apr::{NoApr, Transaction, UnitPeriods};
use autolytiq_money::{Money, Rate, Rounding};
use proptest::prelude::*;

/// One published example: what was advanced and repaid, how long the first period is, and the rate to two places.
struct Example {
    name: &'static str,
    advance: &'static str,
    payment: &'static str,
    payments: u16,
    first: (u16, u16, u16),
    per_year: u16,
    percent: &'static str,
}

/// Appendix J (c)(1), single advance, with or without an odd first period, and otherwise regular.
const EXAMPLES: [Example; 5] = [
    Example {
        name: "(i) monthly, regular",
        advance: "5000",
        payment: "230",
        payments: 24,
        first: (1, 0, 30),
        per_year: 12,
        percent: "9.69",
    },
    Example {
        name: "(ii) monthly, long first",
        advance: "6000",
        payment: "200",
        payments: 36,
        first: (1, 19, 30),
        per_year: 12,
        percent: "11.82",
    },
    Example {
        name: "(iii) semimonthly, short first",
        advance: "5000",
        payment: "219.17",
        payments: 24,
        first: (0, 6, 15),
        per_year: 24,
        percent: "10.34",
    },
    Example {
        name: "(iv) quarterly, long first",
        advance: "10000",
        payment: "385",
        payments: 40,
        first: (1, 39, 90),
        per_year: 4,
        percent: "8.97",
    },
    Example {
        name: "(v) weekly, long first",
        advance: "500",
        payment: "17.60",
        payments: 30,
        first: (4, 4, 7),
        per_year: 52,
        percent: "14.96",
    },
];

fn transaction(example: &Example) -> Transaction {
    let (whole, odd_days, days_in_period) = example.first;
    let payment: Money = example.payment.parse().unwrap();
    Transaction {
        advance: example.advance.parse().unwrap(),
        payment,
        final_payment: payment,
        payments: example.payments,
        first: UnitPeriods { whole, odd_days, days_in_period },
        per_year: (example.per_year, 1),
    }
}

#[test]
fn appendix_j_examples() {
    for example in &EXAMPLES {
        // Where the search begins must not matter.
        for near in ["0", "0.05", "0.24", "1"] {
            let apr = transaction(example).apr(near.parse().unwrap()).unwrap().unwrap();
            let percent = apr.times_count(100).unwrap().round(2, Rounding::HalfUp).unwrap();
            assert_eq!(percent, example.percent.parse().unwrap(), "{} near {near}: {apr}", example.name);
        }
    }
}

/// Six places, by bisection over the definition in Python's `decimal` with 50 digits (`reference/figures.py`).
#[test]
fn the_rate_is_far_finer_than_the_tolerance() {
    let expected = ["0.09685708", "0.11816508", "0.10337903", "0.0897077", "0.14962223"];
    for (example, expected) in EXAMPLES.iter().zip(expected) {
        let apr = transaction(example).apr(Rate::ZERO).unwrap().unwrap();
        assert_eq!(apr, expected.parse().unwrap(), "{}", example.name);
    }
}

#[test]
fn some_transactions_have_no_rate() {
    let of = |advance: &str, payment: &str, payments| Transaction {
        advance: advance.parse().unwrap(),
        payment: payment.parse().unwrap(),
        final_payment: payment.parse().unwrap(),
        payments,
        first: UnitPeriods { whole: 1, odd_days: 0, days_in_period: 30 },
        per_year: (12, 1),
    };
    assert_eq!(of("0", "10", 12).apr(Rate::ZERO), Ok(Err(NoApr::NothingAdvanced)));
    assert_eq!(of("-5", "10", 12).apr(Rate::ZERO), Ok(Err(NoApr::NothingAdvanced)));
    assert_eq!(of("121", "10", 12).apr(Rate::ZERO), Ok(Err(NoApr::PaymentsBelowAdvance)));
    assert_eq!(of("120", "10", 12).apr(Rate::ONE), Ok(Ok(Rate::ZERO)));
    assert_eq!(of("0.01", "10000000", 144).apr(Rate::ZERO), Ok(Err(NoApr::TooHigh)));
}

/// The trap of the single payment: 42 days, where the effective rate (15.78 %) is not the one to disclose. The unit-period is
/// a day and the rate is nominal: 1,000.00 repaid with 1,017.00 is 0.017 × 365 ÷ 42 = 14.77 %.
#[test]
fn a_single_payment_is_nominal() {
    let single = Transaction {
        advance: Money::from_dollars(1000),
        payment: Money::from_dollars(1017),
        final_payment: Money::from_dollars(1017),
        payments: 1,
        first: UnitPeriods { whole: 0, odd_days: 42, days_in_period: 365 },
        per_year: (1, 1),
    };
    let apr = single.apr(Rate::ZERO).unwrap().unwrap();
    assert_eq!(apr.round(4, Rounding::HalfUp).unwrap(), "0.1477".parse().unwrap());
}

proptest! {
    /// Without a prepaid charge the rate of a schedule is its contract rate, but for the cents of its roundings.
    #[test]
    fn the_rate_of_a_schedule_is_its_contract_rate(
        dollars in 1_000_i64..100_000, basis_points in 1_i64..3_000, payments in 1_u16..=96, days in 0_u16..30, months in 0_u16..3,
    ) {
        prop_assume!(months + days > 0);
        let rate = Rate::from_units(basis_points * (Rate::SCALE / 10_000));
        let loan = Loan { amount: Money::from_cents(dollars * 100), rate, payments, first_period: MonthsAndDays { months, days } };
        let totals = loan.totals().unwrap();
        let transaction = Transaction {
            advance: loan.amount,
            payment: totals.payment,
            final_payment: totals.final_payment,
            payments,
            first: UnitPeriods { whole: months, odd_days: days, days_in_period: 30 },
            per_year: (12, 1),
        };
        let apr = transaction.apr(Rate::ZERO).unwrap().unwrap();
        // Half a cent of rounding in each of n payments, against the amount times the mean time it is owed. At a high rate
        // that time is shorter than half the term; a quarter of it is a safe bound.
        let (n, m, d) = (i64::from(payments), i64::from(months), i64::from(days));
        let tolerance = 10_000 + 60_000_000_000 * n * 120 / (dollars * (30 * (n - 1) + 120 * m + 4 * d));
        prop_assert!((apr.units() - rate.units()).abs() <= tolerance, "{apr} against {rate}: {totals:?}");
        // Where the search begins must not matter to the last place.
        prop_assert_eq!(transaction.apr(Rate::ONE).unwrap().unwrap(), apr);
    }

    /// The answer solves the equation: a little below it the payments are worth more than the advance, a little above less.
    #[test]
    fn a_prepaid_charge_raises_the_rate(dollars in 2_000_i64..80_000, basis_points in 0_i64..2_500, payments in 2_u16..=96, charge in 1_i64..500) {
        let rate = Rate::from_units(basis_points * (Rate::SCALE / 10_000));
        let loan = Loan { amount: Money::from_cents(dollars * 100), rate, payments, first_period: MonthsAndDays::REGULAR };
        let totals = loan.totals().unwrap();
        let of = |prepaid: i64| Transaction {
            advance: Money::from_cents((dollars - prepaid) * 100),
            payment: totals.payment,
            final_payment: totals.final_payment,
            payments,
            first: UnitPeriods { whole: 1, odd_days: 0, days_in_period: 30 },
            per_year: (12, 1),
        }.apr(rate).unwrap().unwrap();
        prop_assert!(of(charge) > of(0));
    }

    /// Any transaction at all has an answer, and soon.
    #[test]
    fn every_search_ends(advance in 0_i64..1_000_000_000, payment in 0_i64..1_000_000_000, last in 0_i64..1_000_000_000, payments in 1_u16..=144, whole in 0_u16..14, odd_days in 0_u16..31, near in 0_i64..Rate::SCALE) {
        prop_assume!(whole + odd_days > 0);
        let transaction = Transaction {
            advance: Money::from_cents(advance),
            payment: Money::from_cents(payment),
            final_payment: Money::from_cents(last),
            payments,
            first: UnitPeriods { whole, odd_days, days_in_period: 30 },
            per_year: (12, 1),
        };
        prop_assert!(transaction.apr(Rate::from_units(near)).is_ok());
    }
}
