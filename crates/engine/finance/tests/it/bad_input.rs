//! Everything a person can type wrong has an answer with its field, and nothing panics.

use crate::deals::{compute, simple};
use autolytiq_finance::surface;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Sets the value at a pointer, making the way there.
pub(crate) fn set(deal: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match deal.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
        object => object[last] = value,
    }
}

pub(crate) fn finance() -> Value {
    let mut deal = simple();
    deal["columns"] = json!([{"kind": "finance", "id": "a", "rate": "0.05", "termMonths": 60}]);
    deal
}

pub(crate) fn lease() -> Value {
    let mut deal = simple();
    deal["columns"] =
        json!([{"kind": "lease", "id": "a", "moneyFactor": "0.002", "termMonths": 36, "residual": {"percent": "0.6"}}]);
    deal
}

#[test]
fn each_limit_names_its_field() {
    let long = "x".repeat(1_000_000);
    let many = |item: Value, count: usize| Value::Array(vec![item; count]);
    let column = |id: &str| json!({"kind": "cash", "id": id});
    let table = [
        (simple(), "/price", json!("-0.01"), "amount-out-of-range"),
        (simple(), "/price", json!("10000000.01"), "amount-out-of-range"),
        (simple(), "/cashDown", json!("-1"), "amount-out-of-range"),
        (simple(), "/docFee", json!("99999999"), "amount-out-of-range"),
        (simple(), "/dealDate", json!("1899-12-31"), "date-out-of-range"),
        (simple(), "/dealDate", json!("2200-01-01"), "date-out-of-range"),
        (simple(), "/buyerPlace", json!({"state": "XX"}), "unknown-state"),
        (simple(), "/dealerPlace", json!({"state": "tx"}), "unknown-state"),
        (simple(), "/dealerPlace", json!({"state": long.as_str()}), "unknown-state"),
        (simple(), "/buyerPlace", json!({"state": "TX", "city": long.as_str()}), "text-too-long"),
        (simple(), "/columns", json!([]), "no-columns"),
        (simple(), "/columns", json!([column("a"), column("a")]), "duplicate-id"),
        (simple(), "/columns", json!([column(" ")]), "empty"),
        (simple(), "/columns", json!([column(&long)]), "text-too-long"),
        (simple(), "/columns", many(column("a"), 13), "too-many-items"),
        (simple(), "/trades", many(json!({"description": "", "allowance": "1"}), 7), "too-many-items"),
        (simple(), "/trades", json!([{"description": long.as_str(), "allowance": "1"}]), "text-too-long"),
        (simple(), "/fees", many(json!({"code": "a", "name": "", "amount": "1"}), 2), "duplicate-code"),
        (simple(), "/fees", json!([{"code": "", "name": "", "amount": "1"}]), "empty"),
        (simple(), "/accessories", json!([{"name": "a", "price": "1", "cost": "-1"}]), "amount-out-of-range"),
        (simple(), "/vehicle/odometer", json!(4_000_000_000_u32), "number-out-of-range"),
        (simple(), "/vehicle/modelYear", json!(12), "year-out-of-range"),
        (simple(), "/elections", json!({"no_such_choice": "x"}), "unknown-election"),
        (finance(), "/columns/0/rate", json!("-0.01"), "rate-out-of-range"),
        (finance(), "/columns/0/rate", json!("4"), "rate-out-of-range"),
        (finance(), "/columns/0/termMonths", json!(0), "term-out-of-range"),
        (finance(), "/columns/0/termMonths", json!(400), "term-out-of-range"),
        (finance(), "/columns/0/firstPayment", json!("2026-11-21"), "date-out-of-range"),
        (finance(), "/columns/0/firstPayment", json!("2028-11-21"), "date-out-of-range"),
        (finance(), "/columns/0/reserveShare", json!("1.01"), "rate-out-of-range"),
        (lease(), "/columns/0/moneyFactor", json!("0.051"), "rate-out-of-range"),
        (lease(), "/columns/0/termMonths", json!(85), "term-out-of-range"),
        (lease(), "/columns/0/residual", json!({"percent": "1.5"}), "rate-out-of-range"),
        (lease(), "/vehicle", json!({"condition": "new"}), "fact-missing"),
    ];
    for (mut deal, pointer, value, code) in table {
        set(&mut deal, pointer, value);
        let error = compute(&deal).unwrap_err();
        let field = error.errors.iter().find(|field| field.code == code);
        let field = field
            .unwrap_or_else(|| panic!("{pointer}: no {code} in {:?}", error.errors.iter().take(3).collect::<Vec<_>>()));
        assert!(field.pointer.starts_with(pointer), "{code} at {} instead of {pointer}", field.pointer);
        assert!(field.detail.len() < 400, "{code}: the input is not repeated");
    }
}

#[test]
fn limits_themselves_are_allowed() {
    for (pointer, value) in [("/price", json!("10000000")), ("/price", json!("0")), ("/cashDown", json!("10000000"))] {
        let mut deal = finance();
        set(&mut deal, pointer, value);
        assert!(compute(&deal).is_ok(), "{pointer}");
    }
    for (pointer, value) in
        [("/columns/0/rate", json!("0")), ("/columns/0/rate", json!("1")), ("/columns/0/termMonths", json!(144))]
    {
        let mut deal = finance();
        set(&mut deal, pointer, value);
        assert!(compute(&deal).is_ok(), "{pointer}");
    }
}

#[test]
fn all_faults_are_reported_at_once() {
    let mut deal = finance();
    deal["price"] = json!("-1");
    deal["columns"][0]["termMonths"] = json!(400);
    deal["dealerPlace"]["state"] = json!("ZZ");
    assert_eq!(compute(&deal).unwrap_err().errors.len(), 3);
}

#[test]
fn a_date_before_the_rules_is_an_error_and_not_the_nearest_rule() {
    let mut deal = simple();
    deal["dealDate"] = json!("1950-01-01");
    let error = compute(&deal).unwrap_err();
    assert_eq!((error.errors[0].pointer.as_str(), error.errors[0].code.as_ref()), ("/dealDate", "before-first-rules"));
}

#[test]
fn a_state_without_rules_says_so() {
    let mut deal = simple();
    deal["buyerPlace"]["state"] = json!("GU");
    let error = compute(&deal).unwrap_err();
    assert_eq!(
        (error.errors[0].pointer.as_str(), error.errors[0].code.as_ref()),
        ("/buyerPlace/state", "unknown-jurisdiction")
    );
    deal["garagingPlace"] = json!({"state": "VI"});
    assert_eq!(compute(&deal).unwrap_err().errors[0].pointer, "/garagingPlace/state");
}

#[test]
fn requests_that_are_not_requests() {
    let problem =
        |op: &str, request: &str| -> Value { serde_json::from_str(&surface::call(op, request).unwrap_err()).unwrap() };
    assert_eq!(problem("deal", "{")["code"], "malformed-json");
    assert_eq!(problem("deal", "")["status"], 400);
    assert_eq!(problem("deal", "[1]")["code"], "invalid-field");
    assert_eq!(problem("sell", "{}")["code"], "unknown-operation");
    assert_eq!(problem("get_state_tax_rules", r#"{"state":"ZZ"}"#)["errors"][0]["pointer"], "/state");
    assert_eq!(
        problem("get_state_tax_rules", r#"{"state":"TX","date":"1901-01-01"}"#)["errors"][0]["pointer"],
        "/date"
    );
    let apr = r#"{"amountFinanced":"1","payment":"1","payments":0,"contractDate":"2026-01-01"}"#;
    assert_eq!(problem("apr", apr)["errors"][0]["pointer"], "/payments");
    let schedule = r#"{"amount":"-1","rate":"2","termMonths":500,"contractDate":"1700-01-01"}"#;
    assert_eq!(problem("amortization", schedule)["errors"].as_array().unwrap().len(), 4);
}

proptest! {
    /// Whatever arrives, there is an answer, and a fault points at something.
    #[test]
    fn any_text_is_answered(text in ".{0,200}", rates in ".{0,60}") {
        let answer: Value = serde_json::from_str(&surface::preview(&text, &rates)).unwrap();
        prop_assert!(answer["errors"].as_array().is_some_and(|errors| !errors.is_empty()));
    }

    /// A deal with one piece cut out, or something foreign put in, computes or is refused; it never fails otherwise.
    #[test]
    fn a_damaged_deal_is_answered(at in any::<prop::sample::Index>(), length in 0_usize..12, piece in "[-0-9a-z{}\\[\\]:,\"\\\\. é]{0,4}") {
        let deal = lease().to_string();
        let from = at.index(deal.len());
        let to = (from + length).min(deal.len());
        let damaged = [&deal[..from], &piece, &deal[to..]].concat();
        let answer: Value = serde_json::from_str(&surface::preview(&damaged, r#"{"asOf":"2026-11-21","entries":[]}"#)).unwrap();
        prop_assert!(answer["ok"].is_object() || answer["errors"].is_array(), "{}", answer);
    }
}
