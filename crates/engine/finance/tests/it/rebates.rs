//! The best lawful stack of rebates, against hand-made figures and against every stack computed as a deal of its own.

use crate::deals::compute;
use autolytiq_finance::deal::output::Figures;
use autolytiq_finance::surface;
use autolytiq_money::Money;
use proptest::prelude::*;
use serde_json::{Value, json};

fn deal(state: &str, rebates: &Value) -> Value {
    json!({"dealDate": "2026-11-21", "vehicle": {"condition": "new"}, "dealerPlace": {"state": state},
        "buyerPlace": {"state": state}, "price": "30000.00", "rebates": rebates,
        "columns": [{"kind": "cash", "id": "cash"}, {"kind": "finance", "id": "60", "rate": "0.06", "termMonths": 60},
            {"kind": "lease", "id": "36", "moneyFactor": "0.00125", "termMonths": 36, "residual": {"amount": "18000.00"}}]})
}

fn best(state: &str, column: &str, rebates: &Value) -> Value {
    let request = json!({"input": deal(state, rebates), "column": column});
    serde_json::from_str(&surface::call("best_rebates", &request.to_string()).unwrap()).unwrap()
}

fn rebate(kind: &str, name: &str, amount: &str, excludes: &[&str]) -> Value {
    json!({"kind": kind, "name": name, "amount": amount, "excludes": excludes})
}

/// Montana taxes no sale: the two that may be combined and come to most win, whatever one of them is alone.
#[test]
fn the_largest_sum_that_may_be_combined() {
    let offered = json!([
        rebate("manufacturer", "Bonus", "2000.00", &["Customer cash", "College"]),
        rebate("manufacturer", "Customer cash", "1500.00", &[]),
        rebate("manufacturer", "Loyalty", "1000.00", &["Customer cash"]),
        rebate("manufacturer", "College", "750.00", &[]),
    ]);
    let answer = best("MT", "cash", &offered);
    // Bonus + Loyalty is 3,000; Customer cash + College 2,250; Loyalty + College 1,750.
    assert_eq!(answer["best"]["names"], json!(["Bonus", "Loyalty"]));
    assert_eq!((&answer["best"]["amount"], &answer["best"]["benefit"]), (&json!("3000.00"), &json!("3000.00")));
    assert_eq!(answer["leftOut"][0], json!({"rebate": 1, "name": "Customer cash", "excludedBy": ["Bonus", "Loyalty"]}));
    assert_eq!(answer["leftOut"][1], json!({"rebate": 3, "name": "College", "excludedBy": ["Bonus"]}));
    let others: Vec<_> = answer["others"].as_array().unwrap().iter().map(|stack| &stack["rebates"]).collect();
    assert_eq!(others, [&json!([1, 3]), &json!([2, 3])]);
    // None, four alone, and Bonus + Loyalty, Customer cash + College, Loyalty + College.
    assert_eq!(answer["stacks"], 8);
}

/// Florida taxes what a maker's rebate pays and not what the dealer takes off (6 %): 950.00 off the price saves 1,007.00.
#[test]
fn the_tax_decides_between_two() {
    let offered = json!([
        rebate("manufacturer", "Customer cash", "1000.00", &["Discount"]),
        rebate("dealer", "Discount", "950.00", &[]),
    ]);
    let answer = best("FL", "cash", &offered);
    assert_eq!(answer["best"]["names"], json!(["Discount"]));
    assert_eq!(answer["best"]["benefit"], "1007.00");
    assert_eq!(
        (&answer["others"][0]["benefit"], &answer["others"][0]["amount"]),
        (&json!("1000.00"), &json!("1000.00"))
    );
    let untaxed = best("MT", "cash", &offered);
    assert_eq!(untaxed["best"]["names"], json!(["Customer cash"]));
}

/// Of stacks that cost the same, the one of fewest rebates; then the one offered first. A rebate of nothing is not taken.
#[test]
fn ties() {
    let offered = json!([
        rebate("manufacturer", "Half", "500.00", &[]),
        rebate("manufacturer", "Other half", "500.00", &[]),
        rebate("manufacturer", "Whole", "1000.00", &["Half", "Other half"]),
        rebate("manufacturer", "Whole again", "1000.00", &["Half", "Other half", "Whole"]),
        rebate("manufacturer", "Nothing", "0.00", &[]),
    ]);
    let answer = best("MT", "cash", &offered);
    assert_eq!(answer["best"]["rebates"], json!([2]));
    let nothing = answer["leftOut"].as_array().unwrap().iter().find(|left| left["name"] == "Nothing").unwrap();
    assert_eq!(nothing["excludedBy"], json!([]));
}

#[test]
fn too_many_and_none() {
    let many = |count: usize| -> Value {
        (0..count).map(|number| rebate("manufacturer", &number.to_string(), "1.00", &[])).collect()
    };
    let request = json!({"input": deal("MT", &many(13)), "column": "cash"});
    let problem = surface::call("best_rebates", &request.to_string()).unwrap_err();
    assert!(problem.contains("\"/input/rebates\"") && problem.contains("too-many-items"), "{problem}");
    let answer = best("MT", "60", &many(12));
    assert_eq!((&answer["stacks"], &answer["best"]["amount"]), (&json!(4096), &json!("12.00")));
    let none = best("MT", "cash", &json!([]));
    assert_eq!((&none["best"]["rebates"], &none["stacks"]), (&json!([]), &json!(1)));
    let request = json!({"input": deal("MT", &json!([])), "column": "no such"});
    assert!(surface::call("best_rebates", &request.to_string()).unwrap_err().contains("no-such-column"));
}

const KINDS: [&str; 5] = ["manufacturer", "manufacturerLater", "manufacturerGuaranteed", "dealer", "dealerIncentive"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every stack without a forbidden pair is computed as a whole deal of its own; none costs the customer less.
    #[test]
    fn no_lawful_stack_is_better(
        offered in prop::collection::vec((0_usize..5, 0_i64..3_000, prop::collection::btree_set(0_usize..6, 0..3)), 0..6),
        column in 0_usize..3,
        state in prop::sample::select(&["FL", "TX", "CA", "MT", "NY"][..]),
    ) {
        let name = |number: &usize| format!("rebate {number}");
        let of = |(index, (kind, dollars, excludes)): (usize, &(usize, i64, std::collections::BTreeSet<usize>))| {
            json!({"kind": KINDS[*kind], "name": name(&index), "amount": format!("{dollars}.00"),
                "excludes": excludes.iter().filter(|other| **other != index).map(name).collect::<Vec<_>>()})
        };
        let rebates: Vec<Value> = offered.iter().enumerate().map(of).collect();
        let id = ["cash", "60", "36"][column];
        let answer = best(state, id, &json!(rebates));
        let forbids = |one: &Value, other: &Value| one["excludes"].as_array().unwrap().contains(&other["name"]);
        let mut least: Option<Money> = None;
        let mut lawful = 0;
        for mask in 0_u32..1 << rebates.len() {
            let stack: Vec<&Value> = rebates.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, r)| r).collect();
            if stack.iter().any(|one| stack.iter().any(|other| forbids(one, other))) {
                continue;
            }
            lawful += 1;
            let result = compute(&deal(state, &json!(stack))).unwrap();
            // What the customer pays in all: of a purchase its price with tax and interest, of a lease everything paid.
            let total = match &result.columns[column].figures {
                Figures::Cash(cash) => cash.total_price,
                Figures::Finance(loan) => loan.total_sale_price,
                Figures::Lease(lease) => lease.total_of_payments,
            };
            let sum = Money::try_sum(stack.iter().map(|r| r["amount"].as_str().unwrap().parse().unwrap())).unwrap();
            let cost = total.try_sub(sum).unwrap();
            least = Some(least.map_or(cost, |least| least.min(cost)));
        }
        prop_assert_eq!(&answer["best"]["cost"], &json!(least.unwrap().to_string()));
        prop_assert_eq!(&answer["stacks"], &json!(lawful));
    }
}
