//! What the store and its people earn on a deal: commissions by pay plan, reserves by program, by hand.

use crate::deals::{codes, compute, financed, simple, usd};
use crate::formula;
use autolytiq_finance::deal::output::DealResult;
use serde_json::{Value, json};

fn by_rule_of_the_store(costs: Value, column: &Value) -> DealResult {
    let mut deal = simple();
    deal["costs"] = costs;
    deal["columns"] = json!([column]);
    compute(&deal).unwrap()
}

/// By hand: the mini is 100; a quarter of 41,250 − 38,900 = 2,350 is 587.50, half of it 293.75, and 150 + 25 on top.
#[test]
fn commission_by_pay_plan() {
    let plan = |vehicle: &str| {
        let costs = json!({"vehicle": vehicle,
            "payPlan": {"mini": "100", "rate": "0.25", "split": "0.5", "unitBonus": "150", "spiffs": "25"}});
        by_rule_of_the_store(costs, &json!({"kind": "cash", "id": "cash"})).columns[0].gross.unwrap().commission
    };
    assert_eq!(plan("38900"), Some(usd("468.75")));
    // 41,250 − 41,000 = 250, a quarter of it 62.50: the mini, of which half is 50.
    assert_eq!(plan("41000"), Some(usd("225")));
    assert_eq!(plan("50000"), Some(usd("225")), "a loss pays the mini as well");
    let none = by_rule_of_the_store(json!({"vehicle": "38900"}), &json!({"kind": "cash", "id": "cash"}));
    assert_eq!(none.columns[0].gross.unwrap().commission, None);
}

/// By hand, on a front of 41,250 − 38,900 = 2,350 and a back of 1,800 − 700 = 1,100. Eleven units reach the tier of nine and not
/// that of twelve: 30 % of 2,350 − 200 is 645, half of it 322.50, and 150 + 25 + 50 on top. Of the back, 8 % of 1,100 − 100 is
/// 80, half of it 40, and a flat of 15.
#[test]
fn commission_on_front_and_back_by_tiers() {
    let paid = |units: u16, plan_back: Value| {
        let mut deal = simple();
        deal["products"] = json!([{"kind": "serviceContract", "name": "Contract", "price": "1800", "cost": "700"}]);
        deal["costs"] = json!({"vehicle": "38900", "payPlan": {"mini": "100", "rate": "0.25", "pack": "200", "split": "0.5",
            "unitBonus": "150", "spiffs": "25", "units": units, "back": plan_back,
            "tiers": [{"fromUnits": 9, "rate": "0.3", "flat": "50"}, {"fromUnits": 12, "rate": "0.35", "flat": "100"}]}});
        let result = compute(&deal).unwrap();
        for path in ["gross.commission", "gross.commission.front", "gross.commission.back"] {
            let step = result.columns[0].trace.get(path);
            assert!(step.is_none_or(|step| formula::holds(step) == Some(true)), "{path}: {step:?}");
        }
        let gross = result.columns[0].gross.unwrap();
        (gross.commission, gross.back_commission)
    };
    let back =
        |mini: &str, tiers: Value| json!({"mini": mini, "rate": "0.08", "pack": "100", "flat": "15", "tiers": tiers});
    assert_eq!(paid(11, back("0", json!([]))), (Some(usd("602.50")), Some(usd("55.00"))));
    assert_eq!(paid(11, Value::Null), (Some(usd("547.50")), None));
    // Below nine units 25 % of 2,150 is 537.50, half 268.75, with 175: 443.75. From twelve on 35 % is 752.50, half 376.25, with 275.
    assert_eq!(paid(8, Value::Null).0, Some(usd("443.75")));
    assert_eq!(paid(12, Value::Null).0, Some(usd("651.25")));
    // The mini of the back, 120, above its 80: half of it, and the flat. Then by the back's own tier: 10 % of 1,000.
    assert_eq!(paid(0, back("120", json!([]))).1, Some(usd("75.00")));
    assert_eq!(paid(1, back("0", json!([{"fromUnits": 1, "rate": "0.1"}]))).1, Some(usd("65.00")));
}

#[test]
fn faults_of_a_pay_plan() {
    let fault = |plan: Value| {
        let mut deal = simple();
        deal["costs"] = json!({"vehicle": "38900", "payPlan": plan});
        let error = compute(&deal).unwrap_err().errors.remove(0);
        (error.pointer, error.code.into_owned())
    };
    let said = |pointer: &str, code: &str| (format!("/costs/payPlan/{pointer}"), code.to_owned());
    let tier = |from: u16| json!({"fromUnits": from, "rate": "0.3"});
    let out = "number-out-of-range";
    assert_eq!(fault(json!({"rate": "0.25", "tiers": [tier(0)]})), said("tiers/0/fromUnits", out));
    assert_eq!(fault(json!({"rate": "0.25", "tiers": [tier(9), tier(9)]})), said("tiers/1/fromUnits", out));
    assert_eq!(fault(json!({"rate": "0.25", "units": 10_001})), said("units", out));
    assert_eq!(fault(json!({"rate": "0.25", "back": {"rate": "1.1"}})), said("back/rate", "rate-out-of-range"));
    assert_eq!(
        fault(json!({"rate": "0.25", "back": {"rate": "1", "flat": "-1"}})),
        said("back/flat", "amount-out-of-range")
    );
    let many: Vec<_> = (1..=13).map(tier).collect();
    assert_eq!(
        fault(json!({"rate": "0.25", "back": {"rate": "1", "tiers": many}})),
        said("back/tiers", "too-many-items")
    );
}

/// Each way a program pays; the present value against an annuity summed month by month.
#[test]
fn reserve_by_program() {
    let column = json!({"kind": "finance", "id": "72", "rate": "0.0649", "termMonths": 72, "buyRate": "0.0549", "reserveShare": "0.75"});
    let of = |program: Value| {
        let result = by_rule_of_the_store(json!({"vehicle": "38900", "reserve": program}), &column);
        let figures = financed(&result, 0).clone();
        (result.columns[0].gross.unwrap().reserve, figures, codes(&result).join(" "))
    };
    let (plain, figures, _) = of(Value::Null);
    let (spread, ..) = of(json!({"fee": "100"}));
    assert_eq!(spread, plain.try_sub(usd("100")).unwrap());
    assert_eq!(of(json!({"flat": "350", "fee": "25"})).0, usd("325"));
    assert_eq!(of(json!({"most": "500", "fee": "25"})).0, usd("475"));
    // The present value: payment × a(72, 0.0549 / 12) − principal, with a = 61.22496.
    let (present, ..) = of(json!({"method": "presentValue"}));
    let month = rust_decimal::Decimal::new(549, 4) / rust_decimal::Decimal::from(12);
    let mut annuity = rust_decimal::Decimal::ZERO;
    let mut discount = rust_decimal::Decimal::ONE;
    for _ in 0..72 {
        discount /= rust_decimal::Decimal::ONE + month;
        annuity += discount;
    }
    let worth = figures.payment.to_decimal() * annuity - figures.principal.to_decimal();
    let expected = worth * rust_decimal::Decimal::new(75, 2);
    assert!((present.to_decimal() - expected).abs() < rust_decimal::Decimal::new(2, 2), "{present} {expected}");
    assert!(present < plain, "money later is worth less");
    assert!(of(json!({"mostMarkup": "0.005"})).2.contains("markup-above-program"));
    assert!(!of(json!({"mostMarkup": "0.01"})).2.contains("markup-above-program"));
}
