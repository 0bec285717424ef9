//! The deals of `oracle/`: thresholds, caps, dates and conditions of every jurisdiction, with figures from a program in
//! another language that reads the same facts, put through the whole calculator.

use autolytiq_finance::surface::{self, Problem};
use autolytiq_money::Money;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Deals that each jurisdiction must at least have.
const FEWEST: usize = 100;

#[derive(Deserialize)]
struct Line<'a> {
    id: String,
    #[serde(borrow)]
    request: &'a RawValue,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expect {
    total: Option<String>,
    buyer_pays: Option<String>,
    /// The two together.
    owed: Option<String>,
    at_signing: Option<String>,
    per_payment: Option<String>,
    /// Amount by code; nothing for a fee that must not be there.
    #[serde(default)]
    fees: BTreeMap<String, Option<String>>,
    error: Option<String>,
    #[serde(default)]
    notices: Vec<String>,
}

/// What the oracle writes.
pub(crate) fn lines() -> String {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/oracle/run.py");
    let output = Command::new("python3").arg(program).output().unwrap();
    assert!(output.status.success(), "the oracle stopped:\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn agrees_with_a_second_reading_of_the_facts() {
    let text = lines();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let known: BTreeSet<_> = autolytiq_tax::jurisdictions().iter().map(|rules| rules.code).collect();
    for line in text.lines() {
        let line: Line<'_> = serde_json::from_str(line).unwrap();
        let state = line.id[..2].to_owned();
        *counted.entry(state.clone()).or_default() += 1;
        let differs = differences(&line);
        if !differs.is_empty() {
            let report = format!("{}: {}\n      {}", line.id, differs.join("; "), line.request);
            wrong.entry(state).or_default().push(report);
        }
    }
    for (state, reports) in &wrong {
        println!("{state}: {} of {} deals differ", reports.len(), counted[state]);
        for report in reports.iter().take(6) {
            println!("   {report}");
        }
    }
    assert!(wrong.is_empty(), "the calculator and the oracle disagree in {:?}", wrong.keys().collect::<Vec<_>>());
    let few: Vec<_> = counted.iter().filter(|(_, deals)| **deals < FEWEST).collect();
    assert!(few.is_empty(), "fewer than {FEWEST} deals: {few:?}");
    let without: Vec<_> = known.iter().filter(|code| !counted.contains_key(**code)).collect();
    assert!(without.is_empty(), "jurisdictions without an oracle: {without:?}");
}

/// Where the calculator's answer is not what the oracle expects, in words.
fn differences(line: &Line<'_>) -> Vec<String> {
    let expect = &line.expect;
    let computed = surface::run("deal", line.request.get());
    let result: Value = match computed {
        Ok(text) => serde_json::from_str(&text).unwrap(),
        Err(problem) => {
            let codes = codes_of(&problem);
            return match &expect.error {
                Some(code) if codes.contains(code) => Vec::new(),
                _ => vec![format!("refused: {}", problem.to_json())],
            };
        }
    };
    let mut wrong = Vec::new();
    if let Some(code) = &expect.error {
        wrong.push(format!("should have been refused with {code}"));
    }
    let column = &result["columns"][0];
    let figures = [
        ("total", &expect.total),
        ("buyerPays", &expect.buyer_pays),
        ("atSigning", &expect.at_signing),
        ("perPayment", &expect.per_payment),
    ];
    for (name, expected) in figures {
        let got = column["tax"][name].as_str();
        if expected.is_some() && got != expected.as_deref() {
            wrong.push(format!("tax.{name} is {got:?}, expected {expected:?}"));
        }
    }
    let amount = |name: &str| column["tax"][name].as_str().and_then(|text| text.parse::<Money>().ok()).unwrap();
    if let Some(owed) = &expect.owed {
        let got = amount("total").try_add(amount("buyerPays")).unwrap().to_string();
        if got != *owed {
            wrong.push(format!("tax in all is {got}, expected {owed}"));
        }
    }
    if !wrong.is_empty() {
        let lines: Vec<_> = column["tax"]["lines"].as_array().into_iter().flatten().collect();
        wrong.extend(lines.iter().map(|line| format!("{} {} of {}", line["id"], line["amount"], line["base"])));
    }
    for (code, expected) in &expect.fees {
        let lines = column["fees"].as_array().into_iter().flatten();
        let got = lines.clone().find(|fee| fee["code"] == code.as_str()).and_then(|fee| fee["amount"].as_str());
        if got != expected.as_deref() {
            wrong.push(format!("fee {code} is {got:?}, expected {expected:?}"));
        }
    }
    for code in &expect.notices {
        if !result["notices"].as_array().into_iter().flatten().any(|notice| notice["code"] == code.as_str()) {
            wrong.push(format!("no notice {code}"));
        }
    }
    wrong
}

fn codes_of(problem: &Problem) -> Vec<String> {
    let document: Value = serde_json::from_str(&problem.to_json()).unwrap();
    let fields = document["errors"].as_array().cloned().unwrap_or_default();
    fields.iter().chain([&document]).filter_map(|field| Some(field["code"].as_str()?.to_owned())).collect()
}
