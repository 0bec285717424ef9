//! Rolling to a target: against arithmetic done elsewhere, and what is said to a request that cannot be answered.

use crate::deals::simple;
use autolytiq_finance::deal::input::DealInput;
use autolytiq_finance::deal::output::Figures;
use autolytiq_finance::{calculate, rules_for, surface};
use autolytiq_money::Money;
use serde_json::json;

pub(crate) fn usd(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn ask(operation: &str, request: &serde_json::Value) -> serde_json::Value {
    match surface::call(operation, &request.to_string()) {
        Ok(answer) => serde_json::from_str(&answer).unwrap(),
        Err(problem) => panic!("{problem}"),
    }
}

pub(crate) fn fault(operation: &str, request: &serde_json::Value) -> (String, String) {
    let problem = surface::call(operation, &request.to_string()).unwrap_err();
    let problem: serde_json::Value = serde_json::from_str(&problem).unwrap();
    let text = |name: &str| problem["errors"][0][name].as_str().unwrap_or_default().to_owned();
    (text("pointer"), text("code"))
}

/// A new car in Oregon, where nothing is added to the price: 30,000.00 over 60 months at 6 %.
pub(crate) fn oregon() -> serde_json::Value {
    json!({
        "dealDate": "2026-11-21", "vehicle": {"condition": "new", "msrp": "42000.00"},
        "dealerPlace": {"state": "OR"}, "buyerPlace": {"state": "OR"}, "price": "30000.00",
        "fees": [{"code": "title", "name": "Title", "amount": "0"}, {"code": "registration", "name": "Registration", "amount": "0"}],
        "columns": [{"kind": "finance", "id": "60", "rate": "0.06", "termMonths": 60}]
    })
}

fn principal(deal: &serde_json::Value) -> Money {
    let input: DealInput = surface::parse(&deal.to_string()).unwrap();
    let rates = autolytiq_tax::ResolvedRates::none(input.deal_date);
    let result = calculate(&input, rules_for(&input).unwrap(), &rates).unwrap();
    let Figures::Finance(loan) = &result.columns[0].figures else { panic!("not a finance column") };
    loan.principal
}

/// By hand: i = 0.005 and (1 + i)^60 = 1.348850152549, so 60 payments of 1 repay (1 − 1 ÷ 1.348850152549) ÷ 0.005 = 51.725560751.
/// Payments of 498.995 and 499.005 repay 25,810.796 and 25,811.313: every principal between is answered with 499.00.
#[test]
fn a_payment_by_cash_down() {
    let mut deal = oregon();
    // Fees and taxes of the state, whatever they are, go on top of the price.
    let added = principal(&deal).try_sub(usd("30000")).unwrap();
    deal["price"] = json!(usd("30000").try_sub(added).unwrap().to_string());
    let left = principal(&deal);
    let request = json!({"input": deal, "column": "60", "variable": "cashDown", "target": {"figure": "payment", "amount": "499.00"}});
    let answer = ask("solve", &request);
    assert_eq!((answer["outcome"].as_str(), answer["pointer"].as_str()), (Some("exact"), Some("/cashDown")));
    assert_eq!(answer["answer"]["payment"], "499.00");
    let down: Money = answer["answer"]["value"]["value"].as_str().unwrap().parse().unwrap();
    let financed = left.try_sub(down).unwrap();
    assert!((usd("25810.80")..=usd("25811.31")).contains(&financed), "{financed}");
    assert!(answer["evaluations"].as_u64().unwrap() < 20, "{answer}");
}

/// 30,000.00 over 60 months: 6.00 % is 579.98, 5.99 % is 579.84 and 6.01 % 580.12, so that 580.00 lies between two quotes.
#[test]
fn a_payment_between_two_rates() {
    let mut deal = oregon();
    deal["cashDown"] = json!(principal(&deal).try_sub(usd("30000")).unwrap().to_string());
    let request =
        json!({"input": deal, "column": "60", "variable": "rate", "target": {"figure": "payment", "amount": "580.00"}});
    let answer = ask("solve", &request);
    assert_eq!(answer["outcome"], "nearest");
    assert_eq!((&answer["below"]["value"]["value"], &answer["below"]["payment"]), (&json!("0.06"), &json!("579.98")));
    assert_eq!((&answer["above"]["value"]["value"], &answer["above"]["payment"]), (&json!("0.0601"), &json!("580.12")));
    // Finer steps reach it.
    let mut finer = request.clone();
    finer["step"] = json!("0.000001");
    let answer = ask("solve", &finer);
    assert_eq!((&answer["outcome"], &answer["answer"]["payment"]), (&json!("exact"), &json!("580.00")));
    // No rate makes thirty thousand cost 400 a month, not even none: 30,000 ÷ 60 = 500.
    let mut beyond = request;
    beyond["target"]["amount"] = json!("400.00");
    let answer = ask("solve", &beyond);
    assert_eq!((&answer["outcome"], &answer["nearest"]["payment"]), (&json!("unreachable"), &json!("500.00")));
    assert_eq!(answer["nearest"]["value"]["value"], "0");
}

/// The front gross is price less cost here: 2,400.00 is the price of 41,300.00.
#[test]
fn a_gross_by_price() {
    let mut deal = simple();
    deal["costs"] = json!({"vehicle": "38900"});
    let request = json!({"input": deal, "column": "cash", "variable": "price", "target": {"figure": "frontGross", "amount": "2400.00"}});
    let answer = ask("solve", &request);
    assert_eq!(answer["answer"]["value"], json!({"type": "money", "value": "41300.00"}));
    assert_eq!(answer["answer"]["gross"]["front"], "2400.00");
}

#[test]
fn what_was_asked_wrongly_is_said_with_its_field() {
    let deal = simple();
    let base = json!({"input": deal, "column": "cash", "variable": "price", "target": {"figure": "dueAtSigning", "amount": "40000"}});
    let with = |pointer: &str, value: serde_json::Value| {
        let mut request = base.clone();
        *request.pointer_mut(pointer).unwrap() = value;
        request
    };
    let said = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(fault("solve", &with("/column", json!("36"))), said("/column", "no-such-column"));
    assert_eq!(fault("solve", &with("/variable", json!("rate"))), said("/variable", "not-in-column"));
    assert_eq!(fault("solve", &with("/variable", json!("rebate"))), said("/item", "no-such-item"));
    assert_eq!(fault("solve", &with("/variable", json!("luck"))), said("/variable", "invalid-value"));
    assert_eq!(fault("solve", &with("/target/figure", json!("payment"))), said("/target/figure", "not-in-column"));
    assert_eq!(fault("solve", &with("/target/figure", json!("frontGross"))), said("/target/figure", "fact-missing"));
    assert_eq!(fault("solve", &with("/input/price", json!("-1"))), said("/input/price", "amount-out-of-range"));
    let mut narrow = base.clone();
    narrow["least"] = json!("50000");
    narrow["most"] = json!("40000");
    assert_eq!(fault("solve", &narrow), said("/most", "number-out-of-range"));
    narrow["least"] = json!("a few");
    assert_eq!(fault("solve", &narrow), said("/least", "invalid-value"));
    let grid = json!({"input": deal, "column": "cash", "axes": []});
    assert_eq!(fault("grid", &grid), said("/axes", "empty"));
    let axis = |variable: &str, values: usize| json!({"variable": variable, "values": vec!["1"; values]});
    let grid = json!({"input": deal, "column": "cash", "axes": [axis("price", 0)]});
    assert_eq!(fault("grid", &grid), said("/axes/0/values", "empty"));
    let grid = json!({"input": deal, "column": "cash", "axes": [axis("price", 1001)]});
    assert_eq!(fault("grid", &grid), said("/axes/0/values", "too-many-items"));
    let grid = json!({"input": deal, "column": "cash", "axes": vec![axis("price", 1); 4]});
    assert_eq!(fault("grid", &grid), said("/axes", "too-many-items"));
    let grid = json!({"input": deal, "column": "cash", "axes": [{"variable": "price", "values": ["1", "x"]}]});
    assert_eq!(fault("grid", &grid), said("/axes/0/values/1", "invalid-value"));
    let twice = json!({"variable": "price", "values": ["1"]});
    let grid = json!({"input": deal, "column": "cash", "axes": [twice, twice]});
    assert_eq!(fault("grid", &grid), said("/axes/1/variable", "duplicate-code"));
    let alone = json!({"scenarios": [{"input": deal, "column": "cash"}]});
    assert_eq!(fault("compare", &alone), said("/scenarios", "too-few-items"));
    let many = json!({"scenarios": vec![json!({"input": deal, "column": "cash"}); 9]});
    assert_eq!(fault("compare", &many), said("/scenarios", "too-many-items"));
    let mut pair = json!({"scenarios": [{"input": deal, "column": "cash"}, {"input": deal, "column": "cash"}]});
    pair["scenarios"][1]["input"]["price"] = json!("10000000.01");
    assert_eq!(fault("compare", &pair), said("/scenarios/1/input/price", "amount-out-of-range"));
}
