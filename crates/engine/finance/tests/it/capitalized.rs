//! Leases of which single fees, products and taxes are capitalised or paid at signing. Figures by hand or by Python's decimal.

use crate::deals::{compute, compute_with};
use autolytiq_finance::deal::output::{ColumnResult, Figures, LeaseFigures};
use autolytiq_finance::trace::Value as Traced;
use autolytiq_money::Money;
use serde_json::{Value, json};

fn usd(text: &str) -> Money {
    text.parse().unwrap()
}

/// 38,000.00 with a residual of 24,870.40 over 36 months at 0.00185.
fn deal(state: &str, capitalize: &Value, more: &Value) -> Value {
    let mut deal = json!({"dealDate": "2026-11-21", "vehicle": {"condition": "new", "fuel": "gasoline", "mpg": 18},
        "dealerPlace": {"state": state}, "buyerPlace": {"state": state}, "price": "38000.00",
        "columns": [{"kind": "lease", "id": "36", "moneyFactor": "0.00185", "termMonths": 36,
            "residual": {"amount": "24870.40"}, "capitalize": capitalize}]});
    for (name, value) in more.as_object().unwrap() {
        deal[name] = value.clone();
    }
    deal
}

fn column(deal: &Value, rates: &Value) -> ColumnResult {
    compute_with(deal, rates).unwrap_or_else(|error| panic!("{error:?}")).columns.remove(0)
}

fn without_rates() -> Value {
    json!({"asOf": "2026-11-21", "entries": []})
}

fn lease(column: &ColumnResult) -> &LeaseFigures {
    let Figures::Lease(figures) = &column.figures else { panic!("not a lease") };
    figures
}

fn signing(column: &ColumnResult, code: &str) -> Option<Money> {
    lease(column).signing.iter().find(|item| item.code == code).map(|item| item.amount)
}

fn tax(column: &ColumnResult, id: &str) -> Option<(Money, bool)> {
    column.tax.lines.iter().find(|line| line.id == id).map(|line| (line.amount, line.capitalized))
}

fn parts(column: &ColumnResult, path: &str) -> (Traced, Vec<Traced>) {
    let step = column.trace.get(path).unwrap_or_else(|| panic!("no step {path}"));
    (step.result.clone(), step.inputs.iter().map(|input| input.value.clone()).collect())
}

/// Oregon: title 101.00, registration 126.00, plates 26.00, and half a percent of the price at signing, 190.00. The title paid at signing and the others capitalised:
/// 38,000 + 126 + 26 = 38,152.00; 13,281.60 ÷ 36 = 368.9333…, 63,022.40 × 0.00185 = 116.59144, together 485.5247… → 485.52.
#[test]
fn only_the_title_is_paid_at_signing() {
    let capitalize = json!({"governmentFees": true, "eachFee": {"title": false, "title_electric": true}});
    let column = column(&deal("OR", &capitalize, &json!({})), &without_rates());
    let figures = lease(&column);
    assert_eq!(figures.gross_cap_cost, usd("38152.00"));
    assert_eq!(figures.base_payment, usd("485.52"));
    assert_eq!(figures.rent_charge, usd("4197.12"), "36 × 485.52 − 13,281.60");
    assert_eq!(signing(&column, "fees"), Some(usd("101.00")));
    assert_eq!(figures.due_at_signing, usd("776.52"), "485.52 + 101.00 + 190.00");
    let of = |amounts: &[&str]| amounts.iter().map(|amount| Traced::Money(usd(amount))).collect::<Vec<_>>();
    assert_eq!(parts(&column, "capitalized.fees"), (Traced::Money(usd("152.00")), of(&["126", "26"])));
    assert_eq!(parts(&column, "signing.fees"), (Traced::Money(usd("101.00")), of(&["101"])));
    let gross = column.trace.get("grossCapCost").unwrap();
    let fees = gross.inputs.iter().find(|input| input.name == "fees").unwrap();
    assert_eq!((&fees.value, fees.from.as_deref()), (&Traced::Money(usd("152")), Some("capitalized.fees")));
}

/// Florida taxes what is paid at signing, and of what is capitalised the payments. Of two taxable fees the 100.00 paid at
/// signing bears 6.00 and the 200.00 capitalised none there; of two contracts the 400.00 at signing bears 24.00. Gross cap cost
/// 38,000 + 200 + 1,500 = 39,700.00: 14,829.60 ÷ 36 + 64,570.40 × 0.00185 = 531.3885… → 531.39, with 6 % = 31.88.
#[test]
fn the_tax_follows_each_charge() {
    let capitalize = json!({"eachFee": {"prep": true}, "eachProduct": {"Tires": false}});
    let more = json!({
        "fees": [{"code": "etch", "name": "Etching", "amount": "100.00", "taxable": true},
            {"code": "prep", "name": "Preparation", "amount": "200.00", "taxable": true}],
        "products": [{"kind": "serviceContract", "name": "Gold", "price": "1500.00"},
            {"kind": "tireWheel", "name": "Tires", "price": "400.00"}],
    });
    let column = column(&deal("FL", &capitalize, &more), &without_rates());
    let figures = lease(&column);
    assert_eq!(figures.gross_cap_cost, usd("39700.00"));
    assert_eq!(figures.base_payment, usd("531.39"));
    assert_eq!(figures.payment, usd("563.27"));
    assert_eq!(tax(&column, "state.signing"), Some((usd("6.00"), false)));
    assert_eq!(tax(&column, "contracts"), Some((usd("24.00"), false)));
    assert_eq!(signing(&column, "products"), Some(usd("400.00")));
    assert_eq!(signing(&column, "upfrontTax"), Some(usd("30.00")));
    // All at signing the fees bear 18.00, and both contracts 114.00.
    let all = json!({"products": false});
    let column = self::column(&deal("FL", &all, &more), &without_rates());
    assert_eq!(tax(&column, "state.signing"), Some((usd("18.00"), false)));
    assert_eq!(tax(&column, "contracts"), Some((usd("114.00"), false)));
}

/// Ohio taxes the whole lease at its start, here 5.75 % by the state and 1.75 % by the county. With the state's tax in the
/// capitalised cost and the county's paid at signing, the only tax that is 5.75 % of 36 payments which carry it is 1,060.77: each
/// payment is 512.45, and 1.75 % of all are 322.84. With both inside they are 1,082.30 and 329.40 on payments of 522.85.
#[test]
fn one_tax_is_capitalised_and_another_paid() {
    let rates = json!({"asOf": "2026-11-21", "entries": [{"placeRole": "buyer", "level": "county", "tax": "general",
        "name": "Franklin County", "rate": "0.0175", "appliesTo": "both", "source": "a table", "verified": true}]});
    let of = |capitalize: Value| column(&deal("OH", &capitalize, &json!({})), &rates);
    let column = of(json!({"eachTax": {"state": true}}));
    assert_eq!(lease(&column).base_payment, usd("512.45"));
    assert_eq!(lease(&column).gross_cap_cost, usd("39060.77"));
    assert_eq!((column.tax.capitalized, column.tax.at_signing), (usd("1060.77"), usd("322.84")));
    assert_eq!(tax(&column, "state"), Some((usd("1060.77"), true)));
    assert_eq!(parts(&column, "tax.capitalized").1, [Traced::Money(usd("1060.77"))]);
    let column = of(json!({"upfrontTax": true}));
    assert_eq!((column.tax.capitalized, column.tax.at_signing), (usd("1411.70"), Money::ZERO));
    assert_eq!(lease(&column).base_payment, usd("522.85"));
    let same = of(json!({"eachTax": {"state": true, "county": true}}));
    assert_eq!(same.figures, column.figures);
    let neither = of(json!({"upfrontTax": true, "eachTax": {"state": false, "county": false}}));
    assert_eq!(neither.figures, of(json!({})).figures);
}

/// A credit lowers the taxes where they stand; where one is inside and the other paid, it lowers what is paid at signing.
#[test]
fn a_credit_goes_with_its_taxes() {
    let rates = json!({"asOf": "2026-11-21", "entries": [{"placeRole": "buyer", "level": "county", "tax": "general",
        "name": "Franklin County", "rate": "0.0175", "appliesTo": "both", "source": "a table", "verified": true}]});
    let buyer = json!({"buyer": {"taxPaidElsewhere": "200.00"}});
    let of = |capitalize: Value| column(&deal("OH", &capitalize, &buyer), &rates);
    let credit = |column: &ColumnResult| tax(column, "paid_elsewhere");
    assert_eq!(credit(&of(json!({"upfrontTax": true}))), Some((usd("-200.00"), true)));
    assert_eq!(credit(&of(json!({"eachTax": {"state": true, "county": true}}))), Some((usd("-200.00"), true)));
    let parted = of(json!({"eachTax": {"state": true}}));
    assert_eq!(credit(&parted), Some((usd("-200.00"), false)));
    assert_eq!((parted.tax.capitalized, parted.tax.at_signing), (usd("1060.77"), usd("122.84")));
}

#[test]
fn what_nobody_knows_is_refused_by_name() {
    let fault = |capitalize: Value| {
        let error = compute(&deal("OR", &capitalize, &json!({}))).unwrap_err().errors.remove(0);
        (error.pointer, error.code.into_owned())
    };
    let said = |pointer: &str, code: &str| (format!("/columns/0/capitalize/{pointer}"), code.to_owned());
    assert_eq!(fault(json!({"eachFee": {"tytle": false}})), said("eachFee/tytle", "unknown-fee"));
    assert_eq!(fault(json!({"eachFee": {"a/b~": true}})), said("eachFee/a~1b~0", "unknown-fee"));
    assert_eq!(fault(json!({"eachProduct": {"Gold": false}})), said("eachProduct/Gold", "unknown-product"));
    assert_eq!(fault(json!({"eachTax": {"county": true}})), said("eachTax/county", "unknown-tax"));
    let many: serde_json::Map<_, _> = (0..51).map(|number| (number.to_string(), json!(true))).collect();
    assert_eq!(fault(json!({"eachTax": many})), said("eachTax", "too-many-items"));
    // A fee of Oregon's rules that this car does not bear is none of them.
    assert!(compute(&deal("OR", &json!({"eachFee": {"title_electric": true}}), &json!({}))).is_ok());
}
