//! The engine over HTTP.

use serde_json::{Value, json};

use crate::Shop;

fn request() -> Value {
    json!({
        "input": {
            "dealDate": "2026-03-02",
            "vehicle": {"condition": "new", "msrp": "42880.00"},
            "dealerPlace": {"state": "TX"},
            "buyerPlace": {"state": "TX"},
            "price": "30000.00",
            "columns": [
                {"kind": "cash", "id": "c"},
                {"kind": "finance", "id": "f", "rate": "0.06", "termMonths": 60},
                {"kind": "lease", "id": "l", "moneyFactor": "0.00125", "termMonths": 36, "residual": {"percent": "0.58"}},
            ],
        },
    })
}

#[tokio::test]
async fn each_operation_answers() {
    let shop = Shop::open().await;
    let client = shop.sales();
    let whole = client.post("/calc/deal", &request()).await.expect(200);
    assert_eq!(whole["columns"].as_array().map(Vec::len), Some(3));
    // 6.25 % of 30,000 (Texas Tax Code 152.021).
    assert_eq!(whole["columns"][0]["tax"]["atSigning"], "1875.00");
    assert_eq!(client.post("/calc/tax", &request()).await.expect(200)["tax"]["atSigning"], "1875.00");
    for (path, kind) in [("cash", "cash"), ("finance", "finance"), ("lease", "lease")] {
        let result = client.post(&format!("/calc/{path}"), &request()).await.expect(200);
        assert_eq!(
            (result["columns"].as_array().map(Vec::len), &result["columns"][0]["kind"]),
            (Some(1), &json!(kind))
        );
    }
    let loan = json!({"amount": "20000.00", "rate": "0.06", "termMonths": 60, "contractDate": "2026-03-02"});
    let schedule = client.post("/calc/amortization", &loan).await.expect(200);
    // 20,000 × 0.005 / (1 − 1.005^−60) = 386.656…
    assert_eq!((schedule["rows"].as_array().map(Vec::len), &schedule["payment"]), (Some(60), &json!("386.66")));
    let states = client.get("/calc/states").await.expect(200);
    assert!(states["items"].as_array().unwrap().iter().any(|state| state["code"] == "TX"));
    assert!(client.get("/calc/states/TX").await.expect(200).is_object());
    client.get("/calc/states/ZZ").await.expect_problem(422, "invalid-field");
    client.get("/calc/states/TX?date=1899-01-01").await.expect_problem(422, "invalid-field");
    client.get("/calc/states/TX?date=soon").await.expect_problem(422, "invalid-field");
}

#[tokio::test]
async fn a_target_a_grid_a_comparison_and_the_steps_in_words() {
    let shop = Shop::open().await;
    let client = shop.sales();
    let with = |mut fields: Value| {
        let mut body = request();
        body.as_object_mut().unwrap().append(fields.as_object_mut().unwrap());
        body
    };
    // 30,000 and 6.25 % of it over 60 months at 6 %: 31,875 × 0.005 / (1 − 1.005^−60) = 616.23…; less down, less payment.
    let target = json!({"column": "f", "variable": "cashDown", "target": {"figure": "payment", "amount": "500.00"}});
    let solved = client.post("/calc/solve", &with(target)).await.expect(200);
    assert_eq!((&solved["outcome"], &solved["answer"]["payment"]), (&json!("exact"), &json!("500.00")));
    let axes = json!({"column": "f", "axes": [{"variable": "termMonths", "values": [48, 60]}]});
    let grid = client.post("/calc/grid", &with(axes)).await.expect(200);
    let whole = client.post("/calc/finance", &request()).await.expect(200);
    assert_eq!(grid["cells"][1]["payment"], whole["columns"][0]["figures"]["payment"]);
    let mut other = request();
    other["input"]["price"] = json!("29000.00");
    let scenario = |label: &str, of: &Value| json!({"label": label, "input": of["input"], "column": "c"});
    let both = json!({"scenarios": [scenario("asked", &request()), scenario("agreed", &other)]});
    let compared = client.post("/calc/compare", &both).await.expect(200);
    assert_eq!(compared["others"][0]["causes"][0]["inputs"][0]["pointer"], "/price");
    let words = json!({"column": "c", "format": "text"});
    let explained = client.post("/calc/explain", &with(words)).await.expect(200);
    assert!(explained["text"].as_str().is_some_and(|text| text.contains("30000.00")));
    let mut rebates = with(json!({"column": "c"}));
    rebates["input"]["rebates"] = json!([
        {"kind": "manufacturer", "name": "Customer cash", "amount": "1500.00", "excludes": ["Loyalty"]},
        {"kind": "manufacturer", "name": "Loyalty", "amount": "1000.00"},
    ]);
    let stack = client.post("/calc/best-rebates", &rebates).await.expect(200);
    assert_eq!(stack["best"]["names"], json!(["Customer cash"]));
    let effects = client.post("/calc/products", &with(json!({"column": "f"}))).await.expect(200);
    assert!(effects.is_object());
    let missing = client.post("/calc/explain", &with(json!({"column": "nowhere", "format": "text"}))).await;
    assert_eq!(missing.expect_problem(422, "invalid-field")["errors"][0]["pointer"], "/column");

    // 20,000 at 6 % over 60 months; on the day of the contract nothing but the amount is owed.
    let loan = json!({"amount": "20000.00", "rate": "0.06", "termMonths": 60, "contractDate": "2026-03-02"});
    let owed = client.post("/calc/payoff", &json!({"loan": loan, "on": "2026-03-02"})).await.expect(200);
    assert_eq!(owed["payoff"], "20000.00");
    // 60 of 386.66 are 23,199.60, less the 20,000 advanced.
    let credit = json!({
        "advances": [{"date": "2026-03-02", "amount": "20000.00"}],
        "payments": [{"first": "2026-04-02", "amount": "386.66", "count": 60}]
    });
    let disclosed = client.post("/calc/truth-in-lending", &credit).await.expect(200);
    assert_eq!((&disclosed["financeCharge"], &disclosed["totalOfPayments"]), (&json!("3199.60"), &json!("23199.60")));
    let items = client.post("/calc/itemization", &request()).await.expect(200);
    assert_eq!(items["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn costs_are_taken_from_those_who_may_see_them() {
    let shop = Shop::open().await;
    let mut request = request();
    request["input"]["costs"] = json!({"vehicle": "28000.00"});
    let refused = shop.sales().post("/calc/deal", &request).await.expect_problem(403, "field-forbidden");
    assert_eq!(refused["errors"][0]["pointer"], "/input/costs");
    let result = shop.finance().post("/calc/deal", &request).await.expect(200);
    assert_eq!(result["columns"][0]["gross"]["front"], "2000.00");
}

#[tokio::test]
async fn bad_input_is_told_with_its_place() {
    let shop = Shop::open().await;
    let client = shop.sales();
    for (at, value) in [
        ("/input/price", json!("-1.00")),
        ("/input/columns/1/termMonths", json!(400)),
        ("/input/columns/1/rate", json!("4.00")),
        ("/input/buyerPlace/state", json!("ZZ")),
        ("/input/dealDate", json!("1850-01-01")),
    ] {
        let mut body = request();
        *body.pointer_mut(at).unwrap() = value;
        let problem = client.post("/calc/deal", &body).await.expect_problem(422, "invalid-field");
        assert_eq!(problem["errors"][0]["pointer"], at);
    }
}
