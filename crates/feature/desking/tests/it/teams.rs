//! Whoever reaches a team works the deals of its people as if they were the store's, and no others.

use autolytiq_authz::{Changes, Permission, Reach, powers};
use autolytiq_kernel::{PersonId, Role, TenantCtx};
use autolytiq_testkit::Client;
use http::Method;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Shop, log::numbers, reach::cannot_reach};

/// Olga in a role that reaches her team wherever a role can, beginning with a sales manager's, with these changes.
#[expect(clippy::disallowed_methods, reason = "a test says what a role may do")]
fn lead(shop: &Shop, changes: &[(Permission, Reach)]) -> Client {
    let by_team = Permission::ALL.iter().filter(|permission| permission.reaches().contains(&Reach::Team));
    let team: Changes = by_team.map(|permission| (*permission, Reach::Team)).collect();
    let more: Changes = changes.iter().copied().collect();
    let powers = powers(Role::SalesManager, [&team, &more]);
    shop.client(&shop.floor.other_salesperson.clone().with_powers(Some(powers)))
}

fn person(ctx: &TenantCtx) -> PersonId {
    ctx.person().unwrap()
}

/// Puts people of the store into one team, and everybody else into none.
async fn team_of(shop: &Shop, people: &[&TenantCtx]) {
    let people: Vec<PersonId> = people.iter().map(|ctx| person(ctx)).collect();
    let mut owner = shop.app.test().owner().await;
    let id: Uuid = sqlx::query_scalar(
        "insert into team (dealership_id, id, name, created_at, updated_at) values ($1, $2, 'Days', $3, $3)
         on conflict (dealership_id, (lower(name))) do update set updated_at = excluded.updated_at returning id",
    )
    .bind(shop.floor.store)
    .bind(shop.id())
    .bind(shop.app.test().clock_value().now().to_sqlx())
    .fetch_one(&mut owner)
    .await
    .unwrap();
    sqlx::query("update membership set team_id = case when person_id = any ($3) then $2 end where dealership_id = $1")
        .bind(shop.floor.store)
        .bind(id)
        .bind(people)
        .execute(&mut owner)
        .await
        .unwrap();
}

async fn listed(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/deals{query}")).await.expect(200);
    numbers(&page).into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_team_is_worked_like_a_store() {
    let shop = Shop::open().await;
    let (sam, olga, max) = (&shop.floor.salesperson, &shop.floor.other_salesperson, &shop.floor.sales_manager);
    let lead = lead(&shop, &[]);
    let mut mates = shop.penciled(1).await;
    let mut outside = shop.deal_of(&shop.manager(), shop.customer("Ben").await, shop.vehicle(2).await).await;
    outside.pencil(&shop, &shop.manager()).await;

    // Without a team, and in a team without him: as if only one's own were in reach.
    for team in [&[][..], &[olga], &[sam, max]] {
        team_of(&shop, team).await;
        cannot_reach(&shop, &lead, &mates).await;
        cannot_reach(&shop, &lead, &outside).await;
        assert_eq!(listed(&lead, "").await, [""; 0]);
        assert_eq!(listed(&lead, "?q=rivera").await, [""; 0]);
    }

    team_of(&shop, &[sam, olga]).await;
    for path in ["", "/history", "/calculate"] {
        assert_eq!(lead.get(&format!("{}{path}", mates.path)).await.status, 200);
    }
    let pencil = format!("{}/scenarios/{}", mates.path, mates.parent.unwrap());
    assert_eq!(lead.get(&pencil).await.status, 200);
    let presence = lead.request(Method::PUT, &format!("{}/presence", mates.path));
    assert_eq!(presence.json(&json!({"manner": "looking"})).send().await.status, 200);
    for query in ["", "?sort=number", "?sort=updatedAt", "?q=rivera", "?q=rivera&sort=number", "?q=n1", "?state=draft"]
    {
        assert_eq!(listed(&lead, query).await, ["D-10001"], "{query}");
    }
    mates.pencil(&shop, &lead).await;
    mates.act(&shop.sales(), "submit", None).await;
    // With the manager, which is she for the team's people.
    mates.try_act(&shop.sales(), "approve", None).await.expect_problem(403, "forbidden");
    let body = mates.body(&shop);
    mates.send(&shop.sales(), &body).await.expect_problem(409, "deal-with-manager");
    mates.pencil(&shop, &lead).await;
    assert_eq!(mates.act(&lead, "approve", None).await["approvedBy"]["name"], "Olga Other");
    mates.act(&lead, "cancel", Some("another store was nearer")).await;
    mates.act(&lead, "reopen", Some("it was not")).await;
    let copy = json!({"id": shop.id()});
    let copied = lead.post(&format!("{}/copy", mates.path), &copy).await.expect(201);
    assert_eq!(copied["salesperson"]["name"], "Olga Other");

    // One's own is worked as a salesperson works theirs.
    let mut own = shop.deal_of(&lead, shop.customer("Cy").await, shop.vehicle(3).await).await;
    own.pencil(&shop, &lead).await;
    own.act(&lead, "submit", None).await;
    let body = own.body(&shop);
    own.send(&lead, &body).await.expect_problem(409, "deal-with-manager");

    cannot_reach(&shop, &lead, &outside).await;
    assert_eq!(listed(&lead, "?sort=number").await, ["D-10001", "D-10003", "D-10004"]);
    let colleague = shop.sales();
    assert_eq!(listed(&colleague, "?sort=number").await, ["D-10001"], "the team is hers, and not his");
    assert_eq!(listed(&colleague, "?q=rivera").await, ["D-10001"]);

    // He leaves the team: the next request finds nothing of his.
    team_of(&shop, &[olga]).await;
    cannot_reach(&shop, &lead, &mates).await;
    assert_eq!(listed(&lead, "?sort=number").await, ["D-10003", "D-10004"]);
    assert_eq!(lead.get(&own.path).await.status, 200);
}

#[tokio::test]
async fn each_permission_reaches_as_far_as_it_says() {
    let shop = Shop::open().await;
    team_of(&shop, &[&shop.floor.salesperson, &shop.floor.other_salesperson]).await;
    let mut mates = shop.penciled(1).await;
    let mut outside = shop.deal_of(&shop.manager(), shop.customer("Ben").await, shop.vehicle(2).await).await;
    outside.pencil(&shop, &shop.manager()).await;
    let reads_all = lead(&shop, &[(Permission::DealRead, Reach::Store)]);
    assert_eq!(listed(&reads_all, "?sort=number").await, ["D-10001", "D-10002"]);
    mates.pencil(&shop, &reads_all).await;
    let body = outside.body(&shop);
    outside.send(&reads_all, &body).await.expect_problem(403, "forbidden");
    outside.try_act(&reads_all, "submit", None).await.expect_problem(403, "forbidden");

    // What was agreed on is changed by whoever may reprice that deal, not by whoever may reprice some.
    outside.act(&shop.manager(), "submit", None).await;
    mates.act(&shop.sales(), "submit", None).await;
    let edits_all = lead(&shop, &[(Permission::DealRead, Reach::Store), (Permission::DealEdit, Reach::Store)]);
    for (deal, status) in [(&mut mates, 201), (&mut outside, 403)] {
        deal.input["price"] = json!("40000.00");
        let mut body = deal.body(&shop);
        body["reason"] = json!("the last one on the lot");
        let answer = deal.send(&edits_all, &body).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
}

/// The search of a long log against a plain look at it.
#[tokio::test]
async fn search_finds_the_same_deals_as_a_plain_look() {
    let shop = Shop::open().await;
    let (sam, olga, max) = (&shop.floor.salesperson, &shop.floor.other_salesperson, &shop.floor.sales_manager);
    team_of(&shop, &[sam, olga]).await;
    let (customer, vehicle) = (shop.customer("Ana").await, shop.vehicle(1).await);
    let mut owner = shop.app.test().owner().await;
    // Every third is hers, his, and somebody's outside; a word of the old ones is rare.
    sqlx::query(
        "insert into deal (dealership_id, id, number, state, deal_date, customer_id, vehicle_id, salesperson_id, search_text,
                           created_at, updated_at)
         select $1, gen_random_uuid(), 20000 + n, 'draft', '2026-01-05', $2, $3, ($4::uuid[])[1 + n % 3],
                'd' || 20000 + n || case when n % 50 = 7 then ' zebra' else ' horse' end, at, at
         from (select n, $5::timestamptz - n * interval '1 minute' as at from generate_series(1, 600) n) old",
    )
    .bind(shop.floor.store)
    .bind(customer)
    .bind(vehicle)
    .bind([sam, olga, max].map(person).to_vec())
    .bind(shop.app.test().clock_value().now().to_sqlx())
    .execute(&mut owner)
    .await
    .unwrap();
    let (hers, his, all) =
        (vec![person(sam), person(olga)], vec![person(sam)], vec![person(sam), person(olga), person(max)]);
    for (client, people) in [(lead(&shop, &[]), &hers), (shop.sales(), &his), (shop.manager(), &all)] {
        for word in ["zebra", "ze", "horse", "d2010", "nothing"] {
            let expected: Vec<i64> = sqlx::query_scalar(
                "select number from deal where dealership_id = $1 and salesperson_id = any ($2) and position($3 in search_text) > 0
                 order by updated_at desc limit 60",
            )
            .bind(shop.floor.store)
            .bind(people)
            .bind(word)
            .fetch_all(&mut owner)
            .await
            .unwrap();
            let expected: Vec<String> = expected.into_iter().map(|number| format!("D-{number}")).collect();
            let mut found = Vec::new();
            let mut after = String::new();
            while found.len() < 60 {
                let page = client.get(&format!("/deals?q={word}&limit=20{after}")).await.expect(200);
                found.extend(numbers(&page).into_iter().map(str::to_owned));
                let Some(cursor) = page.get("nextCursor").and_then(Value::as_str) else { break };
                after = format!("&cursor={cursor}");
            }
            assert_eq!(found, expected, "{word} for {} people", people.len());
        }
    }
}
