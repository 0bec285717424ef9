//! A pencil's figures: whose they are, what is stored, and who sees what.

use serde_json::{Value, json};

use crate::{Shop, shop::COST};

#[tokio::test]
async fn a_deal_is_penciled() {
    let shop = Shop::open().await;
    let mut work = shop.deal(100_441).await;
    let opened = shop.sales().get(&work.path).await.expect(200);
    assert_eq!(
        (&opened["number"], &opened["state"], &opened["dealDate"]),
        (&json!("D-10001"), &json!("draft"), &json!("2026-03-02"))
    );
    assert_eq!(opened["salesperson"]["name"], "Sam Sales");
    let kinds: Vec<&Value> = opened["start"]["columns"].as_array().unwrap().iter().map(|c| &c["kind"]).collect();
    assert_eq!(kinds, ["cash", "finance", "lease"]);
    assert_eq!(opened["start"]["price"], "41250.00");

    work.input["docFee"] = json!("0.00");
    work.input["trades"] = json!([{"description": "2019 Civic", "allowance": "11500.00", "payoff": "9240.00"}]);
    work.input["rebates"] = json!([{"kind": "manufacturer", "name": "Customer cash", "amount": "500.00"}]);
    work.input["cashDown"] = json!("3000.00");
    let added = work.pencil(&shop, &shop.sales()).await;
    assert_eq!((&added["pencil"]["number"], &added["dealState"], work.version), (&json!(1), &json!("draft"), 2));
    let result = &added["pencil"]["result"];
    // Texas: 6.25 % of the price less the trade-in (Tax Code 152.021, 152.002): (41,250 − 500 − 11,500) × 0.0625 when the
    // rebate reduces the price, (41,250 − 11,500) × 0.0625 when it does not; the rule file says which, with its source.
    let line = &result["columns"][0]["tax"]["lines"][0];
    let base: f64 = line["base"].as_str().unwrap().parse().unwrap();
    assert!([29_250.0, 29_750.0].contains(&base), "{line}");
    assert_eq!(line["rate"], "0.0625");
    // The parts that stand in the stored result make what remains to be paid.
    let figures = &result["columns"][0]["figures"];
    let cents = |value: &Value| (value.as_str().unwrap().parse::<f64>().unwrap() * 100.0).round() as i64;
    let total = cents(&figures["price"]) - cents(&figures["rebates"])
        + cents(&figures["fees"])
        + cents(&figures["docFee"])
        + cents(&result["columns"][0]["tax"]["atSigning"]);
    assert_eq!(cents(&figures["balanceDue"]), total - cents(&figures["netTrade"]) - cents(&figures["cashDown"]));
    assert_eq!(result["rules"]["jurisdiction"], "TX");

    let deal = shop.sales().get(&work.path).await.expect(200);
    assert_eq!(deal["current"]["result"], *result);
    assert_eq!(deal["pencils"][0]["columns"][0]["amount"], figures["balanceDue"]);
    // Every column of the list is also in the stored documents, with what made it.
    let stored: (i64, String, String) = sqlx::query_as("select price, engine_version, rules_hash from pencil")
        .fetch_one(&mut shop.app.test().owner().await)
        .await
        .unwrap();
    assert_eq!((stored.0, Some(stored.2.as_str())), (4_125_000, result["rules"]["hash"].as_str()));
    assert_eq!(result["engineVersion"], stored.1);
}

#[tokio::test]
async fn costs_gross_and_reserve_are_for_those_who_may_see_them() {
    let shop = Shop::open().await;
    let mut work = shop.penciled(1).await;
    // F&I sets a buy rate, a product with its cost, and what the trade is really worth.
    let finance = shop.finance();
    work.input["columns"][1]["buyRate"] = json!("0.0549");
    work.input["columns"][1]["reserveShare"] = json!("0.75");
    work.input["products"] = json!([{"kind": "gap", "name": "GAP", "price": "995.00", "cost": "311.17"}]);
    work.input["trades"] = json!([{"description": "2019 Civic", "allowance": "9000.00", "acv": "8222.22"}]);
    let all = work.pencil(&shop, &finance).await;
    let gross = &all["pencil"]["result"]["columns"][1]["gross"];
    // 41,250 − 37,123.45 − pack 500 − over-allowance 777.78.
    assert_eq!(gross["front"], "2848.77");
    let reserve = gross["reserve"].as_str().unwrap().to_owned();
    let cents = |value: &Value| (value.as_str().unwrap().parse::<f64>().unwrap() * 100.0).round() as i64;
    assert_eq!(cents(&gross["back"]), 68_383 + cents(&gross["reserve"]));
    assert_eq!(cents(&gross["total"]), cents(&gross["front"]) + cents(&gross["back"]));

    let pencil = format!("{}/scenarios/{}", work.path, work.parent.unwrap());
    let paths = [
        work.path.clone(),
        pencil,
        "/deals".to_owned(),
        format!("{}/history", work.path),
        format!("{}/calculate", work.path),
    ];
    for path in &paths {
        let text = shop.sales().get(path).await.expect(200).to_string();
        for secret in [
            COST,
            "311.17",
            "8222.22",
            "0.0549",
            "\"buyRate\"",
            "\"gross\"",
            "gross.front",
            "\"acv\"",
            "2848.77",
            &reserve,
        ] {
            assert!(!text.contains(secret), "{secret} in {path} for a salesperson");
        }
        let text = shop.manager().get(path).await.expect(200).to_string();
        for secret in ["0.0549", "\"buyRate\"", "\"reserveShare\"", &reserve, gross["back"].as_str().unwrap()] {
            assert!(!text.contains(secret), "{secret} in {path} for a sales manager");
        }
    }
    let seen = shop.manager().get(&work.path).await.expect(200);
    assert_eq!(
        seen["current"]["result"]["columns"][1]["gross"],
        json!({"front": "2848.77", "back": "683.83", "total": "3532.60"})
    );
    assert_eq!(seen["current"]["input"]["costs"]["vehicle"], COST);
    let log = shop.manager().get("/deals").await.expect(200);
    assert_eq!(log["items"][0]["gross"]["front"], "2848.77");
    assert_eq!(
        finance.get("/deals").await.expect(200)["items"][0]["gross"]["reserve"],
        "0.00",
        "the first column is cash"
    );

    // The salesperson goes on from what they see, and nothing hidden is lost.
    let mut seen = shop.sales().get(&work.path).await.expect(200)["current"]["input"].clone();
    seen["cashDown"] = json!("1000.00");
    work.input = seen;
    work.pencil(&shop, &shop.sales()).await;
    let kept = finance.get(&work.path).await.expect(200)["current"]["input"].clone();
    assert_eq!(
        (
            &kept["costs"]["vehicle"],
            &kept["products"][0]["cost"],
            &kept["trades"][0]["acv"],
            &kept["columns"][1]["buyRate"]
        ),
        (&json!(COST), &json!("311.17"), &json!("8222.22"), &json!("0.0549"))
    );
}

#[tokio::test]
async fn what_a_role_may_not_set_is_refused_with_its_place() {
    let shop = Shop::open().await;
    let work = shop.penciled(1).await;
    let mut body = work.body(&shop);
    body["input"]["trades"] = json!([{"description": "2019 Civic", "allowance": "9000.00", "acv": "1.00"}]);
    body["input"]["columns"][1]["buyRate"] = json!("0.01");
    let refused = work.send(&shop.sales(), &body).await.expect_problem(403, "field-forbidden");
    let pointers: Vec<&Value> = refused["errors"].as_array().unwrap().iter().map(|e| &e["pointer"]).collect();
    assert_eq!(pointers, ["/input/trades/0/acv", "/input/columns/1/buyRate"]);
    let mut body = work.body(&shop);
    body["input"]["costs"] = json!({"vehicle": "1.00"});
    for client in [shop.sales(), shop.finance()] {
        let refused = work.send(&client, &body).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["errors"][0]["pointer"], "/input/costs");
    }
}

#[tokio::test]
async fn events_carry_no_figures() {
    let shop = Shop::open().await;
    shop.approved(1).await;
    let events: Vec<(String, Value)> =
        sqlx::query_as("select type, payload from outbox where type like 'deal.%' order by sequence")
            .fetch_all(&mut shop.app.test().owner().await)
            .await
            .unwrap();
    let kinds: Vec<&str> = events.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["deal.created", "deal.penciled", "deal.submitted", "deal.approved"]);
    let names: Vec<&String> = events[3].1.as_object().unwrap().keys().collect();
    assert_eq!(names, ["dealId", "dealNumber", "salespersonId", "state", "version"]);
}
