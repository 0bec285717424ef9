//! A deal's life, from the first pencil to delivery and back.

use serde_json::json;

use crate::Shop;

#[tokio::test]
async fn from_draft_to_delivery_and_back() {
    let shop = Shop::open().await;
    let mut work = shop.deal(1).await;
    work.try_act(&shop.sales(), "submit", None).await.expect_problem(409, "deal-without-pencil");
    work.pencil(&shop, &shop.sales()).await;
    assert_eq!(work.act(&shop.sales(), "submit", None).await["state"], "submitted");
    assert_eq!(shop.vehicle_status(work.vehicle).await, "inStock");
    let approved = work.act(&shop.manager(), "approve", None).await;
    assert_eq!((&approved["state"], &approved["approvedBy"]["name"]), (&json!("approved"), &json!("Max Manager")));
    assert_eq!(shop.vehicle_status(work.vehicle).await, "pending");
    assert_eq!(work.act(&shop.finance(), "close", None).await["state"], "closed");
    assert_eq!(shop.vehicle_status(work.vehicle).await, "sold");
    work.try_act(&shop.sales(), "reopen", Some("x")).await.expect_problem(403, "forbidden");
    work.try_act(&shop.manager(), "reopen", None).await.expect_problem(422, "reason-required");
    work.try_act(&shop.manager(), "reopen", Some("  ")).await.expect_problem(422, "reason-required");
    let reopened = work.act(&shop.manager(), "reopen", Some("the bank wants another term")).await;
    assert_eq!((&reopened["state"], reopened.get("approvedBy")), (&json!("reopened"), None));
    assert_eq!(shop.vehicle_status(work.vehicle).await, "inStock");
    let pencil = work.pencil(&shop, &shop.sales()).await;
    assert_eq!(pencil["dealState"], "reopened");
    assert_eq!(work.act(&shop.sales(), "submit", None).await["state"], "submitted");

    let history = shop.sales().get(&format!("{}/history", work.path)).await.expect(200);
    let told: Vec<(&str, &str)> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["action"].as_str().unwrap(), item["by"]["name"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("deal.submitted", "Sam Sales"),
            ("deal.penciled", "Sam Sales"),
            ("deal.reopened", "Max Manager"),
            ("deal.closed", "Fay Finance"),
            ("deal.approved", "Max Manager"),
            ("deal.submitted", "Sam Sales"),
            ("deal.penciled", "Sam Sales"),
            ("deal.created", "Sam Sales"),
        ]
    );
    assert_eq!(history["items"][2]["reason"], "the bank wants another term");
}

#[tokio::test]
async fn a_rejected_deal_is_answered_by_a_pencil() {
    let shop = Shop::open().await;
    let mut work = shop.submitted(1).await;
    // Figures do not move while the manager looks at them.
    let body = work.body(&shop);
    work.send(&shop.sales(), &body).await.expect_problem(409, "deal-with-manager");
    work.try_act(&shop.manager(), "reject", None).await.expect_problem(422, "reason-required");
    assert_eq!(work.act(&shop.manager(), "reject", Some("no room in the price")).await["state"], "rejected");
    let added = work.pencil(&shop, &shop.sales()).await;
    assert_eq!((&added["dealState"], &added["pencil"]["number"]), (&json!("draft"), &json!(2)));
}

#[tokio::test]
async fn the_manager_changes_the_price_and_says_why() {
    let shop = Shop::open().await;
    let mut work = shop.submitted(1).await;
    work.input["price"] = json!("40500.00");
    let mut body = work.body(&shop);
    let fixed = shop.finance().get(&work.path).await.expect(200)["fixed"].clone();
    assert_eq!(fixed, json!(["/price", "/accessories", "/trades", "/rebates"]), "the page says so beforehand");
    assert_eq!(shop.manager().get(&work.path).await.expect(200)["fixed"], json!([]));
    let finance = work.send(&shop.finance(), &body).await.expect_problem(403, "field-forbidden");
    assert_eq!(finance["errors"][0]["pointer"], "/input/price");
    work.send(&shop.manager(), &body).await.expect_problem(422, "reason-required");
    body["reason"] = json!("meets the offer from across the street");
    let answer = work.send(&shop.manager(), &body).await;
    assert_eq!(answer.expect(201)["dealState"], "submitted");
    work.version = answer.version();
    work.act(&shop.manager(), "approve", None).await;
    let history = shop.sales().get(&format!("{}/history", work.path)).await.expect(200);
    let penciled = &history["items"][1];
    assert_eq!((&penciled["pencilNumber"], &penciled["reason"]), (&json!(2), &body["reason"]));
    assert_eq!(penciled["changes"], json!([{"path": "price", "before": "41250.00", "after": "40500.00"}]));
    let pencil = format!("{}/scenarios/{}", work.path, body["id"].as_str().unwrap());
    assert_eq!(shop.sales().get(&pencil).await.expect(200)["changes"], penciled["changes"]);
}

#[tokio::test]
async fn finance_adds_products_to_an_approved_deal() {
    let shop = Shop::open().await;
    let mut work = shop.approved(1).await;
    work.input["products"] = json!([{"kind": "gap", "name": "GAP", "price": "995.00"}]);
    let added = work.pencil(&shop, &shop.finance()).await;
    assert_eq!(added["dealState"], "approved");
    assert_eq!(work.act(&shop.finance(), "close", None).await["state"], "closed");
}

#[tokio::test]
async fn one_vehicle_is_not_promised_twice() {
    let shop = Shop::open().await;
    let mut first = shop.submitted(1).await;
    let mut second = shop.deal_on(shop.customer("Bea").await, first.vehicle).await;
    second.pencil(&shop, &shop.sales()).await;
    second.act(&shop.sales(), "submit", None).await;
    first.act(&shop.manager(), "approve", None).await;
    second.try_act(&shop.manager(), "approve", None).await.expect_problem(409, "vehicle-not-available");
    assert_eq!(shop.sales().get(&second.path).await.expect(200)["state"], "submitted", "nothing happened");
    // The first falls through, and the second gets it.
    first.act(&shop.sales(), "cancel", Some("changed their mind")).await;
    assert_eq!(shop.vehicle_status(first.vehicle).await, "inStock");
    second.act(&shop.manager(), "approve", None).await;
    second.act(&shop.finance(), "close", None).await;
    let late = json!({"id": shop.id(), "customerId": shop.customer("Cleo").await, "vehicleId": first.vehicle});
    shop.sales().post("/deals", &late).await.expect_problem(409, "vehicle-not-available");
    // Cancelled long ago, it is reopened without taking the vehicle from the other deal.
    first.act(&shop.manager(), "reopen", Some("came back")).await;
    assert_eq!(shop.vehicle_status(first.vehicle).await, "sold");
}

/// Seven states, seven actions, four roles: what the page offers, against what the server answers.
#[tokio::test]
async fn the_page_says_what_can_be_done_and_the_server_holds_to_it() {
    let shop = Shop::open().await;
    let (draft, submitted, approved) = (shop.penciled(1).await, shop.submitted(2).await, shop.approved(3).await);
    let (mut closed, mut rejected) = (shop.approved(4).await, shop.submitted(5).await);
    closed.act(&shop.finance(), "close", None).await;
    rejected.act(&shop.manager(), "reject", Some("test")).await;
    let (mut cancelled, mut reopened) = (shop.penciled(6).await, shop.penciled(7).await);
    for work in [&mut cancelled, &mut reopened] {
        work.act(&shop.sales(), "cancel", Some("test")).await;
    }
    reopened.act(&shop.manager(), "reopen", Some("test")).await;

    let floor = &shop.floor;
    let mut refused = 0;
    for work in [&draft, &submitted, &approved, &closed, &rejected, &cancelled, &reopened] {
        for ctx in [&floor.salesperson, &floor.sales_manager, &floor.fni_manager, &floor.administrator] {
            let client = shop.client(ctx);
            let deal = client.get(&work.path).await.expect(200);
            for offer in deal["actions"].as_array().unwrap() {
                let (action, allowed) = (offer["action"].as_str().unwrap(), offer["allowed"].as_bool().unwrap());
                assert_eq!(allowed, offer.get("why").is_none(), "{offer}");
                let answer = match action {
                    // What is allowed is asked with an old version, so that nothing happens.
                    "pencil" => {
                        let path = format!("{}/scenarios", work.path);
                        let version = if allowed { 1 } else { work.version };
                        let body = work.body(&shop);
                        client.request(http::Method::POST, &path).if_match(version).json(&body).send().await
                    }
                    action => {
                        let path = format!("{}/{action}", work.path);
                        let version = if allowed { 1 } else { work.version };
                        let body = json!({"reason": "test"});
                        client.request(http::Method::POST, &path).if_match(version).json(&body).send().await
                    }
                };
                let (status, state) = (answer.status.as_u16(), &deal["state"]);
                assert!(
                    if allowed { status == 412 } else { [403, 409].contains(&status) },
                    "{state} {action} as {:?}: {status}",
                    ctx.role()
                );
                refused += usize::from(!allowed);
            }
        }
    }
    // 7 × 7 × 4 less the cells of the policy's table that lead somewhere.
    assert_eq!(refused, 196 - 54);
}

#[tokio::test]
async fn a_reopened_deal_keeps_its_date_rules_and_rates() {
    let shop = Shop::open().await;
    let mut work = shop.approved(1).await;
    work.act(&shop.finance(), "close", None).await;
    let closed = shop.sales().get(&work.path).await.expect(200);
    shop.app.test().clock().advance(jiff::SignedDuration::from_hours(24 * 40));
    work.act(&shop.manager(), "reopen", Some("wrong name on the title")).await;
    let added = work.pencil(&shop, &shop.sales()).await;
    for field in ["rules", "rates"] {
        assert_eq!(added["pencil"]["result"][field], closed["current"]["result"][field]);
    }
    assert_eq!(added["pencil"]["input"]["dealDate"], "2026-03-02");
    // A later release with a corrected rule file would say so.
    assert_eq!(shop.sales().get(&work.path).await.expect(200)["rulesCorrected"], false);
    let mut owner = shop.app.test().owner().await;
    sqlx::query(
        "update pencil set rules_hash = 'of another file',
                           result = jsonb_set(result, '{rules,hash}', '\"of another file\"')",
    )
    .execute(&mut owner)
    .await
    .unwrap();
    assert_eq!(shop.sales().get(&work.path).await.expect(200)["rulesCorrected"], true);
    // What it would be today is shown beside it, and stored nowhere.
    let today = shop.sales().get(&format!("{}/calculate", work.path)).await.expect(200);
    assert_eq!((&today["dealDate"], &today["result"]["rates"]["asOf"]), (&json!("2026-04-11"), &json!("2026-04-11")));
    let pencils = shop.sales().get(&work.path).await.expect(200)["pencils"].as_array().map(Vec::len);
    assert_eq!(pencils, Some(2));
}
