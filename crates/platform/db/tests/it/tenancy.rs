//! No store sees or touches another's rows.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::{DealershipId, Role, TenantCtx};
use autolytiq_testkit::TestDb;
use sqlx::Connection;

/// A table like any feature's.
async fn with_note_table() -> TestDb {
    let test = TestDb::new().await;
    let mut owner = test.owner().await;
    sqlx::raw_sql(
        "create table note (dealership_id uuid not null, id uuid not null, body text not null, primary key (dealership_id, id),
                            unique (dealership_id, body));
         call app.protect_tenant_table('note')",
    )
    .execute(&mut owner)
    .await
    .unwrap();
    owner.close().await.unwrap();
    test
}

async fn write(test: &TestDb, ctx: &TenantCtx, store: DealershipId, body: &str) -> Result<u64, autolytiq_db::DbError> {
    let mut tx = test.db().tenant(ctx).await?;
    let id = tx.ids().uuid();
    let done = sqlx::query("insert into note (dealership_id, id, body) values ($1, $2, $3)")
        .bind(store)
        .bind(id)
        .bind(body)
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(done.rows_affected())
}

/// Deliberately without `where dealership_id`: the policy alone has to hold.
async fn bodies(tx: &mut TenantTx) -> Vec<String> {
    sqlx::query_scalar("select body from note order by body").fetch_all(tx.conn()).await.unwrap()
}

#[tokio::test]
async fn a_store_reads_its_own_rows_and_a_group_manager_those_they_may() {
    let test = with_note_table().await;
    let (a, b, c) = (test.store(), test.store(), test.store());
    for (store, body) in [(a, "a"), (b, "b"), (c, "c")] {
        write(&test, &test.ctx(store, Role::Salesperson), store, body).await.unwrap();
    }
    let mut own = test.db().tenant(&test.ctx(a, Role::Administrator)).await.unwrap();
    assert_eq!(bodies(&mut own).await, ["a"]);
    let mut group = test.db().tenant(&test.ctx_reading(a, [b], Role::SalesManager)).await.unwrap();
    assert_eq!(bodies(&mut group).await, ["a", "b"]);
}

#[tokio::test]
async fn writes_reach_the_acting_store_only_even_when_another_may_be_read() {
    let test = with_note_table().await;
    let (a, b) = (test.store(), test.store());
    write(&test, &test.ctx(b, Role::Salesperson), b, "theirs").await.unwrap();
    let ctx = test.ctx_reading(a, [b], Role::Administrator);

    let refused = write(&test, &ctx, b, "smuggled").await.unwrap_err();
    assert!(format!("{refused:?}").contains("row-level security"), "{refused:?}");

    let mut tx = test.db().tenant(&ctx).await.unwrap();
    for statement in ["update note set body = 'mine'", "delete from note"] {
        let done = sqlx::query(statement).execute(tx.conn()).await.unwrap();
        assert_eq!(done.rows_affected(), 0, "{statement}");
    }
    assert_eq!(bodies(&mut tx).await, ["theirs"]);
    drop(tx);

    write(&test, &ctx, a, "ours").await.unwrap();
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let moved = sqlx::query("update note set dealership_id = $1 where body = 'ours'").bind(b).execute(tx.conn()).await;
    assert!(format!("{moved:?}").contains("row-level security"), "a row cannot be given away: {moved:?}");
}

#[tokio::test]
async fn a_transaction_that_goes_on_for_another_store_writes_there_and_nowhere_else_and_ends_as_one() {
    const INSERT: &str = "insert into note (dealership_id, id, body) values ($1, gen_random_uuid(), $2)";
    let test = with_note_table().await;
    let (a, b) = (test.store(), test.store());
    let (in_a, in_b) = (test.ctx_reading(a, [b], Role::GroupAdministrator), test.ctx(b, Role::GroupAdministrator));
    for commits in [false, true] {
        let mut tx = test.db().tenant(&in_a).await.unwrap();
        sqlx::query(INSERT).bind(a).bind("first").execute(tx.conn()).await.unwrap();
        tx.audit(AuditRecord::new("note.written", a)).await.unwrap();
        let mut tx = tx.go_on_for(&in_b).await.unwrap();
        assert_eq!((tx.acting(), tx.ctx().readable()), (b, [b].as_slice()));
        assert_eq!(bodies(&mut tx).await, Vec::<String>::new(), "the first store is out of sight");
        sqlx::query(INSERT).bind(b).bind("second").execute(tx.conn()).await.unwrap();
        tx.audit(AuditRecord::new("note.written", b)).await.unwrap();
        sqlx::raw_sql("savepoint before").execute(tx.conn()).await.unwrap();
        let back = sqlx::query(INSERT).bind(a).bind("smuggled").execute(tx.conn()).await;
        assert!(format!("{back:?}").contains("row-level security"), "{back:?}");
        sqlx::raw_sql("rollback to before").execute(tx.conn()).await.unwrap();
        let mut tx = tx.go_on_for(&in_a).await.unwrap();
        assert_eq!(bodies(&mut tx).await, ["first", "second"]);
        if commits {
            tx.commit().await.unwrap();
        } else {
            tx.rollback().await.unwrap();
        }
        let mut read = test.db().tenant(&in_a).await.unwrap();
        assert_eq!(bodies(&mut read).await.len(), if commits { 2 } else { 0 });
    }
    let entries: Vec<DealershipId> = sqlx::query_scalar("select dealership_id from audit_entry order by id")
        .fetch_all(&mut test.owner().await)
        .await
        .unwrap();
    assert_eq!(entries, [a, b], "each in the trail of its store");
}

#[tokio::test]
async fn a_key_used_by_another_store_is_free() {
    let test = with_note_table().await;
    let (a, b) = (test.store(), test.store());
    assert_eq!(write(&test, &test.ctx(a, Role::Salesperson), a, "same words").await.unwrap(), 1);
    assert_eq!(write(&test, &test.ctx(b, Role::Salesperson), b, "same words").await.unwrap(), 1);
    let again = write(&test, &test.ctx(b, Role::Salesperson), b, "same words").await.unwrap_err();
    assert!(again.is_duplicate_of("note_dealership_id_body_key"), "{again:?}");
}

#[tokio::test]
async fn a_connection_goes_back_without_a_tenant() {
    let settings = autolytiq_db::PoolSettings { app_connections: 1, ..Default::default() };
    let test = TestDb::with_settings(settings).await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let acting: Option<DealershipId> = sqlx::query_scalar("select app.acting()").fetch_one(tx.conn()).await.unwrap();
    assert_eq!(acting, Some(ctx.acting()));
    tx.commit().await.unwrap();

    // The pool has one connection, so this is the same one, after the transaction ended.
    let job = test.job_ctx(test.store());
    let mut tx = test.db().tenant(&job).await.unwrap();
    sqlx::raw_sql("rollback").execute(tx.conn()).await.unwrap();
    let left: (Option<DealershipId>, Option<Vec<DealershipId>>, Option<uuid::Uuid>) =
        sqlx::query_as("select app.acting(), app.readable(), app.person()").fetch_one(tx.conn()).await.unwrap();
    assert_eq!(left, (None, None, None));
}

#[tokio::test]
async fn the_doors_do_not_lead_into_each_others_rooms() {
    let test = with_note_table().await;
    let mut tx = test.db().tenant(&test.ctx(test.store(), Role::Administrator)).await.unwrap();
    for statement in [
        "set role autolytiq_owner",
        "set row_security = off; select * from note",
        "create table mine (id uuid)",
        "alter table note disable row level security",
        "update audit_entry set action = 'nothing.happened'",
        "delete from audit_entry",
        "delete from audit_seal",
        "select * from audit_unsealed",
        "select app.create_partitions_ahead('2026-01-01', 1)",
    ] {
        sqlx::raw_sql("savepoint before").execute(tx.conn()).await.unwrap();
        let done = sqlx::raw_sql(statement).execute(tx.conn()).await;
        assert!(done.is_err(), "{statement} was allowed");
        sqlx::raw_sql("rollback to before").execute(tx.conn()).await.unwrap();
    }
    let mut tx = test.db().system(autolytiq_db::SystemUse::Housekeeping).await.unwrap();
    let peek = sqlx::query("select body from note").fetch_all(tx.conn()).await;
    assert!(format!("{peek:?}").contains("permission denied"), "the system role has narrow grants: {peek:?}");
}

#[tokio::test]
async fn a_system_table_is_closed_to_stores_and_a_reference_table_is_read_by_all_and_written_by_none() {
    let test = TestDb::new().await;
    sqlx::raw_sql(
        "create table lockout (id uuid primary key);
         call app.protect_system_table('lockout', 'select, insert');
         create table county (fips text primary key);
         call app.publish_reference_table('county');
         insert into county values ('48113')",
    )
    .execute(&mut test.owner().await)
    .await
    .unwrap();
    let mut app = test.db().tenant(&test.ctx(test.store(), Role::Administrator)).await.unwrap();
    let mut system = test.db().system(autolytiq_db::SystemUse::Housekeeping).await.unwrap();
    let county = "select fips from county";
    assert_eq!(sqlx::query_scalar::<_, String>(county).fetch_one(app.conn()).await.unwrap(), "48113");
    assert_eq!(sqlx::query_scalar::<_, String>(county).fetch_one(system.conn()).await.unwrap(), "48113");
    sqlx::query("insert into lockout values (gen_random_uuid())").execute(system.conn()).await.unwrap();
    for (connection, statement) in [(app.conn(), "select id from lockout"), (system.conn(), "delete from lockout")] {
        let refused = sqlx::query(statement).execute(connection).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{statement}: {refused}");
    }
    for ctx in [test.ctx(test.store(), Role::Administrator), test.job_ctx(test.store())] {
        let mut app = test.db().tenant(&ctx).await.unwrap();
        let refused = sqlx::query("insert into county values ('00000')").execute(app.conn()).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{refused}");
    }
}
