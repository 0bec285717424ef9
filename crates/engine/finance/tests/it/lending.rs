//! The disclosures of any closed-end credit: tolerances, what may be disregarded, what has no rate, and faults.

use crate::any_deal::any_deal;
use crate::laws::compute;
use autolytiq_calendar::add_months;
use autolytiq_finance::deal::column::Column;
use autolytiq_finance::deal::limits::MOST_MONEY;
use autolytiq_finance::deal::output::Figures;
use autolytiq_finance::loan::PaymentPlan;
use autolytiq_finance::surface;
use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) fn disclose(request: &Value) -> Value {
    let answer = surface::call("truth_in_lending", &request.to_string());
    serde_json::from_str(&answer.unwrap_or_else(|problem| problem)).unwrap()
}

/// First date, amount, number, and the frequency or the months between them.
pub(crate) type Stream<'a> = (&'a str, &'a str, u16, &'a str);

pub(crate) fn transaction(advances: &[(&str, &str)], payments: &[Stream<'_>]) -> Value {
    let stream = |(first, amount, count, every): &Stream<'_>| match every.parse::<u8>() {
        Ok(months) => json!({"first": first, "amount": amount, "count": count, "months": months}),
        Err(_) => json!({"first": first, "amount": amount, "count": count, "frequency": every}),
    };
    let advance = |(date, amount): &(&str, &str)| json!({"date": date, "amount": amount});
    json!({
        "advances": advances.iter().map(advance).collect::<Vec<_>>(),
        "payments": payments.iter().map(stream).collect::<Vec<_>>(),
    })
}

/// One month and 14 days: 14 days longer than regular, within the 21 of a term of one to ten years.
#[test]
fn a_minor_irregularity_gives_a_second_rate() {
    let odd =
        |advance, amount, count| transaction(&[(advance, "28450.75")], &[("2027-01-05", amount, count, "monthly")]);
    let mut first = transaction(
        &[("2026-11-21", "28450.75")],
        &[("2027-01-05", "577.18", 59, "monthly"), ("2031-12-05", "576.94", 1, "monthly")],
    );
    first["disclosed"] = json!({"apr": "0.0802", "financeCharge": "6169.81"});
    let answer = disclose(&first);
    assert_eq!((&answer["apr"], &answer["aprDisregardingFirstPeriod"]), (&json!("0.0789211"), &json!("0.08021891")));
    // 59 × 577.18 + 576.94 − 28,450.75 = 6,179.81, of which the disclosed charge is ten dollars short.
    assert_eq!(answer["financeCharge"], "6179.81");
    assert_eq!(answer["checks"], json!({"apr": true, "financeCharge": true}));
    first["disclosed"] = json!({"apr": "0.0815", "financeCharge": "6169.80"});
    assert_eq!(disclose(&first)["checks"], json!({"apr": false, "financeCharge": false}));
    let second = |value: &Value| disclose(value)["aprDisregardingFirstPeriod"].is_string();
    // From the regular 5 December: 21 days longer may be disregarded, 22 not; 11 shorter, 12 not.
    assert!(second(&odd("2026-11-14", "577.18", 60)) && !second(&odd("2026-11-13", "577.18", 60)));
    assert!(second(&odd("2026-12-16", "577.18", 60)) && !second(&odd("2026-12-17", "577.18", 60)));
    // Under a year 13 and 6.
    assert!(second(&odd("2026-11-22", "2900", 11)) && !second(&odd("2026-11-21", "2900", 11)));
    assert!(second(&odd("2026-12-11", "2900", 11)) && !second(&odd("2026-12-12", "2900", 11)));
    assert!(!second(&odd("2026-12-05", "577.18", 60)), "regular as it is");
}

/// 1,000 financed allows 5 dollars, a cent more allows 10.
#[test]
fn the_charge_has_a_tolerance_in_dollars() {
    let check = |amount: &str, charge: &str| {
        let mut request = transaction(&[("2026-01-10", amount)], &[("2026-02-10", "100", 12, "monthly")]);
        request["disclosed"] = json!({"financeCharge": charge});
        disclose(&request)["checks"]["financeCharge"].as_bool().unwrap()
    };
    assert!(check("1000", "195") && check("1000", "205") && !check("1000", "194.99") && !check("1000", "205.01"));
    assert!(check("1000.01", "189.99") && !check("1000.01", "189.98"));
}

#[test]
fn some_credit_has_no_rate() {
    let answer = disclose(&transaction(&[("2026-01-10", "1201")], &[("2026-02-10", "100", 12, "monthly")]));
    assert!(answer["apr"].is_null() && answer["reason"].as_str().unwrap().contains("do not return"));
    let mut request = transaction(&[("2026-01-10", "500")], &[("2026-02-10", "100", 12, "monthly")]);
    request["prepaidFinanceCharge"] = json!("500");
    assert!(disclose(&request)["reason"].as_str().unwrap().contains("nothing financed"));
    let answer = disclose(&transaction(&[("2026-01-10", "0.01")], &[("2026-02-10", "10000000", 12, "monthly")]));
    assert!(answer["reason"].as_str().unwrap().contains("too high"));
}

#[test]
fn faults_name_their_field() {
    let good = || transaction(&[("2026-01-10", "1000")], &[("2026-02-10", "100", 12, "monthly")]);
    let table = [
        ("/advances", json!([])),
        ("/payments", json!([])),
        ("/prepaidFinanceCharge", json!("-1")),
        ("/advances/0/amount", json!("10000000.01")),
        ("/advances/0/date", json!("2200-01-01")),
        ("/payments/0/count", json!(0)),
        ("/payments/0/count", json!(2001)),
        ("/payments/0/months", json!(13)),
        ("/payments/0/first", json!("2026-01-09")),
        ("/payments/0/first", json!("2199-06-01")),
        ("/payments/0/frequency", json!("daily")),
        ("/more", json!(1)),
    ];
    for (pointer, value) in table {
        let mut request = good();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        request.pointer_mut(parent).unwrap()[name] = value;
        let answer = disclose(&request);
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{answer}");
    }
}

proptest! {
    /// The rate of a deal's loan is the one of its dates and payments, and what a lender prints of it within an eighth of a point
    /// is accurate.
    #[test]
    fn a_column_discloses_what_its_dates_and_payments_do(deal in any_deal()) {
        let Ok(result) = compute(&deal) else { return Ok(()) };
        for (terms, column) in deal.input.columns.iter().zip(&result.columns) {
            let (Column::Finance(terms), Figures::Finance(loan)) = (terms, &column.figures) else { continue };
            // The dates of a plan are another matter, as is a last payment at the end of a shorter month, and each amount has its
            // limit.
            let last = add_months(loan.first_payment, i32::from(loan.term_months) - 1).unwrap();
            if terms.plan != PaymentPlan::default() || loan.apr.is_none() || loan.term_months < 3 || loan.final_payment.is_zero() || loan.principal > MOST_MONEY || loan.first_payment.day() > 27 {
                continue;
            }
            let level = [(loan.first_payment.to_string(), loan.payment.to_string(), loan.term_months - 1)];
            let mut request = transaction(
                &[(&deal.input.deal_date.to_string(), &loan.principal.to_string())],
                &[(&level[0].0, &level[0].1, level[0].2, "monthly"), (&last.to_string(), &loan.final_payment.to_string(), 1, "monthly")],
            );
            request["prepaidFinanceCharge"] = json!(loan.prepaid_finance_charge);
            request["disclosed"] = json!({"apr": loan.apr, "financeCharge": loan.finance_charge});
            let answer = disclose(&request);
            prop_assert_eq!(&answer["apr"], &json!(loan.apr), "{}", answer);
            prop_assert_eq!(&answer["amountFinanced"], &json!(loan.amount_financed));
            prop_assert_eq!(&answer["totalOfPayments"], &json!(loan.total_of_payments));
            prop_assert_eq!(&answer["checks"], &json!({"apr": true, "financeCharge": true}));
        }
    }

    /// Whatever the dates and amounts, there is an answer, and soon.
    #[test]
    fn every_search_ends(
        advances in prop::collection::vec((0_i64..4_000, 0_i64..1_000_000_000), 1..5),
        payments in prop::collection::vec((0_i64..4_000, 0_i64..1_000_000_000, 1_u16..100, 0_usize..7), 1..6),
        prepaid in 0_i64..100_000_000,
    ) {
        let day = |days: i64| jiff::civil::date(2000, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap().to_string();
        let cents = |cents: i64| autolytiq_money::Money::from_cents(cents).to_string();
        let every = ["weekly", "biweekly", "fourWeekly", "semimonthly", "monthly", "quarterly", "single"];
        let start = advances.iter().map(|(days, _)| *days).min().unwrap();
        let request = json!({
            "advances": advances.iter().map(|(days, amount)| json!({"date": day(*days), "amount": cents(*amount)})).collect::<Vec<_>>(),
            "payments": payments.iter().map(|(days, amount, count, kind)| {
                json!({"first": day(start + *days), "amount": cents(*amount), "count": count, "frequency": every[*kind]})
            }).collect::<Vec<_>>(),
            "prepaidFinanceCharge": cents(prepaid),
        });
        let answer = disclose(&request);
        prop_assert!(answer["apr"].is_string() != answer["reason"].is_string(), "{}", answer);
    }
}
