//! All that is held on a customer.

use serde_json::json;

use crate::Shop;

#[tokio::test]
async fn a_customer_gets_everything_and_nothing_of_the_store() {
    let shop = Shop::open().await;
    let mut changed = crate::ana(shop.ana);
    changed["street"] = json!("7 Thistle Court");
    shop.sales().put(&format!("/customers/{}", shop.ana), 1, &changed).await.expect(200);
    let consent =
        json!({ "id": shop.id(), "channel": "phone", "given": true, "source": "paper", "wording": "May we call?" });
    shop.sales().post(&shop.of_ana("consents"), &consent).await.expect(201);
    let mut deal = shop.deal().await;
    deal.act(&shop.sales(), "cancel", "Ms Quillfeather changed her mind").await;

    shop.manager().post(&shop.of_ana("export"), &json!({})).await.expect_problem(403, "forbidden");
    let answer = shop.administrator().post(&shop.of_ana("export"), &json!({})).await;
    assert!(answer.header("content-disposition").unwrap().starts_with("attachment"));
    let document = answer.expect(200);
    let customer = &document["customer"];
    assert_eq!((&customer["dateOfBirth"], &customer["street"]), (&json!("1987-11-23"), &json!("7 Thistle Court")));
    assert_eq!(document["consents"][0]["wording"], "May we call?");
    let pencil = &document["deals"][0]["pencils"][0];
    assert_eq!((&pencil["note"], &pencil["price"]), (&json!("Quillfeather wants floor mats"), &json!("9900.00")));
    assert_eq!(document["deals"][0]["state"], "cancelled");
    // What was known before is part of it, in clear, and so is why things were done.
    let history = document["history"].as_array().unwrap();
    let updated = history.iter().find(|line| line["action"] == "customer.updated").unwrap();
    assert_eq!(updated["before"]["street"], "12 Larkspur Hollow");
    let cancelled = history.iter().find(|line| line["action"] == "deal.cancelled").unwrap();
    assert_eq!(cancelled["reason"], "Ms Quillfeather changed her mind");
    let text = document.to_string();
    assert!(!text.contains("7123.45") && !text.contains("sealed"), "the store's cost, or something nobody can read");

    let mut owner = shop.app.test().owner().await;
    let exports: i64 = sqlx::query_scalar("select count(*) from audit_entry where action = 'customer.exported'")
        .fetch_one(&mut owner)
        .await
        .unwrap();
    assert_eq!(exports, 1);
}
