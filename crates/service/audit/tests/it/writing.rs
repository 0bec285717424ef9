//! An entry is true exactly when the change is.

use autolytiq_db::{AuditRecord, SystemUse};
use autolytiq_kernel::{Actor, DealId, Origin, Role};
use autolytiq_testkit::TestDb;

#[tokio::test]
async fn what_is_rolled_back_leaves_no_entry() {
    let test = TestDb::new().await;
    let mut tx = test.db().tenant(&test.ctx(test.store(), Role::Salesperson)).await.unwrap();
    let deal: DealId = tx.new_id();
    tx.audit(AuditRecord::new("deal.created", deal)).await.unwrap();
    drop(tx);
    let left: i64 =
        sqlx::query_scalar("select (select count(*) from audit_entry) + (select count(*) from audit_unsealed)")
            .fetch_one(&mut test.owner().await)
            .await
            .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn no_role_of_the_product_changes_or_removes_an_entry() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Administrator);
    crate::write(&test, &ctx, "deal.created", test.ids().next()).await;
    for statement in [
        "update audit_entry set reason = 'none'",
        "delete from audit_entry",
        "truncate audit_entry",
        // The partitions behind the table are no way around.
        "update audit_entry_default set reason = 'none'",
        "delete from audit_entry_default",
        "drop table audit_entry_default",
        "alter table audit_entry detach partition audit_entry_default",
        "alter table audit_entry disable row level security",
        "alter table audit_entry no force row level security",
        "update audit_seal set sequence = 7",
        "delete from audit_seal",
        "update audit_reason set reason = 'none'",
        "delete from audit_reason",
    ] {
        let mut app = test.db().tenant(&ctx).await.unwrap();
        let mut system = test.db().system(SystemUse::AuditSealing).await.unwrap();
        for connection in [app.conn(), system.conn()] {
            let refused = sqlx::raw_sql(statement).execute(connection).await.unwrap_err();
            let refused = refused.to_string();
            assert!(
                refused.contains("permission denied") || refused.contains("must be owner"),
                "{statement}: {refused}"
            );
        }
    }
}

#[tokio::test]
async fn an_entry_cannot_be_written_into_another_stores_trail() {
    let test = TestDb::new().await;
    let (ctx, other) = (test.ctx(test.store(), Role::Administrator), test.store());
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let forged = sqlx::query(
        "insert into audit_entry (dealership_id, id, occurred_at, job, request_id, action, subject_kind, subject_id)
         values ($1, $1, now(), 'audit.forge', $1, 'deal.created', 'deal', $1)",
    )
    .bind(other)
    .execute(tx.conn())
    .await;
    assert!(forged.unwrap_err().to_string().contains("row-level security"));
}

#[tokio::test]
async fn the_system_role_writes_for_the_store_it_names() {
    let test = TestDb::new().await;
    let store = test.store();
    let mut tx = test.db().system(SystemUse::LogIn).await.unwrap();
    let person = tx.new_id::<autolytiq_kernel::PersonId>();
    let origin = Origin { request: tx.new_id(), address: Some("203.0.113.7".parse().unwrap()) };
    tx.audit(store, &Actor::Job("identity.lock"), origin, AuditRecord::new("person.locked", person)).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.db().tenant(&test.ctx(store, Role::Administrator)).await.unwrap();
    let page = autolytiq_audit::history(&mut tx, person, &Default::default()).await.unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].address.as_deref(), Some("203.0.113.7"));
}
