//! How long customers are kept.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::Shop;

const DAY: i64 = 24;

#[tokio::test]
async fn whose_time_is_up_is_shown_then_erased_and_certified() {
    let shop = Shop::open().await;
    let admin = shop.administrator();
    let add = |last: &'static str| {
        let (client, id) = (shop.sales(), shop.id());
        async move {
            client.post("/customers", &json!({ "id": id, "firstName": "X", "lastName": last })).await.expect(201);
            id
        }
    };
    let (old, held) = (add("Oldest").await, add("Held").await);
    admin.post(&format!("/customers/{held}/hold"), &json!({ "reason": "a lawsuit" })).await.expect(204);
    // Ana works on a deal; it is not the customer's record that is used, but the deal.
    let mut deal = shop.deal().await;
    shop.app.test().clock().advance(SignedDuration::from_hours(100 * DAY));
    // Signed in today: erasing asks for a recent proof.
    let admin = shop.administrator();
    let new = add("Newest").await;

    let none = admin.get("/privacy/retention").await;
    assert_eq!((none.version(), none.expect(200)), (0, json!({ "version": 0 })));
    assert_eq!(admin.get("/privacy/retention/due").await.expect(200)["due"], 0, "without a schedule nobody is due");
    admin.post("/privacy/retention/runs", &json!({ "id": shop.id() })).await.expect_problem(409, "nothing-due");
    admin
        .put("/privacy/retention", 0, &json!({ "withoutPurchaseMonths": 0 }))
        .await
        .expect_problem(422, "invalid-field");
    let schedule = json!({ "withoutPurchaseMonths": 3, "afterPurchaseMonths": 24 });
    assert_eq!(admin.put("/privacy/retention", 0, &schedule).await.version(), 1);
    admin.put("/privacy/retention", 0, &schedule).await.expect_problem(412, "version-conflict");

    let due = admin.get("/privacy/retention/due").await.expect(200);
    let names: Vec<&str> = due["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!((names, &due["due"], &due["held"]), (vec!["X Oldest"], &json!(1), &json!(1)));
    shop.manager().get("/privacy/retention/due").await.expect_problem(403, "forbidden");
    assert_eq!(erased(&shop, old).await, Value::Null, "a dry run changes nothing");

    let certificate = admin.post("/privacy/retention/runs", &json!({ "id": shop.id() })).await.expect(201);
    assert_eq!((&certificate["erased"], &certificate["held"]), (&json!(1), &json!(1)));
    assert!(certificate["text"].as_str().unwrap().contains(&format!("customer {old}\n")), "{certificate}");
    assert!(erased(&shop, old).await.is_string());
    for kept in [held, new, shop.ana] {
        assert_eq!(erased(&shop, kept).await, Value::Null);
    }
    admin.post("/privacy/retention/runs", &json!({ "id": shop.id() })).await.expect_problem(409, "nothing-due");

    // The certificate is what was kept, digested by PostgreSQL, and the audit trail repeats it.
    let listed = admin.get("/privacy/retention/runs").await.expect(200)["items"][0].clone();
    assert_eq!(listed, certificate);
    let mut owner = shop.app.test().owner().await;
    let digests: (String, String, String) = sqlx::query_as(
        "select encode(sha256(convert_to($1, 'UTF8')), 'hex'), (select encode(digest, 'hex') from retention_run),
                (select after ->> 'certificate' from audit_entry where action = 'retention.ran')",
    )
    .bind(certificate["text"].as_str().unwrap())
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!((digests.0.as_str(), digests.1.as_str()), (digests.2.as_str(), digests.2.as_str()));
    assert_eq!(certificate["digest"], digests.0);

    // A deal that ended long ago holds nobody.
    deal.act(&shop.sales(), "cancel", "no answer").await;
    shop.app.test().clock().advance(SignedDuration::from_hours(100 * DAY));
    let due = admin.get("/privacy/retention/due").await.expect(200);
    assert_eq!(due["due"], 2, "Ana and the newest: {due}");
}

async fn erased(shop: &Shop, id: uuid::Uuid) -> Value {
    shop.sales().get(&format!("/customers/{id}")).await.expect(200)["erasedAt"].clone()
}
