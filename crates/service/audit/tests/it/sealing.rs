//! The chain of each store grows behind its writers.

use autolytiq_audit::{Scope, Sealed, seal, verify};
use autolytiq_kernel::{Role, TenantCtx};
use autolytiq_testkit::TestDb;

use crate::write;

async fn two_stores(test: &TestDb) -> (TenantCtx, TenantCtx) {
    let (a, b) = (test.ctx(test.store(), Role::Salesperson), test.ctx(test.store(), Role::Salesperson));
    for ctx in [&a, &b, &a] {
        write(test, ctx, "deal.created", test.ids().next()).await;
    }
    (a, b)
}

#[tokio::test]
async fn every_store_has_its_own_chain() {
    let test = TestDb::new().await;
    let (a, b) = two_stores(&test).await;
    assert_eq!(seal(test.db()).await.unwrap(), Sealed { entries: 3, stores: 2 });
    assert_eq!(seal(test.db()).await.unwrap(), Sealed::default());
    write(&test, &b, "deal.submitted", test.ids().next()).await;
    assert_eq!(seal(test.db()).await.unwrap(), Sealed { entries: 1, stores: 1 });

    let report = verify(test.db(), &Scope::default()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    let links: Vec<_> = report.chains.iter().map(|chain| (chain.dealership, chain.links, chain.unsealed)).collect();
    assert_eq!(links, [(a.acting(), 2, 0), (b.acting(), 2, 0)]);
}

#[tokio::test]
async fn an_unsealed_entry_is_counted_and_no_flaw() {
    let test = TestDb::new().await;
    two_stores(&test).await;
    let report = verify(test.db(), &Scope::default()).await.unwrap();
    assert!(report.is_whole());
    assert_eq!(report.chains.iter().map(|chain| chain.unsealed).sum::<u64>(), 3);
}

#[tokio::test]
async fn sealers_at_the_same_time_make_one_chain() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    for _ in 0..40 {
        write(&test, &ctx, "deal.created", test.ids().next()).await;
    }
    let (one, two) = tokio::join!(seal(test.db()), seal(test.db()));
    assert_eq!(one.unwrap().entries + two.unwrap().entries, 40);
    let report = verify(test.db(), &Scope::default()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!(report.chains[0].links, 40);
}

#[tokio::test]
async fn a_writer_does_not_wait_for_an_open_transaction_of_the_same_store() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let mut open = test.db().tenant(&ctx).await.unwrap();
    let deal: autolytiq_kernel::DealId = open.new_id();
    open.audit(autolytiq_db::AuditRecord::new("deal.created", deal)).await.unwrap();
    write(&test, &ctx, "deal.submitted", deal).await;
    assert_eq!(seal(test.db()).await.unwrap().entries, 1, "what is committed is sealed");
    open.commit().await.unwrap();
    assert_eq!(seal(test.db()).await.unwrap().entries, 1, "what committed later comes later in the chain");
    assert!(verify(test.db(), &Scope::default()).await.unwrap().is_whole());
}

#[tokio::test]
async fn partitions_are_made_ahead_and_rows_go_into_them() {
    let test = TestDb::new().await;
    let mut owner = test.owner().await;
    test.clock().set("2031-03-02T12:00:00Z".parse().unwrap());
    let mut tx = test.db().system(autolytiq_db::SystemUse::Housekeeping).await.unwrap();
    let made: i32 =
        sqlx::query_scalar("select app.create_partitions_ahead('2031-03-02', 4)").fetch_one(tx.conn()).await.unwrap();
    let again: i32 =
        sqlx::query_scalar("select app.create_partitions_ahead('2031-03-31', 4)").fetch_one(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((made, again), (8, 0), "two tables, four months, and the same months once more");

    let ctx = test.ctx(test.store(), Role::Salesperson);
    write(&test, &ctx, "deal.created", test.ids().next()).await;
    let table: String =
        sqlx::query_scalar("select tableoid::regclass::text from audit_entry").fetch_one(&mut owner).await.unwrap();
    assert_eq!(table, "audit_entry_2031_03");
    let findings = autolytiq_db::catalogue::check(test.access()).await.unwrap();
    assert!(findings.is_empty(), "{findings:?}");
}
