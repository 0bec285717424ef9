//! The disclosures of any closed-end credit, by dates: the published examples of 12 CFR 1026 Appendix J (c)(1) to (c)(6)(ii),
//! and transactions of every kind, those of (c)(6)(iii) and (c)(7) among them, computed elsewhere (`reference/apr.py`).

use crate::any_deal::any_deal;
use crate::laws::compute;
use autolytiq_calendar::add_months;
use autolytiq_finance::deal::column::Column;
use autolytiq_finance::deal::limits::MOST_MONEY;
use autolytiq_finance::deal::output::Figures;
use autolytiq_finance::loan::PaymentPlan;
use autolytiq_finance::surface;
use autolytiq_money::{Rate, Rounding};
use proptest::prelude::*;
use serde_json::{Value, json};

fn disclose(request: &Value) -> Value {
    let answer = surface::call("truth_in_lending", &request.to_string());
    serde_json::from_str(&answer.unwrap_or_else(|problem| problem)).unwrap()
}

/// First date, amount, number, and the frequency or the months between them.
type Stream<'a> = (&'a str, &'a str, u16, &'a str);

fn transaction(advances: &[(&str, &str)], payments: &[Stream<'_>]) -> Value {
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

/// Name, advance, payments, unit-period, published percent, and eight places by the reference.
type Published<'a> = (&'a str, (&'a str, &'a str), &'a [Stream<'a>], &'a str, &'a str, &'a str);

const PUBLISHED: [Published<'_>; 17] = [
    ("(c)(1)(i)", ("1978-01-10", "5000"), &[("1978-02-10", "230", 24, "monthly")], "month", "9.69", "0.09685708"),
    ("(c)(1)(ii)", ("1978-02-10", "6000"), &[("1978-04-01", "200", 36, "monthly")], "month", "11.82", "0.11816508"),
    (
        "(c)(1)(iii)",
        ("1978-02-23", "5000"),
        &[("1978-03-01", "219.17", 24, "semimonthly")],
        "half month",
        "10.34",
        "0.10337903",
    ),
    ("(c)(1)(iv)", ("1978-05-23", "10000"), &[("1978-10-01", "385", 40, "quarterly")], "3 months", "8.97", "0.0897077"),
    ("(c)(1)(v)", ("1978-03-20", "500"), &[("1978-04-21", "17.60", 30, "weekly")], "week", "14.96", "0.14962223"),
    (
        "(c)(2)(i)",
        ("1978-01-10", "5000"),
        &[("1978-02-10", "250", 1, "monthly"), ("1978-03-10", "230", 23, "monthly")],
        "month",
        "10.08",
        "0.1008289",
    ),
    (
        "(c)(2)(ii)",
        ("1978-03-18", "400"),
        &[("1978-04-20", "39.50", 1, "fourWeekly"), ("1978-05-18", "38.31", 11, "fourWeekly")],
        "4 weeks",
        "28.5",
        "0.2849794",
    ),
    (
        "(c)(3)(i)",
        ("1978-01-10", "5000"),
        &[("1978-02-10", "230", 23, "monthly"), ("1980-01-10", "280", 1, "monthly")],
        "month",
        "10.5",
        "0.10500469",
    ),
    (
        "(c)(3)(ii)",
        ("1978-04-03", "200"),
        &[("1978-04-11", "9.50", 19, "biweekly"), ("1979-01-02", "30", 1, "biweekly")],
        "2 weeks",
        "12.22",
        "0.12224857",
    ),
    (
        "(c)(4)(i)",
        ("1978-01-10", "5000"),
        &[
            ("1978-02-10", "250", 1, "monthly"),
            ("1978-03-10", "230", 22, "monthly"),
            ("1980-01-10", "280", 1, "monthly"),
        ],
        "month",
        "10.9",
        "0.10895549",
    ),
    (
        "(c)(4)(ii)",
        ("1978-01-10", "8000"),
        &[("1978-03-01", "449.36", 1, "2"), ("1978-05-01", "465", 18, "2"), ("1981-05-01", "200", 1, "2")],
        "2 months",
        "7.3",
        "0.07301765",
    ),
    ("(c)(5)(i)", ("1978-01-03", "1000"), &[("1978-09-15", "1080", 1, "single")], "255 days", "11.45", "0.1145098"),
    ("(c)(5)(ii)", ("1978-07-15", "1000"), &[("1979-01-15", "1044", 1, "single")], "6 months", "8.8", "0.088"),
    ("(c)(5)(iii)", ("1978-01-17", "1000"), &[("1979-07-17", "1135.19", 1, "single")], "year", "8.76", "0.08757047"),
    ("(c)(5)(iv)", ("1978-01-03", "1000"), &[("1980-01-03", "1240", 1, "single")], "year", "11.36", "0.11355287"),
    (
        "(c)(6)(i)",
        ("1978-01-25", "2135"),
        &[
            ("1978-02-20", "100", 9, "fourWeekly"),
            ("1978-11-13", "100", 6, "fourWeekly"),
            ("1979-05-14", "100", 6, "fourWeekly"),
            ("1979-11-12", "100", 3, "fourWeekly"),
        ],
        "4 weeks",
        "12",
        "0.11995116",
    ),
    (
        "(c)(6)(ii)",
        ("1978-03-03", "7350"),
        &[
            ("1978-09-15", "1000", 3, "monthly"),
            ("1979-03-15", "2000", 1, "monthly"),
            ("1979-09-15", "750", 3, "monthly"),
            ("1980-02-01", "1000", 1, "monthly"),
        ],
        "month",
        "10.22",
        "0.10215444",
    ),
];

#[test]
fn published_examples() {
    for (name, advance, payments, unit, percent, apr) in PUBLISHED {
        let answer = disclose(&transaction(&[advance], payments));
        assert_eq!((&answer["apr"], &answer["unitPeriod"]), (&json!(apr), &json!(unit)), "{name}: {answer:.900}");
        let rate: Rate = apr.parse().unwrap();
        let rounded = rate.times_count(100).unwrap().round(2, Rounding::HalfUp).unwrap();
        assert_eq!(rounded, percent.parse().unwrap(), "{name}");
        // Skipped and single payments are irregular; odd first periods, first and last payments are not.
        assert_eq!(answer["regular"], !name.starts_with("(c)(6)"), "{name}");
        assert_eq!(answer["tolerance"], if name.starts_with("(c)(6)") { "0.0025" } else { "0.00125" });
    }
}

/// Name, advances, payments, rate.
type Own<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [Stream<'a>], &'a str);

const OWN: [Own<'_>; 25] = [
    (
        "three advances",
        &[("2026-01-15", "10000"), ("2026-03-15", "5000"), ("2026-05-15", "5000")],
        &[("2026-06-15", "650", 36, "monthly")],
        "0.09181033",
    ),
    (
        "student",
        &[("2025-09-05", "2000"), ("2026-01-20", "2000")],
        &[("2026-07-01", "105", 48, "monthly")],
        "0.09155375",
    ),
    (
        "odd first",
        &[("2026-11-21", "28450.75")],
        &[("2027-01-05", "577.18", 59, "monthly"), ("2031-12-05", "576.94", 1, "monthly")],
        "0.0789211",
    ),
    ("month ends", &[("2026-01-31", "1000")], &[("2026-02-28", "90", 12, "monthly")], "0.14452148"),
    ("weekly", &[("2026-11-21", "9800")], &[("2026-11-27", "118.25", 104, "weekly")], "0.23512675"),
    ("biweekly", &[("2026-11-21", "15000")], &[("2026-12-04", "251", 78, "biweekly")], "0.18464056"),
    ("four-weekly", &[("2026-11-21", "15000")], &[("2026-12-19", "505", 39, "fourWeekly")], "0.18667925"),
    ("semimonthly", &[("2026-11-21", "12000")], &[("2026-12-01", "291", 48, "semimonthly")], "0.15527044"),
    ("half-yearly", &[("2026-01-10", "10000")], &[("2026-07-10", "1250", 10, "6")], "0.08554996"),
    ("yearly", &[("2026-01-10", "10000")], &[("2027-03-02", "2700", 5, "12")], "0.10348695"),
    (
        "balloon",
        &[("2026-11-21", "40000")],
        &[("2026-12-21", "606.48", 47, "monthly"), ("2030-11-21", "18606.34", 1, "monthly")],
        "0.05992297",
    ),
    (
        "pick-ups",
        &[("2026-11-21", "11000")],
        &[
            ("2026-12-21", "430", 30, "monthly"),
            ("2026-12-05", "500", 1, "monthly"),
            ("2027-02-01", "750.50", 1, "monthly"),
        ],
        "0.22608011",
    ),
    ("42 days", &[("2026-11-21", "1000")], &[("2027-01-02", "1017", 1, "single")], "0.1477381"),
    ("36 days beyond a year", &[("2026-01-10", "1000")], &[("2027-02-15", "1120", 1, "single")], "0.10817637"),
    (
        "construction",
        &[("1979-04-10", "20000"), ("1979-06-12", "20000"), ("1979-09-18", "20000")],
        &[("1979-12-10", "612.36", 240, "monthly")],
        "0.10250064",
    ),
    (
        "four years of study",
        &[
            ("2026-09-05", "1800"),
            ("2027-01-05", "1000"),
            ("2027-09-05", "1800"),
            ("2028-01-05", "1000"),
            ("2028-09-05", "1800"),
            ("2029-01-05", "1000"),
            ("2029-09-05", "1800"),
            ("2030-01-05", "1000"),
        ],
        &[("2030-07-01", "220", 72, "monthly")],
        "0.06811694",
    ),
    (
        "rising",
        &[("2026-01-10", "20000")],
        &[
            ("2026-03-01", "350", 12, "monthly"),
            ("2027-03-01", "380.50", 12, "monthly"),
            ("2028-03-01", "415", 12, "monthly"),
            ("2029-03-01", "450.25", 12, "monthly"),
            ("2030-03-01", "490", 12, "monthly"),
        ],
        "0.08386521",
    ),
    (
        "summers off",
        &[("2026-08-15", "12000")],
        &[
            ("2026-09-15", "390", 9, "monthly"),
            ("2027-09-15", "390", 9, "monthly"),
            ("2028-09-15", "390", 9, "monthly"),
            ("2029-09-15", "390", 9, "monthly"),
        ],
        "0.0846137",
    ),
    (
        "two advances, four-weekly",
        &[("2026-01-05", "6000"), ("2026-02-10", "4000")],
        &[("2026-03-02", "372", 30, "fourWeekly")],
        "0.0910466",
    ),
    (
        "four-weekly with a pause",
        &[("2026-01-05", "9000")],
        &[("2026-01-30", "410", 13, "fourWeekly"), ("2027-04-23", "410", 13, "fourWeekly")],
        "0.15332535",
    ),
    (
        "two month ends",
        &[("2026-01-31", "5000"), ("2026-02-28", "5000")],
        &[("2026-03-31", "460", 24, "monthly")],
        "0.09299848",
    ),
    (
        "two advances, one payment",
        &[("2026-01-10", "1000"), ("2026-07-10", "1000")],
        &[("2027-07-10", "2210", 1, "single")],
        "0.08263431",
    ),
    (
        "two advances, weekly",
        &[("2026-01-05", "3000"), ("2026-01-14", "2500")],
        &[("2026-01-19", "120", 52, "weekly")],
        "0.24944607",
    ),
    ("100 days", &[("2028-01-10", "2500")], &[("2028-04-19", "2571.25", 1, "single")], "0.104025"),
    ("even", &[("2026-01-10", "1200")], &[("2026-02-10", "100", 12, "monthly")], "0"),
];

#[test]
fn transactions_by_independent_arithmetic() {
    for (name, advances, payments, apr) in OWN {
        let answer = disclose(&transaction(advances, payments));
        assert_eq!(answer["apr"], apr, "{name}: {answer:.900}");
    }
    let mut prepaid = transaction(
        &[("2026-11-21", "24000")],
        &[("2026-12-21", "412.11", 71, "monthly"), ("2032-11-21", "410.55", 1, "monthly")],
    );
    prepaid["prepaidFinanceCharge"] = json!("495");
    prepaid["downPayment"] = json!("3000");
    let answer = disclose(&prepaid);
    assert_eq!(answer["apr"], "0.07997754");
    // 71 × 412.11 + 410.55 = 29,670.36; less 23,505.
    assert_eq!((&answer["totalOfPayments"], &answer["amountFinanced"]), (&json!("29670.36"), &json!("23505.00")));
    assert_eq!((&answer["financeCharge"], &answer["totalSalePrice"]), (&json!("6165.36"), &json!("32670.36")));
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
            if terms.plan != PaymentPlan::default() || loan.apr.is_none() || loan.term_months < 3 || loan.final_payment.is_zero() || loan.principal > MOST_MONEY || loan.first_payment.day() > 28 {
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
