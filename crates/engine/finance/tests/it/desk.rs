//! A deal on the desk is the deal that is calculated whole.

use crate::any_deal::any_deal;
use crate::laws::compute;
use autolytiq_finance::deal::column::Column;
use autolytiq_finance::desk::Desk;
use autolytiq_finance::solve::Variable;
use autolytiq_finance::surface;
use autolytiq_money::Money;
use proptest::prelude::*;
use serde_json::Value;

const DEAL: &str = r#"{"dealDate": "2026-11-21", "vehicle": {"condition": "new"}, "dealerPlace": {"state": "TX"},
    "buyerPlace": {"state": "TX"}, "price": "41250.00", "trades": [{"description": "Civic", "allowance": "11500.00"}],
    "columns": [{"kind": "finance", "id": "a", "rate": "0.0649", "termMonths": 84}, {"kind": "cash", "id": "b"},
        {"kind": "lease", "id": "c", "moneyFactor": "0.00185", "termMonths": 36, "residual": {"amount": "20000.00"}}]}"#;
const RATES: &str = r#"{"asOf": "2026-11-21", "entries": []}"#;

fn desk() -> Desk {
    Desk::read(DEAL, RATES).unwrap()
}

/// The answer of the whole calculation, and what the desk tells of it with the traces put back.
fn both(deal: &str, desk: &mut Desk) -> (Value, Value) {
    let mut told: Value = serde_json::from_str(&desk.figures()).unwrap();
    if let Some(columns) = told.pointer_mut("/ok/columns").and_then(Value::as_array_mut) {
        for (index, column) in columns.iter_mut().enumerate() {
            assert!(column.get("trace").is_none(), "the figures carry no trace");
            column["trace"] = serde_json::from_str(&desk.trace_json(index)).unwrap();
        }
    }
    (serde_json::from_str(&surface::preview(deal, RATES)).unwrap(), told)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_desk_computes_what_the_deal_does(deal in any_deal()) {
        let mut desk = Desk::new(deal.input.clone(), deal.rates.clone());
        match compute(&deal) {
            Ok(mut whole) => {
                for (index, column) in whole.columns.iter().enumerate() {
                    prop_assert_eq!(desk.taxes(index), Ok(column.tax.clone()), "before anything is computed");
                }
                prop_assert!(desk.compute().is_ok());
                for (index, column) in whole.columns.iter_mut().enumerate() {
                    prop_assert_eq!(desk.trace(index), Some(&column.trace));
                    column.trace = desk.compute().unwrap().columns[index].trace.clone();
                }
                prop_assert_eq!(desk.compute(), Ok(&whole));
            }
            Err(error) => prop_assert_eq!(desk.compute(), Err(&error)),
        }
    }
}

#[test]
fn a_typed_value_is_the_value_of_the_deal() {
    let table = [
        (0, Variable::Price, "40000.00", r#""price": "41250.00""#, r#""price": "40000.00""#),
        (2, Variable::TradeAllowance, "9000", r#""allowance": "11500.00""#, r#""allowance": "9000.00""#),
        (0, Variable::Rate, "0.0725", "0.0649", "0.0725"),
        (0, Variable::TermMonths, "60", "84", "60"),
        (2, Variable::MoneyFactor, "0.002", "0.00185", "0.002"),
        (2, Variable::Residual, "21000", "20000.00", "21000.00"),
    ];
    let mut kept = desk();
    let mut deal = DEAL.to_owned();
    for (column, variable, value, from, to) in table {
        kept.set(column, variable, 0, value).unwrap();
        deal = deal.replacen(from, to, 1);
        let (whole, told) = both(&deal, &mut kept);
        assert!(whole["ok"].is_object(), "{whole}");
        assert_eq!(told, whole, "{variable:?}");
    }
}

#[test]
fn what_is_no_value_of_the_field_changes_nothing() {
    let mut kept = desk();
    kept.compute().unwrap();
    for (column, variable, item, value, pointer) in [
        (1, Variable::Rate, 0, "0.05", "/variable"),
        (0, Variable::Rate, 0, "1.5", "/columns/0/rate"),
        (0, Variable::Price, 0, "12,000", "/price"),
        (0, Variable::Price, 0, "-1", "/price"),
        (0, Variable::TermMonths, 0, "72.5", "/columns/0/termMonths"),
        (0, Variable::TradeAllowance, 1, "1", "/item"),
        (9, Variable::Rate, 0, "0.05", "/variable"),
    ] {
        assert_eq!(kept.set(column, variable, item, value).unwrap_err().pointer, pointer);
        assert!(kept.brief(0).is_some(), "the figures are still those of the deal");
    }
    assert_eq!(*kept.input(), *desk().input());
}

#[test]
fn a_change_takes_the_figures_away() {
    let mut kept = desk();
    assert_eq!((kept.brief(0), kept.trace(0), kept.schedule(0)), (None, None, None));
    kept.compute().unwrap();
    assert!(kept.brief(0).is_some() && kept.trace(2).is_some() && kept.schedule(0).is_some());
    assert_eq!((kept.brief(3), kept.trace(3), kept.schedule(1)), (None, None, None), "no such column; no loan");
    kept.set(0, Variable::CashDown, 0, "1000").unwrap();
    assert_eq!((kept.brief(0), kept.trace(0), kept.schedule(0)), (None, None, None));
}

#[test]
fn a_refused_deal_says_why() {
    let mut kept = Desk::read(&DEAL.replace("TX", "??"), RATES).unwrap();
    let (whole, told) = both(&DEAL.replace("TX", "??"), &mut kept);
    assert_eq!(told, whole);
    assert_eq!(told["errors"][0]["pointer"], "/dealerPlace/state");
    let unreadable = Desk::read(&DEAL.replace("41250.00", "x"), RATES).unwrap_err();
    assert_eq!(unreadable, surface::preview(&DEAL.replace("41250.00", "x"), RATES));
    assert!(Desk::read(DEAL, "{}").unwrap_err().contains("/rates"));
}

#[test]
fn the_schedule_repays_the_loan() {
    let mut kept = desk();
    let Column::Finance(terms) = kept.input().columns[0].clone() else { panic!("the first column is a loan") };
    kept.compute().unwrap();
    let payment = kept.brief(0).unwrap().payment.unwrap();
    let rows = kept.schedule(0).unwrap();
    assert_eq!(rows.len(), usize::from(terms.term_months));
    assert!(rows[..83].iter().all(|row| row.payment == payment));
    assert_eq!(rows[83].balance, Money::ZERO);
    let principal = Money::try_sum(rows.iter().map(|row| row.principal)).unwrap();
    assert_eq!(principal, rows[0].balance.try_add(rows[0].principal).unwrap());
}
