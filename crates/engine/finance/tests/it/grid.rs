//! Grids, comparisons and steps in words: against the deal computed on its own, and sums against the whole.

use crate::any_deal::{AnyDeal, any_deal};
use crate::laws::compute;
use crate::rolls::brief;
use crate::solve::{ask, fault, oregon, usd};
use autolytiq_finance::deal::column::Column;
use autolytiq_finance::deal::input::DealInput;
use autolytiq_finance::solve::Variable;
use autolytiq_finance::{rules_for, surface};
use autolytiq_money::Money;
use proptest::prelude::*;
use serde_json::json;

/// Every cell is the deal with that cell's values, computed on its own.
fn check_grid(deal: &AnyDeal, column: usize, axes: &[(Variable, Vec<serde_json::Value>)]) {
    let id = deal.input.columns[column].id();
    let written = axes.iter().map(|(variable, values)| json!({"variable": variable, "values": values}));
    let request = json!({"input": deal.input, "rates": deal.rates, "column": id, "axes": written.collect::<Vec<_>>()});
    let grid = ask("grid", &request);
    let cells = grid["cells"].as_array().unwrap();
    assert_eq!(cells.len(), axes.iter().map(|(_, values)| values.len()).product::<usize>());
    for (number, cell) in cells.iter().enumerate() {
        let mut alone = serde_json::to_value(&deal.input).unwrap();
        alone["columns"] = json!([alone["columns"][column]]);
        let mut rest = number;
        for (variable, values) in axes.iter().rev() {
            let field = match variable {
                Variable::Price => "/price",
                Variable::CashDown => "/cashDown",
                Variable::Rate => "/columns/0/rate",
                Variable::TermMonths => "/columns/0/termMonths",
                Variable::MoneyFactor => "/columns/0/moneyFactor",
                other => panic!("{other:?}"),
            };
            *alone.pointer_mut(field).unwrap() = values[rest % values.len()].clone();
            rest /= values.len();
        }
        let input: DealInput = surface::parse(&alone.to_string()).unwrap();
        let Ok(result) = compute(&AnyDeal { input, rates: deal.rates.clone() }) else {
            assert!(cell["error"].is_object(), "{cell}");
            continue;
        };
        let brief = brief(&result.columns[0]);
        assert_eq!(cell["payment"], json!(brief.payment));
        assert_eq!(cell["dueAtSigning"], json!(brief.due_at_signing));
        assert_eq!(cell["total"], json!(brief.total));
        assert_eq!(cell["gross"], json!(brief.gross));
        let common = grid["notices"].as_array().unwrap().iter();
        let own = cell["notices"].as_array().into_iter().flatten();
        let mut said: Vec<&str> = common.chain(own).map(|code| code.as_str().unwrap()).collect();
        let mut codes: Vec<&str> = result.notices.iter().map(|notice| notice.code.as_ref()).collect();
        said.sort_unstable();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(said, codes);
    }
}

/// The sum of the causes is the whole difference, figure by figure.
fn check_comparison(comparison: &serde_json::Value) {
    for other in comparison["others"].as_array().unwrap() {
        let mut sums = std::collections::BTreeMap::new();
        let money = |line: &serde_json::Value| {
            let is_money = line["difference"]["type"] == "money";
            is_money.then(|| {
                (line["path"].as_str().unwrap().to_owned(), usd(line["difference"]["value"].as_str().unwrap()))
            })
        };
        for cause in other["causes"].as_array().unwrap() {
            assert!(!cause["inputs"].as_array().unwrap().is_empty());
            for (path, amount) in cause["lines"].as_array().unwrap().iter().filter_map(money) {
                let sum = sums.entry(path).or_insert(Money::ZERO);
                *sum = sum.try_add(amount).unwrap();
            }
        }
        sums.retain(|_, amount| !amount.is_zero());
        let mut whole: std::collections::BTreeMap<_, _> =
            other["lines"].as_array().unwrap().iter().filter_map(money).collect();
        whole.retain(|_, amount| !amount.is_zero());
        assert_eq!(sums, whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_cell_is_the_deal_on_its_own(mut deal in any_deal(), downs in prop::collection::vec(0_i64..900_000, 1..4)) {
        let downs: Vec<_> = downs.into_iter().map(|cents| json!(Money::from_cents(cents))).collect();
        for column in 0..deal.input.columns.len() {
            match deal.input.columns.get_mut(column).unwrap() {
                Column::Cash(_) => {}
                Column::Finance(terms) => terms.cash_down = None,
                Column::Lease(terms) => terms.cash_down = None,
            }
            let third = match &deal.input.columns[column] {
                Column::Cash(_) => (Variable::Price, vec![json!("10000.00"), json!("20000.00")]),
                Column::Finance(_) => (Variable::Rate, vec![json!("0"), json!("0.0649")]),
                Column::Lease(_) => (Variable::MoneyFactor, vec![json!("0.00185"), json!("0.0001")]),
            };
            let terms = (Variable::TermMonths, vec![json!(36), json!(60)]);
            let mut axes = vec![(Variable::CashDown, downs.clone()), third];
            if !matches!(deal.input.columns[column], Column::Cash(_)) {
                axes.insert(0, terms);
            }
            if rules_for(&deal.input).is_ok() {
                check_grid(&deal, column, &axes);
            }
        }
    }

    #[test]
    fn causes_sum_to_the_difference(first in any_deal(), second in any_deal()) {
        let scenario = |deal: &AnyDeal| {
            let column = deal.input.columns.last().unwrap().id();
            json!({"label": "any", "input": deal.input, "rates": deal.rates, "column": column})
        };
        let request = json!({"scenarios": [scenario(&first), scenario(&second), scenario(&first)]});
        if compute(&first).is_ok() && compute(&second).is_ok() {
            let comparison = ask("compare", &request);
            check_comparison(&comparison);
            prop_assert_eq!(&comparison["others"][1]["lines"], &json!([]));
            prop_assert_eq!(&comparison["others"][1]["causes"], &json!([]));
        }
    }
}

/// 2,000.00 less down is 2,000.00 more principal; the lower rate takes some of the payment back.
#[test]
fn every_difference_has_its_reason() {
    let (one, mut other) = (oregon(), oregon());
    other["cashDown"] = json!("2000.00");
    other["columns"][0]["rate"] = json!("0.05");
    let request = json!({"scenarios": [{"label": "now", "input": one, "column": "60"}, {"label": "then", "input": other, "column": "60"}]});
    let comparison = ask("compare", &request);
    check_comparison(&comparison);
    let causes = &comparison["others"][0]["causes"];
    assert_eq!(causes[0]["inputs"], json!([{"pointer": "/cashDown", "before": "0.00", "after": "2000.00"}]));
    assert_eq!(causes[1]["inputs"], json!([{"pointer": "/column/rate", "before": "0.06", "after": "0.05"}]));
    let line = |cause: usize, path: &str| {
        let lines = causes[cause]["lines"].as_array().unwrap();
        lines.iter().find(|line| line["path"] == path).map(|line| line["difference"]["value"].clone())
    };
    assert_eq!(line(0, "principal"), Some(json!("-2000.00")));
    assert_eq!(line(1, "principal"), None);
    assert_eq!(line(1, "rate"), Some(json!("-0.01")));
}

#[test]
fn steps_in_words() {
    let mut request = json!({"input": oregon(), "column": "60", "format": "text", "figure": "amountFinanced"});
    let text = ask("explain", &request)["text"].as_str().unwrap().to_owned();
    assert!(text.contains("Amount financed: "), "{text}");
    assert!(text.contains("    = principal − prepaidFinanceCharge\n      principal = 3"), "{text}");
    assert!(text.contains("    Truth in Lending (Regulation Z), 12 CFR 1026.18, 1026.22 and Appendix J\n"), "{text}");
    assert!(text.contains("Price: 30000.00\n    = as entered\n"), "{text}");
    assert!(!text.contains("Finance charge"), "only what the figure was made from: {text}");
    request["format"] = json!("table");
    request.as_object_mut().unwrap().remove("figure");
    let table = ask("explain", &request)["text"].as_str().unwrap().to_owned();
    let result = ask("deal", &json!({"input": oregon()}));
    assert_eq!(table.lines().count(), result["columns"][0]["trace"].as_object().unwrap().len());
    let payment = table.lines().find(|line| line.starts_with("Payment ")).unwrap();
    assert!(
        payment.contains("principal × i ÷ (1 − (1 + i)^−termMonths), where i = rate ÷ 12: principal = "),
        "{payment}"
    );
    assert!(payment.ends_with("rate = 0.06; termMonths = 60, to the cent, half up"), "{payment}");
    request["figure"] = json!("luck");
    assert_eq!(fault("explain", &request), ("/figure".to_owned(), "no-such-figure".to_owned()));
}
