//! Lease payments against a worked example and the identity of Regulation M.

use autolytiq_finance::lease::Lease;
use autolytiq_money::{Money, Rate};
use proptest::prelude::*;

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
}
