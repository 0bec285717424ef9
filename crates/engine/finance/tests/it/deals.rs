//! Whole deals whose every figure was computed elsewhere (`reference/figures.py`), and deals at the edges.

use crate::formula;
use autolytiq_finance::deal::input::DealInput;
use autolytiq_finance::deal::output::{CashFigures, DealResult, Figures, FinanceFigures, LeaseFigures};
use autolytiq_finance::{CalcError, calculate, rules_for, surface};
use autolytiq_money::{Money, Rate};
use autolytiq_tax::ResolvedRates;
use serde_json::{Value, json};

pub(crate) fn compute_with(deal: &Value, rates: &Value) -> Result<DealResult, CalcError> {
    let input: DealInput = surface::parse(&deal.to_string()).unwrap();
    let rates: ResolvedRates = surface::parse(&rates.to_string()).unwrap();
    calculate(&input, rules_for(&input)?, &rates)
}

pub(crate) fn compute(deal: &Value) -> Result<DealResult, CalcError> {
    compute_with(deal, &json!({"asOf": "2026-11-21", "entries": []}))
}

/// Something small that computes: a new car in Texas, for cash.
pub(crate) fn simple() -> Value {
    json!({
        "dealDate": "2026-11-21", "vehicle": {"condition": "new", "msrp": "42880.00"},
        "dealerPlace": {"state": "TX"}, "buyerPlace": {"state": "TX"}, "price": "41250.00",
        "columns": [{"kind": "cash", "id": "cash"}]
    })
}

fn with(mut deal: Value, mut fields: Value) -> Value {
    deal.as_object_mut().unwrap().append(fields.as_object_mut().unwrap());
    deal
}

fn cash(result: &DealResult, column: usize) -> &CashFigures {
    let Figures::Cash(figures) = &result.columns[column].figures else { panic!("not a cash column") };
    figures
}

pub(crate) fn financed(result: &DealResult, column: usize) -> &FinanceFigures {
    let Figures::Finance(figures) = &result.columns[column].figures else { panic!("not a finance column") };
    figures
}

fn leased(result: &DealResult, column: usize) -> &LeaseFigures {
    let Figures::Lease(figures) = &result.columns[column].figures else { panic!("not a lease column") };
    figures
}

pub(crate) fn usd(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn codes(result: &DealResult) -> Vec<&str> {
    result.notices.iter().map(|notice| notice.code.as_ref()).collect()
}

/// The worksheet of the deal screen: Texas, rebate, trade with a payoff, fees of 160.45 (the title's by hand) and 150 for documents.
fn worksheet() -> Value {
    with(
        simple(),
        json!({
            "docFee": "150", "fees": [{"code": "title", "name": "Title", "amount": "45.70"}],
            "rebates": [{"kind": "manufacturer", "name": "Customer cash", "amount": "500"}],
            "trades": [{"description": "2019 Civic", "allowance": "11500", "payoff": "9240", "acv": "10900"}],
            "cashDown": "3000",
            "costs": {"vehicle": "38900", "pack": "200", "holdback": "825", "holdbackInGross": true},
            "columns": [
                {"kind": "cash", "id": "cash"},
                {"kind": "finance", "id": "72", "rate": "0.0649", "termMonths": 72, "buyRate": "0.0549", "reserveShare": "0.75"},
                {"kind": "lease", "id": "36", "moneyFactor": "0.00185", "termMonths": 36, "residual": {"percent": "0.58"},
                 "acquisitionFee": "695", "dispositionFee": "350", "securityDeposit": "500"},
                {"kind": "lease", "id": "36 rolled", "moneyFactor": "0.00185", "termMonths": 36, "residual": {"percent": "0.58"},
                 "acquisitionFee": "695", "dispositionFee": "350", "capitalize": {"upfrontTax": true}}
            ]
        }),
    )
}

#[test]
fn texas_for_cash() {
    let result = compute(&worksheet()).unwrap();
    let figures = cash(&result, 0);
    assert_eq!(result.columns[0].tax.total, usd("1828.13"));
    assert_eq!(figures.common.fees, usd("160.45"));
    assert_eq!(figures.common.net_trade, usd("2260"));
    assert_eq!(figures.total_price, usd("43388.58"));
    assert_eq!(figures.balance_due, usd("37628.58"));
    // 41,250 − 38,900 − 200 − (11,500 − 10,900) + 825; the maker pays the rebate.
    let gross = result.columns[0].gross.unwrap();
    assert_eq!((gross.front, gross.back, gross.total), (usd("2375"), Money::ZERO, usd("2375")));
}

#[test]
fn texas_financed() {
    let result = compute(&worksheet()).unwrap();
    let figures = financed(&result, 1);
    assert_eq!(figures.principal, usd("37628.58"));
    assert_eq!(figures.amount_financed, usd("37628.58"));
    assert_eq!(figures.payment, usd("632.35"));
    assert_eq!(figures.final_payment, usd("632.81"));
    assert_eq!(figures.total_of_payments, usd("45529.66"));
    assert_eq!(figures.finance_charge, usd("7901.08"));
    assert_eq!(figures.total_sale_price, usd("51289.66"));
    assert_eq!(figures.first_payment, jiff::civil::date(2026, 12, 21));
    let apr = figures.apr.unwrap();
    assert!(
        (apr.units() - Rate::SCALE / 10_000 * 649).abs() < 1_000_000,
        "without a prepaid charge the rate itself: {apr}"
    );
}

#[test]
fn texas_leased() {
    let result = compute(&worksheet()).unwrap();
    let figures = leased(&result, 2);
    assert_eq!(figures.gross_cap_cost, usd("42095"));
    assert_eq!(figures.adjusted_cap_cost, usd("36335"));
    assert_eq!(figures.residual, usd("24870.40"));
    assert_eq!(figures.base_payment, usd("431.69"));
    assert_eq!(figures.payment, usd("431.69"), "the payments of a Texas lease are not taxed");
    assert_eq!(figures.rent_charge, usd("4076.24"));
    assert_eq!(figures.rate_equivalent, "0.0444".parse().unwrap());
    assert_eq!(figures.due_at_signing, usd("6148.39").try_add(usd("500")).unwrap());
    assert_eq!(figures.total_of_payments, usd("24367.54"));
    assert_eq!(result.columns[2].tax.at_signing, usd("2556.25"));

    let rolled = leased(&result, 3);
    assert_eq!(result.columns[3].tax.capitalized, usd("2556.25"));
    assert_eq!(result.columns[3].tax.at_signing, Money::ZERO);
    assert_eq!(rolled.gross_cap_cost, usd("44651.25"));
    assert_eq!(rolled.base_payment, usd("507.43"));
    assert_eq!(rolled.rent_charge, usd("4246.63"));
    assert_eq!(rolled.due_at_signing, usd("3667.88"));
    assert_eq!(rolled.total_of_payments, usd("24537.93"));
}

#[test]
fn california_leased() {
    let deal = with(
        simple(),
        json!({
            "dealerPlace": {"state": "CA"}, "buyerPlace": {"state": "CA", "city": "Somewhere"}, "price": "38000", "docFee": "85",
            "trades": [{"description": "trade", "allowance": "9000", "payoff": "8000"}], "cashDown": "2000",
            "columns": [{"kind": "lease", "id": "a", "moneyFactor": "0.0021", "termMonths": 36, "residual": {"amount": "21000"}, "acquisitionFee": "895"}]
        }),
    );
    let rates = json!({"asOf": "2026-11-21", "entries": [
        {"placeRole": "garaging", "level": "district", "name": "Somewhere", "rate": "0.01", "appliesTo": "both", "source": "a table", "verified": true}
    ]});
    let result = compute_with(&deal, &rates).unwrap();
    let figures = leased(&result, 0);
    assert_eq!(figures.base_payment, usd("535.77"));
    assert_eq!(figures.rent_charge, usd("4307.72"));
    assert_eq!(figures.payment_tax, usd("44.20"));
    assert_eq!(figures.payment, usd("579.97"));
    let at_signing: Vec<Money> = result.columns[0]
        .tax
        .lines
        .iter()
        .filter(|line| line.id.ends_with(".signing"))
        .map(|line| line.amount)
        .collect();
    // The fees of registration are not rentals; the government fees of this deal are.
    assert_eq!(at_signing[0], usd("217.50"));
    assert_eq!(at_signing[1], usd("30.00"));
}

/// Florida Statutes 201.08: 0.35 on each 100 of the note or part of it, and the note carries its own stamps.
#[test]
fn florida_stamps_stand_on_the_note_that_carries_them() {
    for price in ["9964.30", "19930", "25000.01", "33333.33", "41250"] {
        let deal = with(
            simple(),
            json!({
                "dealerPlace": {"state": "FL"}, "buyerPlace": {"state": "FL"}, "price": price,
                "columns": [{"kind": "finance", "id": "a", "rate": "0.07", "termMonths": 60}]
            }),
        );
        let result = compute(&deal).unwrap();
        let principal = financed(&result, 0).principal;
        let hundreds = (principal.cents() + 9_999) / 10_000;
        let stamps = Money::from_cents(hundreds * 35);
        let line = result.columns[0].tax.lines.iter().find(|line| line.amount == stamps);
        assert!(
            line.is_some(),
            "{price}: {stamps} on {principal}: {:?}",
            result.columns[0].tax.lines.iter().map(|l| (l.id.clone(), l.amount)).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_trade_worth_more_than_the_car_is_paid_out() {
    let deal = with(
        simple(),
        json!({
            "price": "8000", "trades": [{"description": "trade", "allowance": "20000"}], "cashDown": "100",
            "columns": [{"kind": "cash", "id": "a"}, {"kind": "finance", "id": "b", "rate": "0.05", "termMonths": 60},
                        {"kind": "lease", "id": "c", "moneyFactor": "0.001", "termMonths": 36, "residual": {"amount": "4000"}}]
        }),
    );
    let result = compute(&deal).unwrap();
    let owed = cash(&result, 0).balance_due;
    assert!(owed.is_negative());
    let loan = financed(&result, 1);
    // Texas adds nothing for the lien here but what it lists: the balance is the same but for fees.
    assert!(loan.principal.is_negative() && loan.payment.is_zero() && loan.apr.is_none());
    assert!(leased(&result, 2).payment.is_negative());
    for code in
        ["trade-above-price", "refund-to-customer", "nothing-to-finance", "residual-above-cap", "payment-below-zero"]
    {
        assert!(codes(&result).contains(&code), "{code} in {:?}", codes(&result));
    }
}

#[test]
fn negative_equity_is_owed_and_not_taxed() {
    let even =
        compute(&with(simple(), json!({"trades": [{"description": "t", "allowance": "8000", "payoff": "8000"}]})))
            .unwrap();
    let under =
        compute(&with(simple(), json!({"trades": [{"description": "t", "allowance": "8000", "payoff": "11000"}]})))
            .unwrap();
    assert_eq!(cash(&under, 0).common.negative_equity, usd("3000"));
    assert_eq!(cash(&under, 0).common.net_trade, Money::ZERO);
    let more = cash(&under, 0).balance_due.try_sub(cash(&even, 0).balance_due).unwrap();
    assert_eq!(more, usd("3000"));
}

#[test]
fn the_equity_of_several_trades_is_one() {
    let deal = with(
        simple(),
        json!({"trades": [
        {"description": "a", "allowance": "8000", "payoff": "3000"}, {"description": "b", "allowance": "2000", "payoff": "9000"}]}),
    );
    let common = cash(&compute(&deal).unwrap(), 0).common;
    assert_eq!((common.net_trade, common.negative_equity), (Money::ZERO, usd("2000")));
}

#[test]
fn no_costs_no_gross() {
    let mut deal = worksheet();
    deal.as_object_mut().unwrap().remove("costs");
    let result = compute(&deal).unwrap();
    for column in &result.columns {
        assert!(column.gross.is_none());
        assert!(column.trace.iter().all(|(path, _)| !path.starts_with("gross.")));
    }
    assert!(!serde_json::to_string(&result).unwrap().contains("gross."));
}

#[test]
fn the_reserve_is_the_stores_part_of_the_spread() {
    let result = compute(&worksheet()).unwrap();
    // figures.py: the same note at 5.49 % over 72 months has 6,622.31 of interest; 75 % of the difference to 7,901.08.
    let loan = autolytiq_finance::Loan {
        amount: usd("37628.58"),
        rate: "0.0549".parse().unwrap(),
        payments: 72,
        first_period: autolytiq_calendar::MonthsAndDays::REGULAR,
    };
    assert_eq!(loan.totals().unwrap().interest, usd("6622.31"));
    let gross = result.columns[1].gross.unwrap();
    assert_eq!(gross.reserve, usd("959.08"));
    assert_eq!(gross.back, gross.reserve);
}

#[test]
fn a_prepaid_charge_is_not_financed_but_costs() {
    let of = |prepaid: &str| {
        with(
            simple(),
            json!({"columns": [{"kind": "finance", "id": "a", "rate": "0.06", "termMonths": 48, "prepaidFinanceCharge": prepaid}]}),
        )
    };
    let result = compute(&of("1000")).unwrap();
    let figures = financed(&result, 0);
    assert_eq!(figures.amount_financed, figures.principal.try_sub(usd("1000")).unwrap());
    assert!(figures.apr.unwrap() > figures.rate);
    let all = compute(&of("100000")).unwrap();
    assert!(financed(&all, 0).apr.is_none() && codes(&all).contains(&"no-apr"));
}

#[test]
fn a_documentation_fee_above_a_cap_is_refused_with_its_source() {
    let deal =
        with(simple(), json!({"dealerPlace": {"state": "CA"}, "buyerPlace": {"state": "CA"}, "docFee": "85.01"}));
    let error = compute(&deal).unwrap_err();
    let [field] = error.errors.as_slice() else { panic!("{error:?}") };
    assert_eq!((field.pointer.as_str(), field.code.as_ref()), ("/docFee", "doc-fee-above-limit"));
    assert!(field.detail.contains("85.00") && field.detail.contains("4456.5"), "{}", field.detail);
    // Where the law only presumes a higher fee unreasonable it is a warning.
    let result = compute(&with(simple(), json!({"docFee": "300"}))).unwrap();
    assert!(codes(&result).contains(&"doc-fee-above-limit"));
}

/// California's cap binds California's dealers, not a Texan one who sells to a Californian.
#[test]
fn the_cap_on_the_documentation_fee_is_that_of_the_dealers_state() {
    let deal = |dealer: &str, buyer: &str| {
        with(simple(), json!({"dealerPlace": {"state": dealer}, "buyerPlace": {"state": buyer}, "docFee": "150"}))
    };
    assert!(compute(&deal("TX", "CA")).is_ok());
    assert!(compute(&deal("CA", "TX")).unwrap_err().errors.iter().any(|field| field.code == "doc-fee-above-limit"));
    // A dealer of a state without rules here has no cap that we know.
    assert!(compute(&deal("NV", "CA")).is_ok());
}

/// Alabama lets a non-resident choose how long the car stays; Texas, whose cap on the documentation fee is looked at for a
/// dealer there, knows of no such choice.
#[test]
fn what_the_buyers_state_leaves_open_is_not_asked_of_the_dealers() {
    let chosen = |dealer: &str| {
        let places = json!({"dealerPlace": {"state": dealer}, "buyerPlace": {"state": "AL"}, "docFee": "150"});
        with(with(simple(), places), json!({"elections": {"drive_out": "no"}}))
    };
    assert!(compute(&chosen("AL")).is_ok());
    assert!(compute(&chosen("TX")).is_ok(), "{:?}", compute(&chosen("TX")).map(|_| ()));
}

#[test]
fn a_credit_stands_on_the_bill_with_the_other_sign() {
    let result = compute(&with(simple(), json!({"buyer": {"taxPaidElsewhere": "258.01"}}))).unwrap();
    let column = &result.columns[0];
    // 6.25 % of 41,250 is 2,578.125.
    assert_eq!(column.tax.total, usd("2320.12"));
    let step = column.trace.get("tax.paid_elsewhere").unwrap();
    assert_eq!(formula::work_out(step), Some("-258.01".parse().unwrap()));
}

#[test]
fn the_vehicles_place_decides_whose_law() {
    let result = compute(&with(simple(), json!({"garagingPlace": {"state": "OR"}}))).unwrap();
    assert_eq!(result.rules.jurisdiction, "OR");
}

/// Of an ordinary deal, nearly every step is arithmetic that a pocket calculator repeats from the inputs beside it.
#[test]
fn a_pocket_calculator_agrees() {
    let result = compute(&worksheet()).unwrap();
    for column in &result.columns {
        let (mut arithmetic, mut words) = (0, Vec::new());
        for (path, step) in column.trace.iter() {
            match formula::holds(step) {
                Some(true) => arithmetic += 1,
                Some(false) => panic!("{path}: {} with {:?} is not {:?}", step.formula, step.inputs, step.result),
                None => words.push((path, step.formula.as_ref())),
            }
        }
        assert!(arithmetic >= 5, "{words:?}");
        for (path, formula) in words {
            let plain = ["as entered", "sum of ", "flat", "fixed by", "one month", "none"]
                .iter()
                .any(|start| formula.starts_with(start));
            let known =
                ["payment", "apr", "finalPayment", "netTrade", "negativeEquity", "gross.back", "signing.firstPayment"]
                    .contains(&path);
            assert!(plain || known || path.starts_with("tax.") || path.starts_with("fee."), "{path}: {formula}");
        }
    }
}

/// 9,240.00 good through the 14th, and 1.85 for each of the seven days to the 21st: 9,252.95.
#[test]
fn a_payoff_grows_by_the_day() {
    let with_trade = |trade: Value| {
        let mut deal = simple();
        deal["trades"] = json!([trade, {"description": "2015 Fit", "allowance": "4000", "payoff": "1000"}]);
        compute(&deal).unwrap()
    };
    let owed = |result: &DealResult| cash(result, 0).common.trade_payoff;
    let base = json!({"description": "2019 Civic", "allowance": "11500", "payoff": "9240"});
    assert_eq!(owed(&with_trade(base.clone())), usd("10240"));
    let good = |through: &str, per_diem: &str| {
        let mut trade = base.clone();
        trade["goodThrough"] = json!(through);
        trade["perDiem"] = json!(per_diem);
        with_trade(trade)
    };
    assert_eq!(owed(&good("2026-11-14", "1.85")), usd("10252.95"));
    assert_eq!(owed(&good("2026-11-21", "1.85")), usd("10240"));
    assert_eq!(owed(&good("2026-12-01", "1.85")), usd("10240"));
    assert!(codes(&good("2026-11-14", "1.85")).contains(&"payoff-expired"));
    assert!(codes(&good("2026-11-20", "0")).contains(&"payoff-expired"));
    assert!(!codes(&good("2026-11-21", "1.85")).contains(&"payoff-expired"));
}

#[test]
fn rebates_that_exclude_each_other_are_named() {
    let mut deal = simple();
    deal["rebates"] = json!([{"kind": "manufacturer", "name": "Loyalty", "amount": "500"},
        {"kind": "manufacturer", "name": "Low rate", "amount": "1000", "excludes": ["Loyalty", "College"]},
        {"kind": "manufacturer", "name": "Military", "amount": "500"}]);
    let result = compute(&deal).unwrap();
    let notice = result.notices.iter().find(|notice| notice.code == "rebates-incompatible").unwrap();
    assert_eq!(notice.pointer.as_deref(), Some("/rebates/1"));
    assert_eq!(notice.detail, "\u{201c}Low rate\u{201d} may not be combined with \u{201c}Loyalty\u{201d}");
    assert_eq!(codes(&result).iter().filter(|code| **code == "rebates-incompatible").count(), 1);
}

/// Each ratio is one division, to four places.
#[test]
fn ratios_of_a_lender() {
    let mut deal = simple();
    deal["credit"] = json!({"bookValue": "40000", "monthlyIncome": "5000", "monthlyDebts": "650"});
    deal["products"] = json!([{"kind": "serviceContract", "name": "Service contract", "price": "2000"}]);
    deal["columns"] =
        json!([{"kind": "finance", "id": "72", "rate": "0.0649", "termMonths": 72}, {"kind": "cash", "id": "cash"}]);
    let result = compute(&deal).unwrap();
    let figures = financed(&result, 0);
    let ratios = result.columns[0].ratios.unwrap();
    let of = |part: Money, whole: i64| -> Option<Rate> {
        let exact = part.to_decimal() / rust_decimal::Decimal::from(whole);
        Some(
            exact
                .round_dp_with_strategy(4, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                .to_string()
                .parse()
                .unwrap(),
        )
    };
    assert_eq!(ratios.loan_to_value, of(figures.principal, 40_000));
    assert_eq!(ratios.advance, of(figures.principal.try_sub(usd("2000")).unwrap(), 40_000));
    assert_eq!(ratios.payment_to_income, of(figures.payment, 5_000));
    assert_eq!(ratios.debt_to_income, of(figures.payment.try_add(usd("650")).unwrap(), 5_000));
    assert_eq!(result.columns[1].ratios, None, "cash owes nobody");
}

/// In Oregon nothing is taxed: at no rate over 50 months each 100.00 of a product is 2.00 a month.
#[test]
fn products_one_by_one() {
    let mut deal = simple();
    deal["dealerPlace"] = json!({"state": "OR"});
    deal["buyerPlace"] = json!({"state": "OR"});
    deal["products"] = json!([{"kind": "serviceContract", "name": "Service contract", "price": "2000"}, {"kind": "gap", "name": "GAP", "price": "900"}]);
    deal["columns"] = json!([{"kind": "finance", "id": "50", "rate": "0", "termMonths": 50}]);
    let answer = surface::call("products", &json!({"input": deal, "column": "50"}).to_string()).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["products"][0]["payment"], "40.00");
    assert_eq!(answer["products"][1]["payment"], "18.00");
    assert_eq!(answer["products"][1]["total"], "900.00");
    let payment = |of: &str| usd(answer[of]["payment"].as_str().unwrap());
    assert_eq!(payment("with").try_sub(payment("without")).unwrap(), usd("58.00"));
}
