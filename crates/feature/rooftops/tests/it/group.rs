//! What the table says, and who is told.

use autolytiq_authz::{Changes, Permission, Reach, powers};
use autolytiq_kernel::{DealershipId, Role};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::World;

/// The row of a store.
fn row<'a>(answer: &'a Value, name: &str) -> &'a Value {
    answer["items"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()
}

#[tokio::test]
async fn each_store_has_its_own_figures() {
    let mut world = World::new().await;
    let (alder, birch, cedar) = (world.alder, world.birch, world.cedar);
    // The test's clock stands at 2026-03-02T15:00Z.
    let now = world.app.test().clock_value().now();

    // People. Gus has a factor, Ada has only begun one. Ivy sees no customers here; what she is in another group is not
    // this group's business. Ned has left. Bea sees customers in one store of the two. Dan belongs to the demonstration,
    // and works in a store that does not.
    let gus = world.person("gus", false, &[(alder, "group_administrator", true)]).await;
    world.factor(gus, true).await;
    let ada = world.person("ada", false, &[(alder, "administrator", true), (birch, "administrator", true)]).await;
    world.factor(ada, false).await;
    let sam = world.person("sam", false, &[(alder, "salesperson", true)]).await;
    world.person("ivy", false, &[(alder, "inventory_manager", true), (cedar, "salesperson", true)]).await;
    world.person("ned", false, &[(alder, "salesperson", false)]).await;
    world.person("bea", false, &[(alder, "salesperson", true), (birch, "inventory_manager", true)]).await;
    world.person("dan", true, &[(birch, "salesperson", true)]).await;
    let website = world.person("website", false, &[(birch, "salesperson", true)]).await;
    world.program(birch, website).await;
    let cid = world.person("cid", false, &[(cedar, "administrator", true)]).await;
    world.locked("sam", now + SignedDuration::from_mins(5)).await;
    world.locked("ned", now + SignedDuration::from_mins(5)).await;
    world.locked("dan", now - SignedDuration::from_mins(5)).await;
    world.requests(alder).await;

    // Deals. March began at 06:00Z in Dallas and at 05:00Z in Knoxville.
    for state in ["draft", "draft", "submitted", "approved", "rejected", "reopened", "cancelled"] {
        world.deal(alder, sam, state, "2026-03-02T12:00:00Z").await;
    }
    world.deal(alder, sam, "closed", "2026-03-01T05:59:59Z").await;
    world.deal(alder, sam, "closed", "2026-03-01T06:00:00Z").await;
    world.deal(birch, ada, "closed", "2026-03-01T04:59:59Z").await;
    world.deal(birch, ada, "closed", "2026-03-01T05:30:00Z").await;
    world.deal(cedar, cid, "draft", "2026-03-02T12:00:00Z").await;
    for (store, status) in [(alder, "in_stock"), (alder, "in_stock"), (alder, "pending"), (cedar, "in_stock")] {
        world.vehicle(store, status).await;
    }

    // The compliance desk and the settings.
    for (kind, on) in [("access_review", "2026-01-01"), ("access_review", "2026-02-20"), ("training", "2026-03-01")] {
        world.signed(alder, kind, on).await;
    }
    for (store, open) in [(alder, true), (alder, false), (cedar, true)] {
        world.incident(store, open).await;
    }
    world.keeps(alder, 24, 60).await;
    world.provider(birch, true).await;
    world.provider(alder, false).await;

    let ctx = world.ctx(alder, &[birch], Role::GroupAdministrator, None);
    let answer = world.app.client(&ctx).get("/admin/group").await.expect(200);
    let names: Vec<&Value> = answer["items"].as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!(names, ["Alder", "Birch"]);
    let first = row(&answer, "Alder");
    assert_eq!(first["id"], json!(alder));
    assert_eq!(first["place"]["state"], "TX");
    assert_eq!(first["people"], json!({ "active": 5, "waiting": 1, "withoutFactor": 3, "locked": 1 }));
    assert_eq!(first["deals"], json!({ "open": 6, "closedThisMonth": 1 }));
    assert_eq!(first["unitsInStock"], 3);
    let compliance = json!({ "accessReviewedOn": "2026-02-20", "daysSinceAccessReview": 10, "openIncidents": 1 });
    assert_eq!(first["compliance"], compliance);
    let settings = json!({ "docFee": "150.00", "idleMinutes": 720, "absoluteHours": 168, "singleSignOn": false });
    assert_eq!(first["settings"], settings);
    assert_eq!(first["retention"], json!({ "withoutPurchaseMonths": 24, "afterPurchaseMonths": 60 }));
    assert_eq!(first["differs"], json!(["docFee", "retention"]));
    let second = row(&answer, "Birch");
    assert_eq!(second["people"], json!({ "active": 3, "waiting": 0, "withoutFactor": 3, "locked": 0 }));
    assert_eq!(second["deals"], json!({ "open": 0, "closedThisMonth": 1 }));
    assert_eq!(second["unitsInStock"], 0);
    assert_eq!(second["compliance"], json!({ "openIncidents": 0 }));
    assert_eq!(second["settings"]["docFee"], "699.00");
    assert_eq!(second["settings"]["singleSignOn"], true);
    assert_eq!(second["retention"], json!({}));
    assert_eq!(second["differs"], json!(["docFee", "retention"]));

    // The other group's administrator sees the other group.
    let theirs = world.ctx(cedar, &[], Role::GroupAdministrator, None);
    let answer = world.app.client(&theirs).get("/admin/group").await.expect(200);
    assert_eq!(answer["items"].as_array().unwrap().len(), 1);
    let alone = row(&answer, "Cedar");
    assert_eq!(alone["people"], json!({ "active": 2, "waiting": 0, "withoutFactor": 2, "locked": 0 }));
    assert_eq!(alone["deals"], json!({ "open": 1, "closedThisMonth": 0 }));
    assert_eq!((&alone["unitsInStock"], &alone["differs"]), (&json!(1), &json!([])));
}

#[tokio::test]
async fn whoever_does_not_reach_the_group_is_told_nothing() {
    let world = World::new().await;
    for role in [Role::Salesperson, Role::GeneralManager, Role::Auditor, Role::Administrator] {
        // Also where they work in both stores and so read both.
        let ctx = world.ctx(world.alder, &[world.birch], role, None);
        let refused = world.app.client(&ctx).get("/admin/group").await;
        refused.expect_problem(403, "forbidden");
        assert!(!refused.text().contains("Birch"), "{}", refused.text());
    }
    world.app.nobody().get("/admin/group").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_role_sees_of_each_store_what_it_sees_of_its_own() {
    let world = World::new().await;
    let over_all: Changes = [(Permission::DealershipRead, Reach::Group)].into();
    let ctx = world.ctx(world.alder, &[world.birch], Role::Salesperson, Some(powers(Role::Salesperson, [&over_all])));
    let answer = world.app.client(&ctx).get("/admin/group").await.expect(200);
    let mut told: Vec<&String> = row(&answer, "Birch").as_object().unwrap().keys().collect();
    told.sort_unstable();
    assert_eq!(told, ["demo", "differs", "id", "name", "place", "timeZone", "unitsInStock"]);

    // Who sees the people of one store does not see those of the others.
    let of_one: Changes = [(Permission::UserRead, Reach::Store), (Permission::DealRead, Reach::Store)].into();
    let powers = powers(Role::Salesperson, [&over_all, &of_one]);
    let ctx = world.ctx(world.alder, &[world.birch], Role::Salesperson, Some(powers));
    let answer = world.app.client(&ctx).get("/admin/group").await.expect(200);
    let row = row(&answer, "Birch");
    assert_eq!((&row["people"], &row["deals"]["open"]), (&json!(null), &json!(0)));
}

#[tokio::test]
async fn accounts_are_counted_in_readable_stores_only() {
    let mut world = World::new().await;
    for (store, name) in [(world.alder, "ann"), (world.birch, "ben"), (world.cedar, "cid")] {
        world.person(name, false, &[(store, "salesperson", true)]).await;
    }
    let counted = async |others: &[DealershipId]| {
        let ctx = world.ctx(world.alder, others, Role::Salesperson, None);
        let mut tx = world.app.test().db().tenant(&ctx).await.unwrap();
        let rows: Vec<(DealershipId, i64)> = sqlx::query_as(
            "select dealership_id, without_factor from identity_rooftop_accounts(now(), array['salesperson'])
             order by dealership_id",
        )
        .fetch_all(tx.conn())
        .await
        .unwrap();
        rows
    };
    assert_eq!(counted(&[]).await, [(world.alder, 1)]);
    assert_eq!(counted(&[world.birch]).await, [(world.alder, 1), (world.birch, 1)]);
}
