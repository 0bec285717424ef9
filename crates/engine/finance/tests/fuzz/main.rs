//! Fuzz targets: whatever comes in, an operation answers JSON or a problem; nothing panics, overflows or runs on.
//!
//! `cargo test -p autolytiq-finance --test fuzz` runs the committed corpus and a short random run. A long run with coverage:
//! `cargo bolero test -p autolytiq-finance --test fuzz whole_deals` (from the package `cargo-bolero`, with a nightly compiler).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use autolytiq_calendar::iso;
use autolytiq_finance::{lines, surface};
use autolytiq_money::{Money, Rate};
use bolero::check;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Far above what any operation needs, on the slowest of machines: only one that runs on passes it.
const TOO_LONG: Duration = Duration::from_secs(20);

/// Runs an operation and holds the answer to its form.
fn answered(operation: &str, request: &str) {
    let begun = Instant::now();
    match surface::run(operation, request) {
        Ok(text) => drop(serde_json::from_str::<Value>(&text).unwrap()),
        Err(problem) => {
            let document: Value = serde_json::from_str(&problem.to_json()).unwrap();
            assert!(document["code"].is_string(), "a problem has a code: {document}");
            // A fault of a field says which.
            assert!(document["code"] != "invalid-field" || document["errors"][0]["pointer"].is_string());
        }
    }
    assert!(begun.elapsed() < TOO_LONG, "{operation} runs on: {request}");
}

/// Any bytes, as the request of any operation and as lines of a batch.
#[test]
fn requests() {
    check!().with_max_len(4096).for_each(|bytes: &[u8]| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            for operation in surface::OPERATIONS {
                answered(operation, text);
            }
            drop(surface::preview(text, text));
        }
        let mut out = Vec::new();
        lines::answer_lines(&mut &*bytes, &mut out).unwrap();
        for line in out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            serde_json::from_slice::<Value>(line).unwrap();
        }
    });
}

/// Any text, as each of the engine's scalars: what is read is written and read again as the same.
#[test]
fn scalars() {
    check!().with_max_len(64).for_each(|bytes: &[u8]| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        if let Ok(money) = text.parse::<Money>() {
            assert_eq!(money.to_string().parse(), Ok(money));
        }
        if let Ok(rate) = text.parse::<Rate>() {
            assert_eq!(rate.to_string().parse(), Ok(rate));
        }
        let quoted = Value::String(text.to_owned());
        drop(iso::deserialize(&quoted));
    });
}

/// Deals that were right, with some of their values replaced by hostile ones.
#[test]
fn whole_deals() {
    check!().with_max_len(64).for_each(|bytes: &[u8]| {
        let mut bytes = bytes.iter().copied();
        let (operation, mut request) = seed(bytes.next().unwrap_or_default());
        while let (Some(place), Some(what)) = (bytes.next(), bytes.next()) {
            replace(&mut request, place.into(), &hostile(what));
        }
        answered(operation, &request.to_string());
    });
}

/// A request that is answered, by operation.
fn seed(choice: u8) -> (&'static str, Value) {
    let states = autolytiq_tax::jurisdictions();
    let state = states[usize::from(choice) % states.len()].code;
    let input = json!({
        "dealDate": "2026-03-10", "occasion": "sale", "seller": "newDealer",
        "vehicle": {"condition": "new", "class": "passenger", "modelYear": 2026, "msrp": "42880.00", "odometer": 12, "weightLb": 3600,
            "gvwrLb": 5000, "mpg": 28, "fuel": "gasoline", "cylinders": 4, "fairValue": "40000.00"},
        "buyer": {"residence": "resident", "transfersPlate": false, "privateSale": {"amount": "5000.00", "days": 30}},
        "dealerPlace": {"state": state}, "buyerPlace": {"state": state}, "garagingPlace": {"state": state},
        "price": "41250.00", "docFee": "50.00", "cashDown": "3000.00", "elections": {},
        "accessories": [{"name": "mats", "price": "250.00", "cost": "100.00"}],
        "fees": [{"code": "own", "name": "Own", "amount": "99.00", "taxable": true}],
        "rebates": [{"kind": "manufacturer", "name": "cash", "amount": "500.00", "excludes": ["loyalty"]},
            {"kind": "dealer", "name": "loyalty", "amount": "750.00"}],
        "products": [{"kind": "gap", "name": "GAP", "price": "895.00", "cost": "300.00"}],
        "trades": [{"description": "car", "allowance": "11500.00", "payoff": "9240.00", "acv": "10900.00"}],
        "costs": {"vehicle": "38900.00", "pack": "200.00", "holdback": "825.00", "payPlan": {"rate": "0.25", "units": 9,
            "tiers": [{"fromUnits": 8, "rate": "0.3", "flat": "50.00"}], "back": {"rate": "0.1", "pack": "100.00"}}},
        "columns": [
            {"kind": "cash", "id": "c"},
            {"kind": "finance", "id": "f", "rate": "0.0649", "termMonths": 72, "buyRate": "0.0549", "reserveShare": "0.75"},
            {"kind": "lease", "id": "l", "moneyFactor": "0.00185", "termMonths": 36, "residual": {"percent": "0.58"},
             "acquisitionFee": "695.00", "securityDeposit": "500.00",
             "capitalize": {"upfrontTax": true, "eachFee": {"own": true}, "eachProduct": {"GAP": false}}}
        ]
    });
    let rates = json!({"asOf": "2026-03-10", "entries": [
        {"placeRole": "buyer", "level": "county", "name": "a county", "rate": "0.02", "appliesTo": "both", "source": "x", "verified": true}
    ]});
    let loan = json!({"amount": "20000.00", "rate": "0.0649", "termMonths": 60, "contractDate": "2026-03-02"});
    match choice % 7 {
        0 => (
            "solve",
            json!({"input": input, "rates": rates, "column": "f", "variable": "price", "target": {"figure": "payment", "amount": "499.00"}}),
        ),
        1 => (
            "grid",
            json!({"input": input, "rates": rates, "column": "l", "axes": [{"variable": "termMonths", "values": [24, 36]}, {"variable": "cashDown", "values": ["0", "2000.00"]}]}),
        ),
        2 => ("amortization", loan),
        3 => ("payoff", json!({"loan": loan, "on": "2026-09-15", "paymentsMade": 5})),
        4 => (
            "apr",
            json!({"amountFinanced": "20000.00", "payment": "391.00", "payments": 60, "contractDate": "2026-03-02"}),
        ),
        5 => ("best_rebates", json!({"input": input, "rates": rates, "column": "l"})),
        _ => ("deal", json!({"input": input, "rates": rates})),
    }
}

/// Puts a value at the n-th leaf.
fn replace(value: &mut Value, place: usize, by: &Value) {
    fn leaves(value: &Value) -> usize {
        match value {
            Value::Object(fields) => fields.values().map(leaves).sum(),
            Value::Array(items) => items.iter().map(leaves).sum(),
            _ => 1,
        }
    }
    fn put(value: &mut Value, place: &mut usize, by: &Value) {
        match value {
            Value::Object(fields) => fields.values_mut().for_each(|field| put(field, place, by)),
            Value::Array(items) => items.iter_mut().for_each(|item| put(item, place, by)),
            leaf => {
                if *place == 0 {
                    *leaf = by.clone();
                }
                *place = place.wrapping_sub(1);
            }
        }
    }
    let count = leaves(value);
    if count > 0 {
        put(value, &mut (place % count), by);
    }
}

fn hostile(choice: u8) -> Value {
    let values = [
        json!("0"),
        json!("0.00"),
        json!("-0.01"),
        json!("0.01"),
        json!("10000000.00"),
        json!("10000000.01"),
        json!("92233720368547758.07"),
        json!("1e308"),
        json!("0.000000000001"),
        json!("1"),
        json!("0.9999999999"),
        json!("-1"),
        json!(0),
        json!(1),
        json!(-1),
        json!(65535),
        json!(65536),
        json!(4_294_967_295_u32),
        json!(1e300),
        json!(144),
        json!(84),
        json!("1900-01-01"),
        json!("2199-12-31"),
        json!("2024-02-29"),
        json!("9999-12-31"),
        json!("2026-02-30"),
        json!(""),
        json!("ZZ"),
        json!("lease"),
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!("\u{0}"),
        json!("9".repeat(400)),
    ];
    values[usize::from(choice) % values.len()].clone()
}
