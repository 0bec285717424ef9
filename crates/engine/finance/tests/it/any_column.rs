//! Columns at random: cash, loans of every plan, leases of every kind.

use crate::any_deal::{after, money, rate, word};
use autolytiq_finance::deal::column::{
    Capitalize, CashTerms, Column, FinanceTerms, LeaseOptions, LeaseTerms, MileageProgram, MultipleDeposits, Residual,
};
use autolytiq_finance::deal::limits::MOST_MONEY_FACTOR;
use autolytiq_finance::lease::RentMethod;
use autolytiq_finance::loan::{Accrual, Frequency, InterestRounding, PaymentPlan};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use proptest::option;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The day from which a first payment is counted before the deal's date is known.
pub(crate) const DISTANCE: Date = jiff::civil::date(1900, 1, 1);

/// How a loan may be repaid where it is not simply every month.
fn plan() -> BoxedStrategy<PaymentPlan> {
    const FREQUENCIES: [Frequency; 7] = [
        Frequency::Weekly,
        Frequency::Biweekly,
        Frequency::FourWeekly,
        Frequency::Semimonthly,
        Frequency::Monthly,
        Frequency::Quarterly,
        Frequency::Single,
    ];
    const ACCRUALS: [Accrual; 5] =
        [Accrual::UnitPeriod, Accrual::Thirty360, Accrual::Actual365, Accrual::Actual360, Accrual::ActualActual];
    const INTEREST: [InterestRounding; 2] = [InterestRounding::PerPeriod, InterestRounding::Carried];
    (
        (word(&FREQUENCIES), word(&ACCRUALS), word(&INTEREST)),
        prop_oneof![2 => Just(Money::ZERO), 1 => money(9_000)],
        prop::collection::btree_set(1_u16..40, 0..4),
    )
        .prop_map(|((frequency, accrual, interest_rounding), balloon, skipped)| PaymentPlan {
            frequency,
            accrual,
            interest_rounding,
            balloon,
            skipped: skipped.into_iter().collect(),
            ..PaymentPlan::default()
        })
        .boxed()
}

pub(crate) fn column() -> BoxedStrategy<Column> {
    let finance = (
        (
            rate(2_500, Rate::ONE),
            1_u16..=144,
            option::of(1_i64..=366),
            prop_oneof![4 => Just(Money::ZERO), 1 => money(900)],
        ),
        (option::of(money(9_000)), option::of(rate(2_000, Rate::ONE)), option::of(rate(10_000, Rate::ONE))),
        prop_oneof![3 => Just(PaymentPlan::default()), 1 => plan()],
    )
        .prop_map(
            |((rate, term_months, days, prepaid_finance_charge), (cash_down, buy_rate, reserve_share), mut plan)| {
                // The last due date of a loan cannot be skipped.
                plan.skipped.retain(|number| *number < plan.frequency.payments_in(term_months));
                // As a distance, until the deal's date is known.
                let first_payment = days.and_then(|days| after(DISTANCE, days));
                let id = String::new();
                Column::Finance(FinanceTerms {
                    id,
                    rate,
                    term_months,
                    first_payment,
                    prepaid_finance_charge,
                    cash_down,
                    buy_rate,
                    reserve_share,
                    plan,
                    deferred_down: Vec::new(),
                })
            },
        );
    let residual = prop_oneof![
        3 => rate(7_000, Rate::ONE).prop_map(Residual::Percent),
        1 => money(40_000).prop_map(Residual::Amount),
    ];
    let factor = || {
        prop_oneof![9 => 0_i64..400, 1 => Just(5_000_i64)].prop_map(|hundred_thousandths| {
            Rate::from_units(hundred_thousandths * (Rate::SCALE / 100_000)).min(MOST_MONEY_FACTOR)
        })
    };
    let each = || {
        let some = prop::collection::btree_map((0_u8..12).prop_map(|number| number.to_string()), any::<bool>(), 1..5);
        prop_oneof![1 => Just(BTreeMap::new()), 1 => some]
    };
    let capitalize = (any::<[bool; 5]>(), each(), each(), each()).prop_map(
        |([acquisition_fee, doc_fee, government_fees, products, upfront_tax], each_fee, each_product, each_tax)| {
            Capitalize {
                acquisition_fee,
                doc_fee,
                government_fees,
                products,
                upfront_tax,
                each_fee,
                each_product,
                each_tax,
            }
        },
    );
    let lease = (
        (factor(), 1_u16..=84, residual, capitalize),
        (money(1_200), money(600), money(900), option::of(0_u32..30_000)),
        (option::of(money(9_000)), option::of(factor()), option::of(rate(10_000, Rate::ONE)), lease_options()),
    )
        .prop_map(
            |(
                (money_factor, term_months, residual, capitalize),
                (acquisition_fee, disposition_fee, security_deposit, annual_miles),
                (cash_down, buy_money_factor, reserve_share, mut options),
            )| {
                options.advance_payments =
                    if options.single_payment { 1 } else { options.advance_payments.min(term_months) };
                if annual_miles.is_none() {
                    options.mileage = None;
                }
                Column::Lease(LeaseTerms {
                    id: String::new(),
                    money_factor,
                    term_months,
                    residual,
                    acquisition_fee,
                    disposition_fee,
                    security_deposit,
                    annual_miles,
                    capitalize,
                    cash_down,
                    buy_money_factor,
                    reserve_share,
                    options,
                })
            },
        );
    prop_oneof![1 => Just(Column::Cash(CashTerms { id: String::new() })), 3 => finance, 3 => lease].boxed()
}

/// Mostly the ordinary lease.
fn lease_options() -> BoxedStrategy<LeaseOptions> {
    let deposits = (1_u16..=10, 0_i64..20, prop_oneof![Just(Money::from_dollars(25)), Just(Money::from_dollars(50))])
        .prop_map(|(count, step, round_to)| MultipleDeposits {
            count,
            step: Rate::from_units(step * (Rate::SCALE / 100_000)),
            round_to,
        });
    let mileage = (8_000_u32..20_000, 0_i64..40)
        .prop_map(|(program_miles, cents)| MileageProgram { program_miles, per_mile: Money::from_cents(cents) });
    let other = (any::<bool>(), 1_u16..5, any::<bool>(), option::of(deposits), -500_i64..500, option::of(mileage))
        .prop_map(|(exact, advance_payments, single_payment, multiple_deposits, points, mileage)| LeaseOptions {
            method: if exact { RentMethod::ConstantYield } else { RentMethod::MoneyFactor },
            advance_payments,
            single_payment,
            multiple_deposits,
            residual_points: Rate::from_units(points * (Rate::SCALE / 10_000)),
            mileage,
        });
    prop_oneof![1 => Just(LeaseOptions::default()), 1 => other].boxed()
}
