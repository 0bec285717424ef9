//! Lease payments against a worked example and the identity of Regulation M.

use crate::deals::compute;
use autolytiq_finance::deal::column::Column;
use autolytiq_finance::deal::output::{Figures, LeaseFigures};
use autolytiq_finance::lease::{Lease, RentMethod, factor_of_rate, rate_of_factor};
use autolytiq_finance::surface;
use autolytiq_money::{Money, Rate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// By hand: (38,000 − 24,870.40) ÷ 36 = 364.7111…; (38,000 + 24,870.40) × 0.00185 = 116.31024; together 481.0213… → 481.02.
/// Rounded part by part it would be 364.71 + 116.31 = 481.02 as well; the second row is one where that differs:
/// (20,000.10 − 10,000) ÷ 24 = 416.670833…, (30,000.10) × 0.0011 = 33.00011, together 449.670943… → 449.67;
/// the third: 10,000 ÷ 7 = 1,428.571428…, 10,000 × 0.00015 = 1.5, together 1,430.071428… → 1,430.07.
#[test]
fn worked_examples() {
    let table = [
        ("38000", "24870.40", "0.00185", 36, "481.02", "4187.12"),
        ("20000.10", "10000", "0.0011", 24, "449.67", "791.98"),
        ("10000", "0", "0.00015", 7, "1430.07", "10.49"),
    ];
    for (cap, residual, factor, payments, base, rent) in table {
        let (cap, residual) = (cap.parse().unwrap(), residual.parse().unwrap());
        let lease = Lease::monthly(cap, residual, factor.parse().unwrap(), payments);
        let paid = lease.payment().unwrap();
        assert_eq!(paid.base_payment, base.parse().unwrap(), "{lease:?}");
        assert_eq!(paid.rent_charge, rent.parse().unwrap(), "{lease:?}");
    }
}

/// The sum is rounded and not its parts: 100.005 + 0.005 is 100.01 exactly, where the parts would make 100.01 + 0.01.
#[test]
fn the_sum_is_rounded() {
    // Depreciation 200.01 over 2 payments is 100.005; rent (200.01 + 0) × 0.000024998750062… is close to half a cent.
    let lease = Lease::monthly("200.01".parse().unwrap(), Money::ZERO, "0.000025".parse().unwrap(), 2);
    // 100.005 + 0.00500025 = 100.01000025.
    assert_eq!(lease.payment().unwrap().base_payment, "100.01".parse().unwrap());
}

proptest! {
    #[test]
    fn regulation_m_identity(cap in -1_000_000_i64..=1_000_000_000, residual in 0_i64..=1_000_000_000, factor in 0_i64..=Rate::SCALE / 20, payments in 1_u16..=84) {
        let (whole, left) = (Money::from_cents(cap), Money::from_cents(residual));
        let lease = Lease::monthly(whole, left, Rate::from_units(factor), payments);
        let paid = lease.payment().unwrap();
        let total = paid.base_payment.times_count(payments.into()).unwrap();
        prop_assert_eq!(paid.depreciation.try_add(paid.rent_charge).unwrap(), total);
        prop_assert_eq!(paid.depreciation, Money::from_cents(cap - residual));
        // The rent is the factor on both amounts in every month, but for half a cent a month.
        let exact = i128::from(cap + residual) * i128::from(factor) * i128::from(payments);
        let off = i128::from(paid.rent_charge.cents()) * i128::from(Rate::SCALE) - exact;
        prop_assert!(off.abs() * 2 <= i128::from(payments) * i128::from(Rate::SCALE));
    }

    /// As many times the lease is as many times the payment, by either method: each is rounded by itself, by half a cent.
    #[test]
    fn the_payment_scales_with_the_lease(
        cap in 0_i64..=90_000_000, residual in 0_i64..=90_000_000, factor in 0_i64..=Rate::SCALE / 20, months in 1_u16..=84,
        times in 2_i64..=10, exact in any::<bool>(), single in any::<bool>(),
    ) {
        let method = if exact { RentMethod::ConstantYield } else { RentMethod::MoneyFactor };
        let of = |times: i64| {
            let (cap, residual) = (Money::from_cents(cap * times), Money::from_cents(residual * times));
            Lease { method, single, ..Lease::monthly(cap, residual, Rate::from_units(factor), months) }.payment().unwrap()
        };
        let off = of(times).base_payment.cents() - times * of(1).base_payment.cents();
        prop_assert!(off.abs() * 2 <= times + 1, "{off}");
    }
}

/// By Python's decimal with 40 digits: C = 38,000, R = 24,870.40, n = 36, f = 0.00185, i = 0.0037.
#[test]
fn other_ways_to_pay() {
    let monthly = Lease::monthly("38000".parse().unwrap(), "24870.40".parse().unwrap(), "0.00185".parse().unwrap(), 36);
    let exact = |advance| Lease { method: RentMethod::ConstantYield, advance, ..monthly };
    let table = [
        (exact(1), "480.46", "4166.96"),
        (exact(2), "478.74", "4105.04"),
        (exact(3), "477.08", "4045.28"),
        (Lease { single: true, ..exact(1) }, "16225.84", "3096.24"),
        (Lease { single: true, ..monthly }, "17316.77", "4187.17"),
        // Without rent only the depreciation is paid: 13,129.60 ÷ 36 = 364.7111….
        (Lease { money_factor: Rate::ZERO, ..exact(1) }, "364.71", "-0.04"),
        (Lease { money_factor: Rate::ZERO, single: true, ..exact(1) }, "13129.60", "0"),
    ];
    for (lease, base, rent) in table {
        let paid = lease.payment().unwrap();
        assert_eq!(paid.base_payment, base.parse().unwrap(), "{lease:?}");
        assert_eq!(paid.rent_charge, rent.parse().unwrap(), "{lease:?}");
    }
}

#[test]
fn factor_and_rate() {
    assert_eq!(factor_of_rate("0.0444".parse().unwrap()), Ok("0.00185".parse().unwrap()));
    assert_eq!(rate_of_factor("0.00185".parse().unwrap()), Ok("0.0444".parse().unwrap()));
    // 0.05 ÷ 24 = 0.002083333333….
    assert_eq!(factor_of_rate("0.05".parse().unwrap()), Ok("0.002083333333".parse().unwrap()));
}

/// A lease in Oregon, which taxes none: MSRP 42,880.00, price 38,000.00, 58 % residual, nothing else but the state's fees at signing.
fn oregon(options: &Value, more: &Value) -> LeaseFigures {
    let mut column = json!({"kind": "lease", "id": "36", "moneyFactor": "0.00185", "termMonths": 36, "residual": {"percent": "0.58"},
        "options": options});
    for (name, value) in more.as_object().unwrap() {
        column[name] = value.clone();
    }
    let deal = json!({"dealDate": "2026-11-21", "vehicle": {"condition": "new", "msrp": "42880.00"},
        "dealerPlace": {"state": "OR"}, "buyerPlace": {"state": "OR"}, "price": "38000.00", "columns": [column]});
    match compute(&deal).unwrap().columns.remove(0).figures {
        Figures::Lease(figures) => figures,
        other => panic!("{other:?}"),
    }
}

fn signing(figures: &LeaseFigures, code: &str) -> Option<String> {
    figures.signing.iter().find(|item| item.code == code).map(|item| item.amount.to_string())
}

/// 24,870.40 is 58 % of 42,880. Two more points and 2,000 miles a year above the program's at 0.20 a mile over three years:
/// 42,880 × 0.60 − 2,000 × 0.20 × 3 = 24,528.00.
#[test]
fn points_and_miles_move_the_residual() {
    let usd = |text: &str| -> Money { text.parse().unwrap() };
    assert_eq!(oregon(&json!({}), &json!({})).residual, usd("24870.40"));
    let mileage = json!({"residualPoints": "0.02", "mileage": {"programMiles": 10000, "perMile": "0.20"}});
    assert_eq!(oregon(&mileage, &json!({"annualMiles": 12000})).residual, usd("24528.00"));
    let fewer = json!({"mileage": {"programMiles": 15000, "perMile": "0.10"}});
    // 5,000 miles a year fewer: 24,870.40 + 5,000 × 0.10 × 3.
    assert_eq!(oregon(&fewer, &json!({"annualMiles": 10000})).residual, usd("26370.40"));
}

/// Seven deposits take 0.00035 off: 364.7111 + 62,870.40 × 0.0015 = 459.0167, so a deposit is 475 in twenty-fives or 500 in fifties.
#[test]
fn deposits_lower_the_factor() {
    let deposits = |round_to: &str| json!({"multipleDeposits": {"count": 7, "step": "0.00005", "roundTo": round_to}});
    let figures = oregon(&deposits("50"), &json!({"securityDeposit": "100"}));
    assert_eq!(figures.money_factor, "0.0015".parse().unwrap());
    assert_eq!(figures.rate_equivalent, "0.036".parse().unwrap());
    assert_eq!(figures.base_payment, "459.02".parse().unwrap());
    assert_eq!(signing(&figures, "securityDeposit").as_deref(), Some("3600.00"));
    let figures = oregon(&deposits("25"), &json!({}));
    assert_eq!(signing(&figures, "securityDeposit").as_deref(), Some("3325.00"));
    // What comes back is no part of what the lease costs.
    let without = oregon(&json!({}), &json!({"moneyFactor": "0.0015"}));
    assert_eq!(figures.total_of_payments, without.total_of_payments);
}

#[test]
fn payments_at_signing() {
    let figures = oregon(&json!({"advancePayments": 3}), &json!({}));
    // By money factor the payment stays: (13,129.60 ÷ 36) + 62,870.40 × 0.00185 = 481.0213.
    assert_eq!(figures.base_payment, "481.02".parse().unwrap());
    assert_eq!(signing(&figures, "firstPayment").as_deref(), Some("481.02"));
    assert_eq!(signing(&figures, "advancePayments").as_deref(), Some("962.04"));
    assert_eq!(figures.total_of_payments, oregon(&json!({}), &json!({})).total_of_payments);
    let single = oregon(&json!({"singlePayment": true, "method": "constantYield"}), &json!({}));
    assert_eq!(single.payment_count, Some(1));
    assert_eq!(signing(&single, "firstPayment").as_deref(), Some("16225.84"));
    assert_eq!(single.payments.len(), 1);
    assert_eq!(single.rent_charge, "3096.24".parse().unwrap());
    // The rate may stand for the factor.
    let mut by_rate =
        json!({"kind": "lease", "id": "a", "rate": "0.0444", "termMonths": 36, "residual": {"amount": "1"}});
    let column: Column = surface::parse(&by_rate.to_string()).unwrap();
    assert!(matches!(column, Column::Lease(terms) if terms.money_factor == "0.00185".parse().unwrap()));
    by_rate["moneyFactor"] = json!("0.00185");
    assert!(surface::parse::<Column>(&by_rate.to_string()).is_err(), "not both");
}

#[test]
fn faults_of_a_lease() {
    let fault = |options: Value, annual_miles: Option<u32>| {
        let deal = json!({"dealDate": "2026-11-21", "vehicle": {"condition": "new"}, "dealerPlace": {"state": "OR"},
            "buyerPlace": {"state": "OR"}, "price": "38000.00", "columns": [{"kind": "lease", "id": "36", "moneyFactor": "0.001",
            "termMonths": 36, "residual": {"amount": "20000"}, "annualMiles": annual_miles, "options": options}]});
        let error = compute(&deal).unwrap_err().errors.remove(0);
        (error.pointer, error.code.into_owned())
    };
    let said = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let out = "number-out-of-range";
    assert_eq!(fault(json!({"advancePayments": 0}), None), said("/columns/0/options/advancePayments", out));
    assert_eq!(fault(json!({"advancePayments": 37}), None), said("/columns/0/options/advancePayments", out));
    let many = json!({"multipleDeposits": {"count": 13, "step": "0.00005", "roundTo": "25"}});
    assert_eq!(fault(many, None), said("/columns/0/options/multipleDeposits/count", out));
    assert_eq!(fault(json!({"residualPoints": "0.01"}), None), said("/vehicle/msrp", "fact-missing"));
    let miles = json!({"mileage": {"programMiles": 10000, "perMile": "0.20"}});
    assert_eq!(fault(miles, None), said("/columns/0/annualMiles", "fact-missing"));
}

proptest! {
    /// By constant yield the payments in advance and the residual are worth the cap cost: the schedule ends at the residual.
    #[test]
    fn constant_yield_ends_at_the_residual(cap in 1_000_000_i64..9_000_000, part in 0_i64..90, factor in 0_i64..500, months in 2_u16..=84, advance in 1_u16..4) {
        let advance = advance.min(months);
        let (cap, residual) = (Money::from_cents(cap), Money::from_cents(cap * part / 100));
        let money_factor = Rate::from_units(factor * (Rate::SCALE / 100_000));
        let lease = Lease { method: RentMethod::ConstantYield, advance, ..Lease::monthly(cap, residual, money_factor, months) };
        let paid = lease.payment().unwrap();
        let month = Rate::to_decimal(money_factor) * Decimal::TWO;
        let payment = paid.base_payment.to_decimal();
        let mut balance = cap.to_decimal() - payment * Decimal::from(advance);
        for number in 1..=months {
            balance += balance * month;
            if number <= months - advance {
                balance -= payment;
            }
        }
        // Half a cent of the payment, in every month with its interest.
        let off = (balance - residual.to_decimal()).abs();
        prop_assert!(off <= Decimal::from(months) * Decimal::new(1, 2) * Decimal::from(3), "{off}");
    }
}
