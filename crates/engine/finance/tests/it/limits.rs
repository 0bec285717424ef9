//! Every limit that the published schema states is the one that is held, and every list, text and count of an input has one.

use crate::bad_input::{finance, lease, set};
use autolytiq_finance::desk::Desk;
use autolytiq_finance::surface;
use serde_json::{Value, json};

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../openapi/engine.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What the schema says of a field, following references by the steps of a pointer into a request.
fn stated(schema: &Value, operation: &str, pointer: &str, keyword: &str) -> Option<u64> {
    fn resolve<'a>(root: &'a Value, mut node: &'a Value, step: Option<&str>) -> Vec<&'a Value> {
        while let Some(name) = node["$ref"].as_str() {
            node = &root["$defs"][name.rsplit('/').next().unwrap()];
        }
        let choices = ["oneOf", "allOf", "anyOf"].into_iter().filter_map(|key| node[key].as_array()).flatten();
        let mut found: Vec<&Value> = choices.flat_map(|choice| resolve(root, choice, step)).collect();
        match step {
            None => found.push(node),
            Some(step) if step.parse::<usize>().is_ok() => found.extend(node.get("items")),
            Some(step) => found.extend(node["properties"].get(step)),
        }
        found
    }
    let mut nodes = vec![&schema["operations"][operation]["request"]];
    for step in pointer.split('/').skip(1) {
        nodes = nodes.into_iter().flat_map(|node| resolve(schema, node, Some(step))).collect();
    }
    // A field that several kinds of column have is stated for each; the tests name one column, the widest limit is its own or wider.
    nodes.into_iter().flat_map(|node| resolve(schema, node, None)).filter_map(|node| node[keyword].as_u64()).max()
}

/// A value of a size: a list of so many, a text of so many characters, or the number itself.
fn sized(keyword: &str, sample: &Value, size: u64) -> Value {
    match keyword {
        "maxItems" => (0..size)
            .map(|number| match sample {
                // Codes and ids are each the only one.
                Value::Object(fields) => {
                    let mut item = fields.clone();
                    for name in ["code", "id"] {
                        if item.contains_key(name) {
                            item.insert(name.to_owned(), json!(format!("x{number}")));
                        }
                    }
                    Value::Object(item)
                }
                other => other.clone(),
            })
            .collect(),
        "maxLength" => json!("x".repeat(usize::try_from(size).unwrap())),
        _ => json!(size),
    }
}

fn faults(operation: &str, request: &Value, pointer: &str) -> Vec<String> {
    let Err(problem) = surface::call(operation, &request.to_string()) else { return Vec::new() };
    let problem: Value = serde_json::from_str(&problem).unwrap();
    let errors = problem["errors"].as_array().unwrap().iter();
    errors.filter(|error| error["pointer"] == pointer).map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_stated_limit_is_held_and_nothing_below_it_is_refused() {
    let schema = schema();
    let whole = |input: Value| json!({"input": input, "rates": {"asOf": "2026-11-21", "entries": []}});
    let mut full = finance();
    full["accessories"] = json!([{"name": "a", "price": "1"}]);
    full["fees"] = json!([{"code": "a", "name": "a", "amount": "1"}]);
    full["products"] = json!([{"kind": "gap", "name": "a", "price": "1"}]);
    full["rebates"] = json!([{"kind": "dealer", "name": "a", "amount": "1", "excludes": []}]);
    full["trades"] = json!([{"description": "a", "allowance": "1"}]);
    full["buyer"] = json!({"exemptions": []});
    full["costs"] = json!({"vehicle": "1", "payPlan": {"rate": "0.1", "units": 1, "tiers": [{"fromUnits": 1, "rate": "0.1"}],
        "back": {"rate": "0.1", "tiers": []}}});
    full["columns"][0]["plan"] = json!({"extraPayments": []});
    full["columns"][0]["deferredDown"] = json!([]);
    let mut leased = lease();
    leased["columns"][0]["annualMiles"] = json!(12_000);
    leased["columns"][0]["options"] = json!({"mileage": {"programMiles": 10_000, "perMile": "0.20"},
        "multipleDeposits": {"count": 1, "step": "0", "roundTo": "50"}});
    let text = |pointer: &str| (pointer.to_owned(), "maxLength", Value::Null);
    let number = |pointer: &str| (pointer.to_owned(), "maximum", Value::Null);
    let list = |pointer: &str, sample: Value| (pointer.to_owned(), "maxItems", sample);
    let later = json!({"date": "2026-12-01", "amount": "1"});
    let rate = json!({"placeRole": "buyer", "level": "county", "name": "a", "rate": "0", "appliesTo": "both", "source": "a", "verified": true});
    let of_finance = vec![
        list("/input/accessories", full["accessories"][0].clone()),
        text("/input/accessories/0/name"),
        list("/input/fees", full["fees"][0].clone()),
        text("/input/fees/0/code"),
        text("/input/fees/0/name"),
        list("/input/products", full["products"][0].clone()),
        text("/input/products/0/name"),
        list("/input/rebates", full["rebates"][0].clone()),
        text("/input/rebates/0/name"),
        list("/input/rebates/0/excludes", json!("b")),
        list("/input/trades", full["trades"][0].clone()),
        text("/input/trades/0/description"),
        list("/input/columns", json!({"kind": "cash", "id": "a"})),
        text("/input/columns/0/id"),
        number("/input/columns/0/termMonths"),
        list("/input/columns/0/plan/extraPayments", later.clone()),
        list("/input/columns/0/deferredDown", later),
        text("/input/buyerPlace/county"),
        text("/input/dealerPlace/zip"),
        number("/input/vehicle/modelYear"),
        number("/input/vehicle/odometer"),
        number("/input/vehicle/weightLb"),
        number("/input/costs/payPlan/units"),
        number("/input/costs/payPlan/tiers/0/fromUnits"),
        list("/rates/entries", rate),
    ];
    let of_lease = vec![
        number("/input/columns/0/annualMiles"),
        number("/input/columns/0/options/mileage/programMiles"),
        number("/input/columns/0/options/multipleDeposits/count"),
    ];
    for (base, fields) in [(full, of_finance), (leased, of_lease)] {
        for (pointer, keyword, sample) in fields {
            let stated = stated(&schema, "calcDeal", &pointer, keyword);
            let limit = stated.unwrap_or_else(|| panic!("the schema states no {keyword} of {pointer}"));
            let tried = |size: u64| {
                let mut request = whole(base.clone());
                set(&mut request, &pointer, sized(keyword, &sample, size));
                faults("deal", &request, &pointer)
            };
            assert_eq!(tried(limit), Vec::<String>::new(), "{pointer} at its limit of {limit}");
            assert_eq!(tried(limit + 1).len(), 1, "{pointer} beyond its limit of {limit}");
        }
    }
}

/// Local rates are an input like any other: what no place levies is refused, and no tax is ever below nothing for it.
#[test]
fn faulty_local_rates_are_named() {
    let entry = |field: &str, value: Value| {
        let mut entry = json!({"placeRole": "buyer", "level": "county", "name": "a", "rate": "0.01", "appliesTo": "both",
            "source": "a", "verified": true});
        entry[field] = value;
        let request = json!({"input": finance(), "rates": {"asOf": "2026-11-21", "entries": [entry]}});
        faults("deal", &request, &format!("/rates/entries/0/{field}"))
    };
    assert_eq!(entry("rate", json!("-0.01")), ["rate-out-of-range"]);
    assert_eq!(entry("rate", json!("1.01")), ["rate-out-of-range"]);
    assert_eq!(entry("amount", json!("-1")), ["amount-out-of-range"]);
    assert_eq!(entry("name", json!("x".repeat(201))), ["text-too-long"]);
    assert_eq!(entry("rate", json!("1")), Vec::<String>::new());
    // On the desk as anywhere else.
    let rates = json!({"asOf": "2026-11-21", "entries": [{"placeRole": "buyer", "level": "county", "name": "a", "rate": "-1",
        "appliesTo": "both", "source": "a", "verified": true}]});
    let desk = Desk::read(&finance().to_string(), &rates.to_string()).unwrap_err();
    assert_eq!(desk, surface::preview(&finance().to_string(), &rates.to_string()));
    assert!(desk.contains("\"/rates/entries/0/rate\""), "{desk}");
    let mut deal = json!({"input": finance(), "column": "a", "format": "text"});
    deal["rates"] = json!({"asOf": "2300-01-01", "entries": []});
    assert_eq!(faults("explain", &deal, "/rates/asOf"), ["date-out-of-range"]);
}

#[test]
fn a_schedule_beyond_the_calendar_is_a_fault_of_its_date() {
    let loan = json!({"amount": "1000", "rate": "0.06", "termMonths": 144, "contractDate": "2199-01-31"});
    assert_eq!(faults("amortization", &loan, "/contractDate"), ["date-out-of-range"]);
}
