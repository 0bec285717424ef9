//! The demonstration store on a real database: what a sceptical manager would check at once.
#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

mod history;

use autolytiq_demo::{Plan, Stage, Tier, log_ins, seed};
use autolytiq_http::Platform;
use autolytiq_identity::{Identity, IdentityConfig};
use autolytiq_inventory::api::Vin;
use autolytiq_kernel::Role;
use autolytiq_places::Tables;
use autolytiq_secrets::{MasterKeys, Vault};
use autolytiq_testkit::TestDb;
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// A Saturday afternoon in Dallas.
const SATURDAY: &str = "2026-11-14T21:00:00Z";

async fn seeded(number: u64) -> TestDb {
    seeded_as(number, Tier::Small).await
}

async fn seeded_as(number: u64, tier: Tier) -> TestDb {
    seeded_at(SATURDAY, number, tier).await
}

async fn seeded_at(anchor: &str, number: u64, tier: Tier) -> TestDb {
    let (test, folder) = (TestDb::new().await, tempfile::tempdir().unwrap());
    let vault = Vault::new(MasterKeys::load_or_create(&folder.path().join("master.keys")).unwrap());
    let platform = Platform::new(test.db().clone(), vault.clone());
    let config = IdentityConfig {
        keys_folder: folder.path().join("access"),
        set_up_token_file: folder.path().join("set-up-token"),
        issuer: "http://localhost:8080".to_owned(),
        texts: None,
        reach: autolytiq_identity::Guard::public(),
    };
    let identity = Identity::open(&platform, &config).await.unwrap();
    let tables = Tables::shipped().unwrap();
    let stage = Stage { db: test.db(), hand: test.clock(), identity: &identity, vault: &vault, tables: &tables };
    let made = seed(&stage, Plan { seed: number, anchor: anchor.parse().unwrap(), tier }).await.unwrap();
    if tier == Tier::Small {
        assert_eq!((made.vehicles, made.customers, made.deals), (40, 30, 15));
    }
    test
}

async fn texts(owner: &mut PgConnection, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(owner).await.unwrap()
}

#[tokio::test]
async fn every_state_of_the_machine_is_there_and_every_store_says_it_is_a_demonstration() {
    let test = seeded(2024).await;
    let mut owner = test.owner().await;
    let rows: Vec<(String, i64)> =
        sqlx::query_as("select state, count(*) from deal group by state").fetch_all(&mut owner).await.unwrap();
    let states: BTreeMap<String, i64> = rows.into_iter().collect();
    for state in ["draft", "submitted", "approved", "closed", "rejected", "cancelled", "reopened"] {
        assert!(states.contains_key(state), "no deal is {state}: {states:?}");
    }
    assert!(texts(&mut owner, "select name from dealership where not demo").await.is_empty());
    // A vehicle is sold exactly when a closed deal has it, and held exactly when an approved one has.
    for query in [
        "select v.stock_number from vehicle v where (v.status = 'sold') is distinct from
           exists (select from deal d where d.dealership_id = v.dealership_id and d.vehicle_id = v.id and d.state = 'closed')",
        "select v.stock_number from vehicle v where (v.status = 'pending') is distinct from
           exists (select from deal d where d.dealership_id = v.dealership_id and d.vehicle_id = v.id and d.state = 'approved')",
    ] {
        assert!(texts(&mut owner, query).await.is_empty());
    }
}

#[tokio::test]
async fn vins_are_right_and_decode_to_the_stated_year() {
    let test = seeded(7).await;
    let mut owner = test.owner().await;
    let vehicles: Vec<(String, i32)> =
        sqlx::query_as("select vin, year::integer from vehicle").fetch_all(&mut owner).await.unwrap();
    assert_eq!(vehicles.len(), 40);
    for (vin, year) in vehicles {
        let parsed = Vin::parse(&vin).unwrap_or_else(|fault| panic!("{vin}: {fault:?}"));
        assert!(parsed.model_years().map(i32::from).contains(&year), "{vin} is not of {year}");
    }
}

#[tokio::test]
async fn people_belong_to_nobody_real() {
    let test = seeded(7).await;
    let mut owner = test.owner().await;
    let phones = texts(&mut owner, "select phone from customer").await;
    assert_eq!(phones.len(), 30);
    assert!(phones.iter().all(|phone| phone.get(5..10) == Some("55501")), "{phones:?}");
    let mut addresses = texts(&mut owner, "select email from customer").await;
    addresses.extend(texts(&mut owner, "select email from membership").await);
    assert!(addresses.iter().all(|address| address.ends_with("example.com")), "{addresses:?}");
}

#[tokio::test]
async fn nothing_happens_after_the_anchor_or_before_a_deal_was_opened() {
    let test = seeded(7).await;
    let mut owner = test.owner().await;
    let late = sqlx::query_scalar::<_, i64>("select count(*) from audit_entry where occurred_at > $1::timestamptz")
        .bind(SATURDAY)
        .fetch_one(&mut owner)
        .await
        .unwrap();
    assert_eq!(late, 0);
    let early =
        "select d.number::text from deal d join pencil p on p.dealership_id = d.dealership_id and p.deal_id = d.id
                 where p.penciled_at < d.created_at";
    assert!(texts(&mut owner, early).await.is_empty());
}

#[tokio::test]
async fn the_same_plan_gives_the_same_figures_and_another_seed_others() {
    const FIGURES: &str = "select concat_ws(' ', d.number, p.number, p.result::text) from pencil p
         join deal d on d.dealership_id = p.dealership_id and d.id = p.deal_id order by d.number, p.number";
    let (one, two, other) = (seeded(2024).await, seeded(2024).await, seeded(2025).await);
    let figures = texts(&mut one.owner().await, FIGURES).await;
    assert!(figures.len() > 15);
    assert_eq!(figures, texts(&mut two.owner().await, FIGURES).await);
    // Another seed draws other costs, so another gross, on the same stories.
    assert_ne!(figures, texts(&mut other.owner().await, FIGURES).await);
}

#[test]
fn there_is_a_log_in_for_each_role_that_works_deals_and_for_the_group() {
    let roles: Vec<Role> = log_ins().iter().map(|account| account.role).collect();
    let worked = [Role::Administrator, Role::SalesManager, Role::FniManager, Role::Salesperson];
    assert_eq!(roles, [&worked[..], &[Role::GroupAdministrator]].concat());
}

#[tokio::test]
async fn the_group_has_an_administrator_in_both_of_its_stores() {
    let test = seeded(7).await;
    let query = "select d.name from membership m join dealership d using (dealership_id)
                 where m.role = 'group_administrator' and m.active order by d.name";
    assert_eq!(texts(&mut test.owner().await, query).await, ["Prairie Motors", "Prairie Motors Knoxville"]);
}

#[tokio::test]
async fn the_store_is_made_at_any_hour() {
    // Half past midnight, and a quarter to twelve at night, in the store's zone.
    for anchor in ["2026-11-21T06:30:00Z", "2026-11-22T05:45:00Z"] {
        let test = seeded_at(anchor, 2024, Tier::Small).await;
        let mut owner = test.owner().await;
        let early = texts(&mut owner, "select stock_number from vehicle where received_on > created_at::date").await;
        assert!(early.is_empty(), "{anchor}: {early:?}");
    }
}
