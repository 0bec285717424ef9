//! Payoffs of loans on a date, by the United States Rule and by the Rule of 78.

use crate::plans::{call, loan};
use autolytiq_finance::loan::rule_of_78_rebate;
use autolytiq_money::Money;
use serde_json::json;

/// 25,000 at 9 %, actual/365: 800 on time, then 50, which does not cover its interest, then 1,500.
#[test]
fn payoff_by_the_united_states_rule() {
    let loan = loan("25000", "0.09", 60, None, &json!({"accrual": "actual/365"}));
    let history = json!([{"date": "2026-12-21", "amount": "800"}, {"date": "2027-01-25", "amount": "50"}, {"date": "2027-03-10", "amount": "1500"}]);
    let answer = call("payoff", &json!({"loan": loan, "on": "2027-04-02", "history": history}));
    assert_eq!((&answer["principal"], &answer["interest"]), (&json!("23309.94"), &json!("132.20")), "{answer}");
    assert_eq!(answer["payoff"], "23442.14");
    assert!(answer["perDiem"].as_str().unwrap().starts_with("5.74765643835616"), "{answer}");
    let early = call("payoff", &json!({"loan": loan, "on": "2027-03-09", "history": history}));
    assert_eq!(early["errors"][0]["pointer"], "/on");
    // After the payments of the schedule the payoff of a due date is the balance of its line with that line's interest.
    let rows = call("amortization", &loan);
    let answer = call("payoff", &json!({"loan": loan, "on": rows["rows"][9]["due"], "paymentsMade": 9}));
    assert_eq!(answer["principal"], rows["rows"][8]["balance"]);
    assert_eq!(answer["interest"], rows["rows"][9]["interest"]);
}

/// 10,000 at 12 % over 36 months, of which 24 are left: 1,957.18 × 24 × 25 ÷ (36 × 37) = 881.61.
#[test]
fn payoff_by_the_rule_of_78() {
    let loan = |term| loan("10000", "0.12", term, None, &json!({}));
    let request = |term, on: &str| json!({"loan": loan(term), "on": on, "method": "ruleOf78", "paymentsMade": 12});
    let answer = call("payoff", &request(36, "2027-11-21"));
    assert_eq!((&answer["rebate"], &answer["payoff"]), (&json!("881.61"), &json!("7089.89")), "{answer}");
    // A day later the thirteenth month is earned: 1,957.18 × 23 × 24 ÷ (36 × 37) = 811.08…
    assert_eq!(call("payoff", &request(36, "2027-11-22"))["rebate"], "811.08");
    assert!(call("payoff", &request(61, "2027-11-21"))["rebate"].is_string());
    let refused = call("payoff", &request(62, "2027-11-21"));
    assert_eq!(
        (&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
        (&json!("/method"), &json!("rule-of-78-refused"))
    );
    assert!(refused["errors"][0]["detail"].as_str().unwrap().contains("15 USC 1615"));
}

/// Half the digits of twelve: 78 = 12 + 11 + … + 1.
#[test]
fn the_digits_of_a_year_are_78() {
    let charge = Money::from_dollars(78);
    let mut earned = Money::ZERO;
    for left in (0..12).rev() {
        let before = rule_of_78_rebate(charge, 12, left + 1).unwrap();
        let month = before.try_sub(rule_of_78_rebate(charge, 12, left).unwrap()).unwrap();
        assert_eq!(month, Money::from_dollars(i32::from(left) + 1));
        earned = earned.try_add(month).unwrap();
    }
    assert_eq!(earned, charge);
}
