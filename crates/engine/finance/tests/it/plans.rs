//! Loans of every plan against independent arithmetic (`reference/loans.py`) and the laws they obey.

use autolytiq_calendar::{DueDates, Unit};
use autolytiq_finance::apr::{Equation, Series, Term, UnitPeriods};
use autolytiq_finance::loan::{
    Accrual, Contract, DatedAmount, Frequency, InterestRounding, PaymentPlan, owed_by_us_rule, rule_of_78_rebate,
};
use autolytiq_finance::surface;
use autolytiq_money::{Money, Rate, Rounding};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) fn call(operation: &str, request: &Value) -> Value {
    let answer = surface::call(operation, &request.to_string());
    serde_json::from_str(&answer.unwrap_or_else(|problem| problem)).unwrap()
}

pub(crate) fn loan(amount: &str, rate: &str, term: u16, first: Option<&str>, plan: &Value) -> Value {
    json!({"amount": amount, "rate": rate, "termMonths": term, "contractDate": "2026-11-21", "firstPayment": first, "plan": plan})
}

/// Amount, rate, term, first payment, plan; payment, last payment, total.
type Case = (&'static str, &'static str, u16, Option<&'static str>, Value, [&'static str; 3]);

/// The reference finds the payment by halving an interval over the exact schedule, not by a formula.
#[test]
fn plans_by_independent_arithmetic() {
    let january = Some("2027-01-05");
    let skipped = json!([7, 8, 19, 20, 31, 32]);
    let pick_ups = json!([{"date": "2027-01-21", "amount": "750.50"}, {"date": "2026-12-05", "amount": "500"}]);
    let cases: Vec<Case> = vec![
        ("28450.75", "0.0789", 60, january, json!({"accrual": "30/360"}), ["577.14", "576.87", "34628.13"]),
        ("28450.75", "0.0789", 60, january, json!({"accrual": "actual/365"}), ["577.18", "576.94", "34630.56"]),
        ("28450.75", "0.0789", 60, january, json!({"accrual": "365/360"}), ["578.70", "578.47", "34721.77"]),
        ("28450.75", "0.0789", 60, january, json!({"accrual": "actual/actual"}), ["577.10", "576.70", "34625.60"]),
        (
            "28450.75",
            "0.0789",
            60,
            january,
            json!({"accrual": "actual/365", "interestRounding": "carried"}),
            ["577.18", "576.90", "34630.52"],
        ),
        (
            "9800",
            "0.2199",
            24,
            Some("2026-11-27"),
            json!({"frequency": "weekly", "accrual": "actual/365"}),
            ["116.53", "116.09", "12118.68"],
        ),
        (
            "15000",
            "0.18",
            36,
            Some("2026-12-04"),
            json!({"frequency": "biweekly", "accrual": "365/360"}),
            ["250.09", "250.39", "19507.32"],
        ),
        (
            "12000",
            "0.1499",
            24,
            Some("2026-12-01"),
            json!({"frequency": "semimonthly", "accrual": "actual/actual"}),
            ["289.48", "289.71", "13895.27"],
        ),
        (
            "40000",
            "0.0599",
            48,
            None,
            json!({"accrual": "actual/365", "balloon": "18000"}),
            ["606.48", "18606.34", "47110.90"],
        ),
        (
            "22000",
            "0.0899",
            36,
            None,
            json!({"accrual": "actual/365", "skipped": skipped}),
            ["837.90", "838.06", "25137.16"],
        ),
        (
            "11000",
            "0.1999",
            30,
            None,
            json!({"accrual": "actual/365", "extraPayments": pick_ups}),
            ["416.76", "416.83", "13753.37"],
        ),
        (
            "50000",
            "0.07",
            60,
            None,
            json!({"frequency": "quarterly", "accrual": "30/360"}),
            ["2984.56", "2984.60", "59691.24"],
        ),
        (
            "8000",
            "0.12",
            6,
            Some("2027-05-20"),
            json!({"frequency": "single", "accrual": "actual/365"}),
            ["8473.42", "8473.42", "8473.42"],
        ),
        ("9800", "0.2199", 24, Some("2026-11-27"), json!({"frequency": "weekly"}), ["116.59", "116.86", "12125.63"]),
        ("15000", "0.18", 36, Some("2026-12-08"), json!({"frequency": "biweekly"}), ["249.90", "249.92", "19492.22"]),
        ("15000", "0.18", 36, None, json!({"frequency": "fourWeekly"}), ["500.36", "500.17", "19513.85"]),
        (
            "12000",
            "0.1499",
            24,
            Some("2026-12-01"),
            json!({"frequency": "semimonthly"}),
            ["289.52", "289.46", "13896.90"],
        ),
        ("50000", "0.07", 60, None, json!({"frequency": "quarterly"}), ["2984.56", "2984.60", "59691.24"]),
        ("37628.58", "0.0649", 72, None, json!({"rounding": "up"}), ["632.36", "631.88", "45529.44"]),
        ("8000", "0.12", 6, Some("2027-05-20"), json!({"frequency": "single"}), ["8489.36", "8489.36", "8489.36"]),
    ];
    for (amount, rate, term, first, plan, [payment, last, total]) in cases {
        let answer = call("amortization", &loan(amount, rate, term, first, &plan));
        let got = ["payment", "finalPayment", "totalOfPayments"].map(|name| answer[name].as_str().unwrap_or("none"));
        assert_eq!(got, [payment, last, total], "{plan}: {answer:.600}");
        assert_eq!(answer["rows"].as_array().unwrap().last().unwrap()["balance"], "0.00");
    }
    let mut month_ends = loan("20000", "0.0649", 48, None, &json!({"accrual": "30/360"}));
    month_ends["contractDate"] = json!("2026-12-31");
    let answer = call("amortization", &month_ends);
    assert_eq!((&answer["payment"], &answer["finalPayment"]), (&json!("473.87"), &json!("473.86")));
    assert_eq!(answer["rows"][1]["due"], "2027-02-28");
    assert_eq!(answer["rows"][2]["due"], "2027-03-31");
}

#[test]
fn a_plain_loan_answers_as_ever() {
    let mut plain = loan("10000", "0.06", 12, None, &json!({}));
    plain.as_object_mut().unwrap().remove("plan");
    plain.as_object_mut().unwrap().remove("firstPayment");
    let answer = call("amortization", &plain);
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["finalPayment", "interest", "payment", "rows", "totalOfPayments"]);
    assert_eq!(call("amortization", &loan("10000", "0.06", 12, None, &json!({"frequency": "monthly"}))), answer);
}

#[test]
fn faults_of_a_plan_name_their_field() {
    let table = [
        (json!({"frequency": "daily"}), "/plan/frequency"),
        (json!({"no": 1}), "/plan/no"),
        (json!({"payments": 13}), "/plan/payments"),
        (json!({"frequency": "weekly", "payments": 0}), "/plan/payments"),
        (json!({"frequency": "weekly", "payments": 54}), "/plan/payments"),
        (json!({"frequency": "single", "payments": 2}), "/plan/payments"),
        (json!({"balloon": "-0.01"}), "/plan/balloon"),
        (json!({"skipped": [12]}), "/plan/skipped/0"),
        (json!({"skipped": [3, 3]}), "/plan/skipped/1"),
        (json!({"extraPayments": [{"date": "2026-11-21", "amount": "1"}]}), "/plan/extraPayments/0/date"),
        (json!({"extraPayments": [{"date": "2027-11-22", "amount": "1"}]}), "/plan/extraPayments/0/date"),
        (json!({"extraPayments": [{"date": "2027-01-22", "amount": "-1"}]}), "/plan/extraPayments/0/amount"),
    ];
    for (plan, pointer) in table {
        let answer = call("amortization", &loan("1000", "0.1", 12, None, &plan));
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{plan}: {answer}");
    }
}

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

#[derive(Debug, Clone)]
struct AnyContract {
    amount: Money,
    rate: Rate,
    start: Date,
    first: Date,
    term: u16,
    plan: PaymentPlan,
}

impl AnyContract {
    fn contract(&self) -> Contract<'_> {
        Contract {
            amount: self.amount,
            rate: self.rate,
            start: self.start,
            due: self.plan.due(self.start, Some(self.first), self.term).unwrap(),
            payments: self.plan.count(self.term),
            plan: &self.plan,
        }
    }
}

fn later(from: Date, days: i64) -> Date {
    from.checked_add(days.days()).unwrap()
}

prop_compose! {
    fn any_contract()(
        (cents, basis_points) in (1_i64..=10_000_000, 0_i64..=3_600),
        (day, first) in (0_i64..9_000, 1_i64..100),
        (term, frequency, accrual) in (3_u16..=84, 0_usize..7, 0_usize..5),
        (rounding, carried) in (prop::sample::select(vec![Rounding::HalfUp, Rounding::Up, Rounding::Down]), any::<bool>()),
        (balloon, skip, extra) in (0_i64..500_000, prop::collection::btree_set(1_u16..36, 0..4), prop::collection::vec((1_i64..90, 0_i64..50_000), 0..4)),
        irregular in any::<bool>(),
    ) -> AnyContract {
        let start = later(date(2000, 1, 1), day);
        let first = later(start, first);
        let mut plan = PaymentPlan {
            frequency: FREQUENCIES[frequency],
            accrual: ACCRUALS[accrual],
            rounding,
            interest_rounding: if carried { InterestRounding::Carried } else { InterestRounding::PerPeriod },
            ..PaymentPlan::default()
        };
        if irregular {
            let last = plan.due(start, Some(first), term).unwrap().nth(plan.count(term) - 1).unwrap();
            plan.balloon = Money::from_cents(balloon.min(cents));
            plan.skipped = skip.into_iter().filter(|number| *number < plan.count(term)).collect();
            let amounts = extra.into_iter().map(|(days, cents)| (later(start, days), Money::from_cents(cents)));
            plan.extra_payments = amounts.filter(|(date, _)| *date <= last).map(|(date, amount)| DatedAmount { date, amount }).collect();
        }
        AnyContract { amount: Money::from_cents(cents), rate: Rate::from_units(basis_points * (Rate::SCALE / 10_000)), start, first, term, plan }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_schedule_ends_at_nothing(any in any_contract()) {
        let contract = any.contract();
        let rows = contract.schedule().unwrap();
        let totals = contract.totals().unwrap();
        let sum = |part: fn(&autolytiq_finance::loan::Row) -> Money| Money::try_sum(rows.iter().map(|line| part(&line.row))).unwrap();
        prop_assert_eq!(rows.len(), usize::from(contract.payments) + any.plan.extra_payments.len());
        prop_assert_eq!(rows.last().unwrap().row.balance, Money::ZERO);
        prop_assert_eq!(sum(|row| row.principal), any.amount);
        prop_assert_eq!(sum(|row| row.payment), totals.total_of_payments);
        prop_assert_eq!(sum(|row| row.interest), totals.interest);
        prop_assert!(rows.windows(2).all(|pair| pair[0].due <= pair[1].due));
        for (before, line) in std::iter::once(any.amount).chain(rows.iter().map(|line| line.row.balance)).zip(&rows) {
            prop_assert_eq!(line.row.payment, line.row.interest.try_add(line.row.principal).unwrap());
            prop_assert_eq!(line.row.balance, before.try_sub(line.row.principal).unwrap());
            prop_assert!(!line.row.payment.is_negative() && !line.row.interest.is_negative());
        }
    }

    /// Having paid all but the last line, the payoff of the last due date is the last payment.
    #[test]
    fn the_last_payoff_is_the_last_payment(any in any_contract()) {
        let any = AnyContract { plan: PaymentPlan { interest_rounding: InterestRounding::PerPeriod, extra_payments: Vec::new(), ..any.plan }, ..any };
        let contract = any.contract();
        // Whole periods of a first one compound, which the United States Rule does not; so there must be a line before.
        let rows = contract.schedule().unwrap();
        prop_assume!(rows.len() > 1);
        let made = u16::try_from(rows.len() - 1).unwrap();
        let last = rows.last().unwrap();
        let owed = owed_by_us_rule(&contract, made, None, last.due).unwrap();
        prop_assert_eq!(owed.total, last.row.payment);
        prop_assert_eq!(owed.overpaid, Money::ZERO);
    }

    /// Without a prepaid charge the annual percentage rate of a loan by unit-periods is its rate, but for the cents.
    #[test]
    fn the_rate_of_any_schedule_is_its_rate(any in any_contract(), dollars in 2_000_i64..80_000) {
        let plain = PaymentPlan { frequency: any.plan.frequency, skipped: any.plan.skipped.clone(), balloon: any.plan.balloon, ..PaymentPlan::default() };
        prop_assume!(any.plan.frequency != Frequency::Single);
        let any = AnyContract { amount: Money::from_dollars(i32::try_from(dollars).unwrap()), plan: plain, ..any };
        let contract = any.contract();
        let unit = contract.due.unit();
        let payments = contract.work_out().unwrap().series(&contract, Term::Units(unit)).unwrap();
        let advance = Series { amount: any.amount, count: 1, at: UnitPeriods::NOW };
        let equation = Equation { advances: &[advance], payments: &payments, per_year: unit.per_year() };
        let apr = equation.apr(Rate::ZERO).unwrap().unwrap();
        // At the contract rate a year's dollar earns the rate, so the interest over the rate tells the dollar-years; each line
        // rounds by half a cent or less, and the last payment takes up the sum.
        let interest = contract.totals().unwrap().interest.cents();
        prop_assume!(interest > 0);
        let tolerance = 20_000 + 3 * any.rate.units() / interest * (i64::from(contract.payments) + 1);
        prop_assert!((apr.units() - any.rate.units()).abs() <= tolerance, "{} against {}: {:?}", apr, any.rate, contract.totals());
    }

    /// The sum of the digits gives back all at the beginning and nothing at the end, and each period earns one digit less.
    #[test]
    fn the_digits_add_up(cents in 0_i64..10_000_000, payments in 1_u16..=61) {
        let charge = Money::from_cents(cents);
        let rebate = |left| rule_of_78_rebate(charge, payments, left).unwrap();
        prop_assert_eq!(rebate(payments), charge);
        prop_assert_eq!(rebate(0), Money::ZERO);
        for left in 1..=payments {
            prop_assert!(rebate(left) >= rebate(left - 1));
        }
    }
}

#[test]
fn a_series_counts_from_its_own_day() {
    let due = DueDates::every(Unit::HalfMonth, date(2026, 11, 21), date(2026, 12, 1)).unwrap();
    assert_eq!(due.since(3).unwrap().first(), date(2027, 1, 16));
}

/// A new car in Texas with 72 payments, its finance column with a plan or more fields.
fn column(fields: &Value) -> Value {
    let mut deal = crate::deals::simple();
    deal["cashDown"] = json!("3000");
    deal["columns"] =
        json!([{"kind": "finance", "id": "a", "rate": "0.0789", "termMonths": 60, "firstPayment": "2027-01-05"}]);
    for (name, value) in fields.as_object().unwrap() {
        deal["columns"][0][name] = value.clone();
    }
    deal
}

#[test]
fn a_column_follows_its_plan() {
    let figures = |fields: &Value| {
        let answer = call("calculate_finance_deal", &json!({"input": column(fields)}));
        answer.pointer("/columns/0/figures").cloned().unwrap_or(answer)
    };
    let plain = figures(&json!({}));
    assert!(plain.get("paymentCount").is_none() && plain.get("deferredDown").is_none());
    // What is financed is the same; its schedule is that of the loan alone.
    let plans = [
        json!({"accrual": "actual/365", "rounding": "up"}),
        json!({"frequency": "biweekly", "accrual": "365/360"}),
        json!({"balloon": "12000", "skipped": [7, 8, 19, 20]}),
        json!({"frequency": "weekly", "payments": 200, "extraPayments": [{"date": "2027-01-15", "amount": "1500"}]}),
    ];
    for plan in plans {
        let planned = figures(&json!({"plan": plan}));
        assert_eq!(planned["principal"], plain["principal"], "{planned}");
        let loan = loan(plain["principal"].as_str().unwrap(), "0.0789", 60, Some("2027-01-05"), &plan);
        let schedule = call("amortization", &loan);
        for name in ["payment", "finalPayment", "totalOfPayments"] {
            assert_eq!(planned[name], schedule[name], "{plan}");
        }
        assert_eq!(planned["financeCharge"], schedule["interest"]);
        // Within a twentieth of a point of the contract rate, for days that are not thirtieths of months, and weeks.
        let apr: Rate = planned["apr"].as_str().unwrap().parse().unwrap();
        assert!((apr.units() - Rate::SCALE / 10_000 * 789).abs() < Rate::SCALE / 500, "{plan}: {apr}");
    }
    // Deferred parts of the down payment bear no interest: they are no more part of the loan than the cash is.
    let parts = json!([{"date": "2026-12-05", "amount": "500"}, {"date": "2027-02-05", "amount": "250"}]);
    let deferred = figures(&json!({"deferredDown": parts}));
    let cash = figures(&json!({"cashDown": "3750"}));
    assert_eq!(deferred["deferredDown"], "750.00");
    for name in ["principal", "payment", "totalOfPayments", "financeCharge", "totalSalePrice", "apr"] {
        assert_eq!(deferred[name], cash[name], "{name}");
    }
}

#[test]
fn faults_of_a_column_name_their_field() {
    let table = [
        (json!({"plan": {"payments": 61}}), "/input/columns/0/plan/payments"),
        (json!({"plan": {"skipped": [60]}}), "/input/columns/0/plan/skipped/0"),
        (json!({"plan": {"of": "mine"}}), "/input/columns/0/plan/of"),
        (json!({"firstPayment": "2026-11-21"}), "/input/columns/0/firstPayment"),
        // The second due date is 5 February.
        (json!({"deferredDown": [{"date": "2027-02-06", "amount": "1"}]}), "/input/columns/0/deferredDown/0/date"),
        (json!({"deferredDown": [{"date": "2027-02-05", "amount": "-1"}]}), "/input/columns/0/deferredDown/0/amount"),
    ];
    for (fields, pointer) in table {
        let answer = call("calculate_finance_deal", &json!({"input": column(&fields)}));
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{fields}: {answer:.300}");
    }
    let mut cash = column(&json!({}));
    cash["columns"][0] = json!({"kind": "cash", "id": "a", "plan": {}});
    let answer = call("deal", &json!({"input": cash}));
    assert!(answer.to_string().contains("the field `plan` does not belong"), "{answer}");
}

/// Texas: 41,250 with 150 for documents, a trade of 5,000 that is owed 7,000, a service contract, 200 prepaid.
#[test]
fn the_amount_financed_is_itemised() {
    let mut deal = column(&json!({"prepaidFinanceCharge": "200"}));
    deal["docFee"] = json!("150");
    deal["rebates"] = json!([{"kind": "manufacturer", "name": "Customer cash", "amount": "500"}]);
    deal["products"] = json!([{"kind": "serviceContract", "name": "Service contract", "price": "1800"}]);
    deal["trades"] = json!([{"description": "2019 Civic", "allowance": "5000", "payoff": "7000"}]);
    let items = call("itemization", &json!({"input": deal}))[0].clone();
    let figures = call("calculate_finance_deal", &json!({"input": deal}))["columns"][0].clone();
    let line = |name: &str| {
        let line = items["lines"].as_array().unwrap().iter().find(|line| line["name"] == name);
        line.map_or(Value::Null, |line| json!([line["amount"], line["payee"], line["within"]]))
    };
    assert_eq!(items["amountFinanced"], figures["figures"]["amountFinanced"], "{items}");
    assert_eq!(line("Payoff of the trade beyond its allowance"), json!(["2000.00", "lienholder", false]), "{items}");
    assert_eq!(line("Payoff to the lienholder, in all"), json!(["7000.00", "lienholder", true]));
    assert_eq!(line("Service contract"), json!(["1800.00", "others", false]));
    assert_eq!(line("Customer cash"), json!(["500.00", "seller", false]));
    assert_eq!(line("Taxes on the sale")[0], figures["tax"]["atSigning"]);
    // 500 of rebate and 3,000 of cash; the trade brings nothing.
    assert_eq!((&items["downPayment"], &items["prepaidFinanceCharge"]), (&json!("3500.00"), &json!("200.00")));
}
