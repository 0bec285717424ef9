//! Two people at the same deal.

use http::Method;
use serde_json::json;

use crate::Shop;

#[tokio::test]
async fn of_two_pencils_at_once_one_is_told() {
    let shop = Shop::open().await;
    let work = shop.penciled(1).await;
    let (a, b) = (work.body(&shop), work.body(&shop));
    let (sales, manager) = (shop.sales(), shop.manager());
    let (first, second) = tokio::join!(work.send(&sales, &a), work.send(&manager, &b));
    let (won, lost) = if first.status == 201 { (first, second) } else { (second, first) };
    assert_eq!(won.status, 201);
    let conflict = lost.expect_problem(412, "version-conflict");
    assert_eq!((&conflict["expected"], &conflict["current"]), (&json!(2), &json!(3)));
    assert_eq!(conflict["resource"]["pencils"].as_array().map(Vec::len), Some(2), "the deal as it is now");
}

#[tokio::test]
async fn a_pencil_follows_the_newest_one() {
    let shop = Shop::open().await;
    let mut work = shop.penciled(1).await;
    let first = work.parent.unwrap();
    work.pencil(&shop, &shop.sales()).await;
    let mut body = work.body(&shop);
    for parent in [json!(first), json!(shop.id()), json!(null)] {
        body["parentId"] = parent.clone();
        let conflict = work.send(&shop.sales(), &body).await.expect_problem(412, "version-conflict");
        assert_eq!((&conflict["expected"], &conflict["current"]), (&parent, &json!(work.parent)));
    }
    body["parentId"] = json!(work.parent);
    body["id"] = json!(first);
    work.send(&shop.sales(), &body).await.expect_problem(409, "id-taken");
}

#[tokio::test]
async fn an_action_names_the_version_it_is_based_on() {
    let shop = Shop::open().await;
    let work = shop.penciled(1).await;
    let path = format!("{}/submit", work.path);
    let post = || shop.sales().request(Method::POST, &path).json(&json!({}));
    post().send().await.expect_problem(428, "precondition-required");
    let stale = post().if_match(1).send().await.expect_problem(412, "version-conflict");
    assert_eq!(
        (&stale["expected"], &stale["current"], &stale["resource"]["state"]),
        (&json!(1), &json!(2), &json!("draft"))
    );
}

#[tokio::test]
async fn the_same_request_twice_is_one_pencil() {
    let shop = Shop::open().await;
    let work = shop.deal(1).await;
    let (path, body) = (format!("{}/scenarios", work.path), work.body(&shop));
    let post =
        || shop.sales().request(Method::POST, &path).header("idempotency-key", "p-1").if_match(1).json(&body).send();
    let (first, second) = (post().await, post().await);
    assert_eq!((first.expect(201), first.version()), (second.expect(201), second.version()));
    let count: i64 =
        sqlx::query_scalar("select count(*) from pencil").fetch_one(&mut shop.app.test().owner().await).await.unwrap();
    assert_eq!(count, 1);
}

#[tokio::test]
async fn numbers_have_no_gaps_and_no_doubles() {
    let shop = Shop::open().await;
    let (customer, vehicle) = (shop.customer("Ana").await, shop.vehicle(1).await);
    let open = |shop: &Shop, vehicle: uuid::Uuid| {
        let (client, body) = (shop.sales(), json!({"id": shop.id(), "customerId": customer, "vehicleId": vehicle}));
        async move { client.post("/deals", &body).await }
    };
    // A refused one takes no number.
    open(&shop, shop.id()).await.expect_problem(404, "vehicle-not-found");
    let answers = tokio::join!(open(&shop, vehicle), open(&shop, vehicle), open(&shop, vehicle), open(&shop, vehicle));
    let mut numbers: Vec<String> = [answers.0, answers.1, answers.2, answers.3]
        .iter()
        .map(|answer| answer.expect(201)["number"].as_str().unwrap().to_owned())
        .collect();
    numbers.sort();
    assert_eq!(numbers, ["D-10001", "D-10002", "D-10003", "D-10004"]);
}
