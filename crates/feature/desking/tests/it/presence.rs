//! Who is at a deal.

use http::Method;
use serde_json::{Value, json};

use crate::{Shop, shop::Work};
use autolytiq_testkit::Client;

async fn is(work: &Work, client: &Client, manner: &str) -> Value {
    let path = format!("{}/presence", work.path);
    client.request(Method::PUT, &path).json(&json!({"manner": manner})).send().await.expect(200)["others"].clone()
}

#[tokio::test]
async fn others_at_the_deal_are_told_until_they_leave_or_fall_silent() {
    let shop = Shop::open().await;
    let work = shop.deal(1).await;
    assert_eq!(is(&work, &shop.sales(), "looking").await, json!([]));
    let met = is(&work, &shop.manager(), "editing").await;
    assert_eq!((&met[0]["name"], &met[0]["editing"]), (&json!("Sam Sales"), &json!(false)));
    let met = is(&work, &shop.sales(), "looking").await;
    assert_eq!((&met[0]["name"], &met[0]["editing"]), (&json!("Max Manager"), &json!(true)));
    is(&work, &shop.manager(), "gone").await;
    assert_eq!(is(&work, &shop.sales(), "looking").await, json!([]));
    is(&work, &shop.manager(), "looking").await;
    shop.app.test().clock().advance(jiff::SignedDuration::from_secs(26));
    assert_eq!(is(&work, &shop.sales(), "looking").await, json!([]));
    let version = shop.sales().get(&work.path).await.expect(200)["version"].clone();
    assert_eq!(version, 1, "being there changes nothing");
}
