//! The engine over lines, and by name.

use crate::deals::simple;
use autolytiq_finance::lines::{MOST_BYTES, Tally, answer_lines};
use autolytiq_finance::surface;
use serde_json::{Value, json};
use std::io::BufReader;

fn answer(input: &[u8]) -> (Tally, Vec<Value>) {
    let mut output = Vec::new();
    // A small buffer, so that lines span several reads.
    let tally = answer_lines(&mut BufReader::with_capacity(7, input), &mut output).unwrap();
    let lines = std::str::from_utf8(&output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (tally, lines)
}

#[test]
fn a_line_is_a_deal_or_names_its_operation() {
    let deal = simple();
    let lines = [
        deal.to_string(),
        json!({"input": deal, "rates": {"asOf": "2026-11-21", "entries": []}}).to_string(),
        json!({"op": "calculate_cash_deal", "input": deal}).to_string(),
        deal.to_string().replacen('{', "{\"op\":\"calculate_tax\",", 1),
        json!({"op": "apr", "amountFinanced": "5000", "payment": "230", "payments": 24, "contractDate": "1978-01-10", "firstPayment": "1978-02-10"}).to_string(),
        json!({"op": "get_supported_states"}).to_string(),
    ];
    let (tally, answers) = answer(lines.join("\n").as_bytes());
    assert_eq!(tally, Tally { answered: 6, failed: 0 }, "{answers:?}");
    let balance = "/columns/0/figures/balanceDue";
    assert!(answers[0].pointer(balance).is_some());
    for same in &answers[1..3] {
        assert_eq!(same.pointer(balance), answers[0].pointer(balance));
    }
    assert_eq!(answers[3]["tax"]["total"], "2578.13");
    assert_eq!(answers[4]["apr"], "0.09685708");
    assert!(answers[5].as_array().unwrap().iter().any(|state| state["code"] == "TX"));
    // Without local rates the answer says that there were none.
    let notices = |answer: &Value| answer["notices"].to_string();
    assert!(notices(&answers[0]).contains("no-local-rates") && !notices(&answers[1]).contains("no-local-rates"));
}

#[test]
fn a_faulty_line_answers_a_problem_with_its_number() {
    let mut input = b"\n{\"op\":\"apr\"}\r\nnot json\n".to_vec();
    input.extend(vec![b'x'; MOST_BYTES + 10]);
    input.extend(b"\n\xff\xfe\n[]\n");
    input.extend(simple().to_string().into_bytes());
    let (tally, answers) = answer(&input);
    assert_eq!(tally, Tally { answered: 1, failed: 5 });
    let lines: Vec<_> = answers.iter().map(|answer| answer["line"].as_u64()).collect();
    assert_eq!(lines, [Some(2), Some(3), Some(4), Some(5), Some(6), None]);
    assert_eq!(answers[2]["status"], 413);
    assert!(answers[5]["columns"].is_array());
}

#[test]
fn every_operation_answers() {
    let deal = json!({"input": simple()});
    let mut three = simple();
    three["columns"] = json!([{"kind": "cash", "id": "a"}, {"kind": "finance", "id": "b", "rate": "0.05", "termMonths": 60},
        {"kind": "lease", "id": "c", "moneyFactor": "0.001", "termMonths": 36, "residual": {"percent": "0.5"}}]);
    let three = json!({"input": three});
    for operation in surface::OPERATIONS {
        let request = match operation {
            "calculate_finance_deal" | "calculate_lease_deal" | "itemization" => three.clone(),
            "get_supported_states" => json!({}),
            "get_state_tax_rules" => json!({"state": "TX"}),
            "amortization" => {
                json!({"amount": "10000", "rate": "0.06", "termMonths": 12, "contractDate": "2026-01-31"})
            }
            "payoff" => {
                json!({"loan": {"amount": "10000", "rate": "0.06", "termMonths": 12, "contractDate": "2026-01-31"},
                "on": "2026-05-10", "paymentsMade": 3})
            }
            "truth_in_lending" => json!({"advances": [{"date": "2026-01-31", "amount": "1000"}],
                "payments": [{"first": "2026-02-28", "amount": "90", "count": 12}]}),
            "apr" => json!({"amountFinanced": "1000", "payment": "90", "payments": 12, "contractDate": "2026-01-31"}),
            "solve" => json!({"input": simple(), "column": "cash", "variable": "price",
                "target": {"figure": "dueAtSigning", "amount": "40000"}}),
            "grid" => {
                json!({"input": simple(), "column": "cash", "axes": [{"variable": "price", "values": ["40000", "41000"]}]})
            }
            "compare" => {
                json!({"scenarios": [{"input": simple(), "column": "cash"}, {"input": simple(), "column": "cash"}]})
            }
            "products" | "best_rebates" => json!({"input": simple(), "column": "cash"}),
            "explain" => json!({"input": simple(), "column": "cash", "format": "table"}),
            _ => deal.clone(),
        };
        let answer = surface::call(operation, &request.to_string());
        assert!(answer.is_ok(), "{operation}: {answer:?}");
    }
    let none = surface::call("calculate_lease_deal", &deal.to_string()).unwrap_err();
    assert!(none.contains("no-columns") && none.contains("/input/columns"));
}

#[test]
fn a_schedule_has_its_dates() {
    let request = r#"{"amount":"10000","rate":"0.06","termMonths":12,"contractDate":"2026-01-31"}"#;
    let answer: Value = serde_json::from_str(&surface::call("amortization", request).unwrap()).unwrap();
    let due: Vec<&str> = answer["rows"].as_array().unwrap().iter().map(|row| row["due"].as_str().unwrap()).collect();
    assert_eq!(due[..3], ["2026-02-28", "2026-03-31", "2026-04-30"]);
    assert_eq!(answer["rows"][11]["balance"], "0.00");
    assert_eq!(answer["payment"], "860.66");
}
