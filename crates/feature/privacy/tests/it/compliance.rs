//! The compliance desk.

use serde_json::{Value, json};

use crate::Shop;

#[tokio::test]
async fn the_desk_shows_what_is_so_and_who_signed_what() {
    let shop = Shop::open().await;
    let admin = shop.administrator();
    let desk = admin.get("/compliance").await.expect(200);
    assert_eq!((&desk["signOffs"], &desk["customers"]), (&json!([]), &json!(1)));
    assert_eq!(desk["changedSinceReview"], 5, "without a review nobody's access was attested");
    shop.manager().get("/compliance").await.expect_problem(403, "forbidden");

    let review = json!({ "id": shop.id(), "kind": "access_review", "name": "Ada Admin", "doneOn": "2026-03-02", "dueOn": "2026-06-02" });
    admin.post("/compliance/sign-offs", &review).await.expect(204);
    admin.post("/compliance/sign-offs", &review).await.expect_problem(409, "id-taken");
    let mut early = review.clone();
    (early["id"], early["dueOn"]) = (json!(shop.id()), json!("2026-01-01"));
    admin.post("/compliance/sign-offs", &early).await.expect_problem(422, "invalid-field");
    let reveal = json!({ "field": "dateOfBirth", "reason": "credit application" });
    admin.post(&shop.of_ana("reveal"), &reveal).await.expect(200);

    let desk = admin.get("/compliance").await.expect(200);
    assert_eq!(desk["signOffs"][0]["attested"].as_array().unwrap().len(), 5);
    assert_eq!((&desk["changedSinceReview"], &desk["log"]["protectedViews"]), (&json!(0), &json!(1)));
    assert_eq!(desk["encryption"]["keysOpen"], true);
    let mut owner = shop.app.test().owner().await;
    sqlx::query("update membership set role = 'administrator' where name = 'Olga Other'")
        .execute(&mut owner)
        .await
        .unwrap();
    sqlx::query("update membership set active = false where name = 'Sam Sales'").execute(&mut owner).await.unwrap();
    assert_eq!(admin.get("/compliance").await.expect(200)["changedSinceReview"], 2);
}

#[tokio::test]
async fn the_desk_tells_who_has_a_second_factor() {
    let shop = Shop::open().await;
    let admin = shop.administrator();
    let factors = || async { admin.get("/compliance").await.expect(200)["secondFactors"].clone() };
    let before = factors().await;
    let mut owner = shop.app.test().owner().await;
    let olga: String = sqlx::query_scalar(
        "insert into factor (id, person_id, kind, name, created_at)
         select gen_random_uuid(), person_id, 'email', 'Mail', now() from membership where name = 'Olga Other'
         returning person_id::text",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(factors().await, before, "one that was never proved counts for nothing");
    sqlx::query("update factor set confirmed_at = now()").execute(&mut owner).await.unwrap();
    let after = factors().await;
    let listed = |answer: &Value| answer["without"].as_array().unwrap().iter().any(|person| *person == json!(olga));
    assert_eq!((&before["with"], listed(&before)), (&json!(0), true));
    assert_eq!((&after["with"], listed(&after)), (&json!(1), false));
}

#[tokio::test]
async fn the_registers_keep_versions_and_the_clock_runs() {
    let shop = Shop::open().await;
    let admin = shop.administrator();
    let (vendor, incident) = (shop.id(), shop.id());
    let facts = json!({ "name": "Print & Post", "service": "letters", "data": "names and addresses" });
    let added = admin.post("/compliance/vendors", &json!({ "id": vendor, "vendor": facts })).await.expect(201);
    assert_eq!(added["name"], "Print & Post");
    let mut ended = facts.clone();
    ended["endedOn"] = json!("2026-03-01");
    let path = format!("/compliance/vendors/{vendor}");
    assert_eq!(admin.put(&path, 1, &ended).await.version(), 2);
    admin.put(&path, 1, &ended).await.expect_problem(412, "version-conflict");
    admin.put(&format!("/compliance/vendors/{}", shop.id()), 1, &ended).await.expect_problem(404, "not-on-register");

    let facts = json!({ "title": "Laptop stolen", "discoveredAt": "2026-02-10T08:30:00Z" });
    let added = admin.post("/compliance/incidents", &json!({ "id": incident, "incident": facts })).await.expect(201);
    assert_eq!((&added["noticeDueAt"], added.get("noticeNeeded")), (&json!("2026-03-12T08:30:00Z"), None));
    let mut known = facts.clone();
    known["consumers"] = json!(500);
    let path = format!("/compliance/incidents/{incident}");
    assert_eq!(admin.put(&path, 1, &known).await.expect(200)["noticeNeeded"], true);
    known["closedAt"] = json!("2026-02-09T00:00:00Z");
    admin.put(&path, 2, &known).await.expect_problem(422, "invalid-field");
    let desk = admin.get("/compliance").await.expect(200);
    assert_eq!(
        (&desk["incidents"][0]["consumers"], &desk["vendors"][0]["endedOn"]),
        (&json!(500), &json!("2026-03-01"))
    );
}

/// Ten thousand here. `AUTOLYTIQ_TEST_AFFECTED=100000` takes as many: 1.6 s to count and list them, in a debug build on a
/// busy machine.
#[tokio::test]
async fn who_is_affected_is_counted_and_listed() {
    let shop = Shop::open().await;
    let mut owner = shop.app.test().owner().await;
    let many = std::env::var("AUTOLYTIQ_TEST_AFFECTED").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000_i32);
    sqlx::query(
        "insert into customer (dealership_id, id, first_name, last_name, email, email_index, state, sort_name, search_text,
                               created_at, updated_at)
         select $1, gen_random_uuid(), 'C', 'L' || n, 'c' || n || '@example.com', sha256(n::text::bytea),
                case when n % 4 = 0 then 'OK' else 'TX' end, 'l' || n, 'c l' || n, '2026-01-01', '2026-01-01'
         from generate_series(1, $2) n",
    )
    .bind(shop.floor.store)
    .bind(many)
    .execute(&mut owner)
    .await
    .unwrap();
    let started = std::time::Instant::now();
    let time = "from=2026-01-01T00:00:00Z&until=2026-03-03T00:00:00Z";
    let counted = shop.administrator().get(&format!("/compliance/affected?{time}")).await.expect(200);
    let list = shop.administrator().request(http::Method::POST, &format!("/compliance/affected?{time}")).send().await;
    let lines = list.text().lines().count();
    println!("{many} customers: counted and listed in {:?}", started.elapsed());
    // Ana is in Texas too; one line is the heading.
    assert_eq!(counted["customers"], many + 1);
    assert_eq!((i64::try_from(lines).unwrap(), list.status.as_u16()), (i64::from(many) + 2, 200));
    let texas = &counted["states"][0];
    assert_eq!((&texas["state"], &texas["customers"]), (&json!("TX"), &json!(many - many / 4 + 1)));
    assert_eq!((&texas["withDateOfBirth"], &texas["withStreet"]), (&json!(1), &json!(1)));

    // An account that was misused: whose records it touched.
    let touched = |person: autolytiq_kernel::PersonId| {
        let client = shop.administrator();
        async move {
            client.get(&format!("/compliance/affected?{time}&personId={person}")).await.expect(200)["customers"].clone()
        }
    };
    let (sales, finance) = (shop.floor.salesperson.person().unwrap(), shop.floor.fni_manager.person().unwrap());
    assert_eq!((touched(sales).await, touched(finance).await), (json!(1), json!(0)));
    let listings: i64 =
        sqlx::query_scalar("select count(*) from audit_entry where action = 'compliance.affected_listed'")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!(listings, 1);
    let backwards = "from=2026-03-03T00:00:00Z&until=2026-01-01T00:00:00Z";
    let refused: Value = shop.administrator().get(&format!("/compliance/affected?{backwards}")).await.json();
    assert_eq!(refused["code"], "invalid-field");
}
