//! What becomes of the open deals of somebody who leaves.

use autolytiq_db::NewEvent;
use autolytiq_events::Dispatcher;
use autolytiq_kernel::PersonId;
use http::Method;
use serde_json::json;

use crate::Shop;

/// As identity says it when somebody's access ends.
async fn leaves(shop: &Shop, person: PersonId, to: Option<PersonId>) {
    let test = shop.app.test();
    let mut tx = test.db().tenant(&shop.floor.administrator).await.unwrap();
    tx.emit(NewEvent::new("user.deactivated", person, &json!({ "transferTo": to }))).await.unwrap();
    tx.commit().await.unwrap();
    let dispatcher = autolytiq_desking::attach(Dispatcher::new(test.db().clone()), test.db().clone());
    assert_eq!(dispatcher.dispatch().await.unwrap().failed, 0);
}

#[tokio::test]
async fn open_deals_go_to_the_successor_and_finished_ones_stay() {
    let shop = Shop::open().await;
    let (open, mut done) = (shop.penciled(1).await, shop.penciled(2).await);
    done.act(&shop.manager(), "cancel", Some("the customer went elsewhere")).await;
    let from = shop.floor.salesperson.person().unwrap();
    let to = shop.floor.other_salesperson.person().unwrap();
    let theirs = shop.client(&shop.floor.other_salesperson);
    assert_eq!(theirs.get(&open.path).await.status, 404);
    leaves(&shop, from, Some(to)).await;

    let taken = theirs.get(&open.path).await;
    assert_eq!(taken.expect(200)["salesperson"]["id"], to.to_string());
    assert_eq!(taken.version(), open.version + 1, "who has it open hears that it changed");
    assert_eq!(theirs.get(&done.path).await.status, 404, "what is finished stays with whoever finished it");
    let history = shop.manager().get(&format!("{}/history", open.path)).await.expect(200);
    assert_eq!(history["items"][0]["action"], "deal.transferred");
    // The new salesperson works it.
    let submit = format!("{}/submit", open.path);
    let answer = theirs.request(Method::POST, &submit).if_match(taken.version()).json(&json!({})).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn without_a_successor_nothing_moves() {
    let shop = Shop::open().await;
    let open = shop.penciled(1).await;
    leaves(&shop, shop.floor.salesperson.person().unwrap(), None).await;
    let seen = shop.manager().get(&open.path).await;
    assert_eq!(seen.version(), open.version);
}
