//! How deals are numbered.

use http::Method;
use serde_json::{Value, json};

use crate::Shop;

/// The store numbers its deals in this way from now on.
async fn numbered(shop: &Shop, deals: Value) {
    sqlx::query(
        "insert into numbering (dealership_id, deals, updated_at) values ($1, $2, now())
         on conflict (dealership_id) do update set deals = $2",
    )
    .bind(shop.floor.store)
    .bind(deals)
    .execute(&mut shop.app.test().owner().await)
    .await
    .unwrap();
}

async fn open(shop: &Shop, customer: uuid::Uuid, vehicle: uuid::Uuid) -> Value {
    let body = json!({"id": shop.id(), "customerId": customer, "vehicleId": vehicle});
    shop.sales().post("/deals", &body).await.expect(201)
}

async fn found(shop: &Shop, words: &str) -> Vec<String> {
    let page = shop.manager().get(&format!("/deals?sort=number&q={words}")).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|deal| deal["number"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_new_way_of_numbering_has_no_gaps_is_searched_and_leaves_old_deals_alone() {
    let shop = Shop::open().await;
    let (customer, vehicle) = (shop.customer("Ana").await, shop.vehicle(1).await);
    let first = open(&shop, customer, vehicle).await;
    assert_eq!(first["number"], "D-10001");
    numbered(&shop, json!({"prefix": "AB/", "year": "four", "digits": 6})).await;
    let at_once = tokio::join!(
        open(&shop, customer, vehicle),
        open(&shop, customer, vehicle),
        open(&shop, customer, vehicle),
        open(&shop, customer, vehicle)
    );
    let mut numbers =
        [at_once.0, at_once.1, at_once.2, at_once.3].map(|deal| deal["number"].as_str().unwrap().to_owned());
    numbers.sort();
    // The test's clock stands in March of 2026.
    assert_eq!(numbers, ["AB/2026-010002", "AB/2026-010003", "AB/2026-010004", "AB/2026-010005"]);

    assert_eq!(found(&shop, "AB/2026-010003").await, ["AB/2026-010003"]);
    assert_eq!(found(&shop, "2026-010003").await, ["AB/2026-010003"]);
    assert_eq!(found(&shop, "D-10001").await, ["D-10001"], "as it stands on its papers");
    assert_eq!(found(&shop, "rivera").await.len(), 5, "in the order in which they were opened");
    // It stays so when the deal changes.
    let mut work = shop.deal_on(customer, vehicle).await;
    numbered(&shop, json!({"prefix": "", "year": "two", "digits": 0})).await;
    work.pencil(&shop, &shop.sales()).await;
    assert_eq!(shop.sales().get(&work.path).await.expect(200)["number"], "AB/2026-010006");
    assert_eq!(found(&shop, "010006").await, ["AB/2026-010006"]);
    let copy = shop.sales().post(&format!("{}/copy", work.path), &json!({"id": shop.id()})).await.expect(201);
    assert_eq!(copy["number"], "26-10007");

    // A deal of before numbers were kept as they are shown.
    sqlx::query("update deal set shown_number = null where number = 10001")
        .execute(&mut shop.app.test().owner().await)
        .await
        .unwrap();
    let path = format!("/deals/{}", first["id"].as_str().unwrap());
    assert_eq!(shop.sales().get(&path).await.expect(200)["number"], "D-10001");
}

#[tokio::test]
async fn numbers_go_on_from_a_higher_one_and_never_back() {
    let shop = Shop::open().await;
    let (customer, vehicle) = (shop.customer("Ana").await, shop.vehicle(1).await);
    let administrator = shop.client(&shop.floor.administrator);
    let path = "/deals/next-number";
    let go_on = async |next: i64| administrator.request(Method::PUT, path).json(&json!({"next": next})).send().await;
    assert_eq!(administrator.get(path).await.expect(200)["next"], 10_001);
    assert_eq!(open(&shop, customer, vehicle).await["number"], "D-10001");
    assert_eq!(go_on(48_213).await.expect(200)["next"], 48_213);
    assert_eq!(open(&shop, customer, vehicle).await["number"], "D-48213");
    assert_eq!(open(&shop, customer, vehicle).await["number"], "D-48214");
    for (lower, code) in
        [(10_001, "too-low"), (20_000, "too-low"), (48_214, "too-low"), (-1, "too-low"), (i64::MAX, "out-of-range")]
    {
        let refused = go_on(lower).await.expect_problem(422, "invalid-field");
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/next"), &json!(code)));
    }
    let _ = go_on(48_215).await.expect(200);
    assert_eq!(open(&shop, customer, vehicle).await["number"], "D-48215");
    let sales = shop.sales().request(Method::PUT, path).json(&json!({"next": 90_000})).send().await;
    sales.expect_problem(403, "forbidden");
    let told: Vec<(Option<String>, Option<String>)> = sqlx::query_as(
        "select before::text, after::text from audit_entry where action = 'numbering.continued' order by id",
    )
    .fetch_all(&mut shop.app.test().owner().await)
    .await
    .unwrap();
    assert_eq!(told.len(), 1, "saying the next number is no change");
    assert!(told[0].0.as_ref().unwrap().contains("10002") && told[0].1.as_ref().unwrap().contains("48213"), "{told:?}");
}
