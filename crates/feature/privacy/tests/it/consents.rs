//! The ledger and the link.

use autolytiq_audit::{Scope, seal, verify};
use serde_json::{Value, json};

use crate::Shop;

async fn standing(shop: &Shop, channel: &str) -> Value {
    let consents = shop.sales().get(&shop.of_ana("consents")).await.expect(200);
    let channels = consents["channels"].as_array().unwrap().clone();
    channels.into_iter().find(|known| known["channel"] == channel).unwrap()["given"].clone()
}

#[tokio::test]
async fn the_newest_word_on_a_channel_counts_and_the_earlier_ones_stay() {
    let shop = Shop::open().await;
    let path = shop.of_ana("consents");
    assert_eq!(standing(&shop, "sms").await, Value::Null, "nobody said anything");
    let words = "May we text you about your deal?";
    let mut entry =
        json!({ "id": shop.id(), "channel": "sms", "given": true, "source": "in_person", "wording": words });
    shop.sales().post(&path, &entry).await.expect(201);
    shop.sales().post(&path, &entry).await.expect_problem(409, "id-taken");
    assert_eq!(standing(&shop, "sms").await, true);
    (entry["id"], entry["given"]) = (json!(shop.id()), json!(false));
    entry["source"] = json!("phone");
    shop.sales().post(&path, &entry).await.expect(201);
    assert_eq!((standing(&shop, "sms").await, standing(&shop, "phone").await), (json!(false), Value::Null));

    let items = shop.sales().get(&path).await.expect(200)["items"].clone();
    let told: Vec<_> = items.as_array().unwrap().iter().map(|e| (&e["given"], &e["source"], &e["wording"])).collect();
    assert_eq!(
        told,
        [(&json!(false), &json!("phone"), &json!(words)), (&json!(true), &json!("in_person"), &json!(words))]
    );
    assert_eq!(items[0]["recordedBy"], "Sam Sales");
    // Nobody of the store pretends to be the customer, and nobody rewrites what was said.
    entry["source"] = json!("unsubscribe_link");
    shop.sales().post(&path, &entry).await.expect_problem(422, "invalid-field");
    let mut tx = shop.app.test().db().tenant(&shop.floor.administrator).await.unwrap();
    let refused = sqlx::query("update consent_entry set given = true").execute(tx.conn()).await;
    assert!(refused.unwrap_err().to_string().contains("permission denied"));
}

#[tokio::test]
async fn the_link_ends_mail_without_a_sign_in_when_it_is_pressed_and_not_when_it_is_looked_at() {
    let shop = Shop::open().await;
    let consents = shop.sales().get(&shop.of_ana("consents")).await.expect(200);
    let link = consents["unsubscribeLink"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    let nobody = shop.app.nobody();

    let page = nobody.get(&link).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.text().contains("Test Motors") && page.text().contains("<form method=\"post\">"), "{}", page.text());
    assert!(!page.text().contains("<script") && !page.text().contains("Quillfeather"));
    assert_eq!(standing(&shop, "email").await, Value::Null, "a look changes nothing");

    // RFC 8058, section 3.2: a POST with this body, no cookies and no other context.
    for _ in 0..2 {
        let body = "List-Unsubscribe=One-Click";
        let request = nobody.request(http::Method::POST, &link).raw("application/x-www-form-urlencoded", body);
        let done = request.send().await;
        assert_eq!(done.status.as_u16(), 200, "and no redirect");
        assert!(done.text().contains("You are unsubscribed"));
    }
    assert_eq!(standing(&shop, "email").await, false);
    assert_eq!(standing(&shop, "sms").await, Value::Null, "of the other channels nothing was said");
    let items = shop.sales().get(&shop.of_ana("consents")).await.expect(200)["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1, "twice is once");
    assert_eq!((&items[0]["source"], items[0].get("recordedBy")), (&json!("unsubscribe_link"), None));

    let db = shop.app.test().db();
    seal(db).await.unwrap();
    assert!(verify(db, &Scope::default()).await.unwrap().is_whole());
}

#[tokio::test]
async fn a_link_that_is_not_ours_is_none() {
    let shop = Shop::open().await;
    let consents = shop.sales().get(&shop.of_ana("consents")).await.expect(200);
    let link = consents["unsubscribeLink"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    let (front, token) = link.split_at(link.rfind('/').unwrap() + 1);
    let flipped = |at: usize| {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    // Another store, another customer, another seal, a part, too much, none.
    for token in
        [flipped(3), flipped(30), flipped(60), token[..60].to_owned(), format!("{token}AA"), "A".repeat(10_000)]
    {
        let answer = shop.app.nobody().request(http::Method::POST, &format!("{front}{token}")).send().await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
    }
    assert_eq!(standing(&shop, "email").await, Value::Null);
}
