//! Time-outs, full pools and lost races.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use autolytiq_db::{DbError, PoolSettings, TenantTx};
use autolytiq_kernel::{Role, problem::Problem};
use autolytiq_testkit::TestDb;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{io::AsyncWriteExt, net::TcpListener};

fn hasty() -> PoolSettings {
    let short = Duration::from_millis(150);
    PoolSettings {
        app_connections: 1,
        system_connections: 1,
        // Opening the first connection counts too, on a machine that may be busy.
        acquire_timeout: Duration::from_secs(3),
        statement_timeout: short,
        idle_in_transaction_timeout: short,
        ..PoolSettings::default()
    }
}

#[tokio::test]
async fn a_slow_statement_is_ended_and_told_as_a_time_out() {
    let test = TestDb::with_settings(hasty()).await;
    let mut tx = test.db().tenant(&test.ctx(test.store(), Role::Salesperson)).await.unwrap();
    let error = sqlx::query("select pg_sleep(5)").execute(tx.conn()).await.map_err(DbError::from).unwrap_err();
    assert!(matches!(error, DbError::TimedOut(_)), "{error:?}");
    assert_eq!(Problem::from(error).code().status, 503);
}

/// A server killed while it shakes hands leaves a byte that means nothing; here one that plays it.
#[tokio::test]
async fn a_server_that_ends_in_mid_handshake_is_away() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = async {
        let (mut client, _) = listener.accept().await.unwrap();
        client.write_all(&[0]).await.unwrap();
    };
    let options = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(port).username("somebody");
    let ((), answer) = tokio::join!(server, PgConnection::connect_with(&options));
    let error = answer.map(drop).map_err(DbError::from).unwrap_err();
    assert!(matches!(error, DbError::Unavailable(_)), "{error:?}");
    assert_eq!(Problem::from(error).code().status, 503);
}

#[tokio::test]
async fn a_value_that_cannot_be_stored_is_the_clients_fault() {
    let test = TestDb::new().await;
    for statement in [
        "select convert_from('\\x00', 'UTF8')",
        "select '\"\\u0000\"'::jsonb ->> 0",
        "select 9223372036854775807 + 1",
        "select date '5874897-12-31' + 1",
    ] {
        let mut tx = test.db().tenant(&test.ctx(test.store(), Role::Salesperson)).await.unwrap();
        let error = sqlx::query(statement).execute(tx.conn()).await.map_err(DbError::from).unwrap_err();
        assert!(matches!(error, DbError::Unstorable(_)), "{statement}: {error:?}");
        assert_eq!(Problem::from(error).code().status, 422, "{statement}");
    }
    let mut tx = test.db().tenant(&test.ctx(test.store(), Role::Salesperson)).await.unwrap();
    let nul = sqlx::query("select $1::text").bind("a\0b").execute(tx.conn()).await.map_err(DbError::from).unwrap_err();
    assert!(matches!(nul, DbError::Unstorable(_)), "{nul:?}");
}

#[tokio::test]
async fn a_transaction_that_sits_idle_is_ended_and_the_pool_recovers() {
    let test = TestDb::with_settings(hasty()).await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
    let error = sqlx::query("select 1").execute(tx.conn()).await.map_err(DbError::from).unwrap_err();
    assert!(matches!(error, DbError::Unavailable(_)), "{error:?}");
    drop(tx);
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    sqlx::query("select 1").execute(tx.conn()).await.unwrap();
}

#[tokio::test]
async fn a_full_pool_says_so_soon() {
    let test =
        TestDb::with_settings(PoolSettings { idle_in_transaction_timeout: Duration::from_secs(20), ..hasty() }).await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let _held = test.db().tenant(&ctx).await.unwrap();
    let refused = test.db().tenant(&ctx).await.unwrap_err();
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
    assert_eq!(test.db().connections().0, 1);
}

#[tokio::test]
async fn a_lost_race_is_repeated_and_other_errors_are_not() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let tries = AtomicU32::new(0);
    let lose = async |tx: &mut TenantTx, sqlstate: &str, times: u32| -> Result<u32, DbError> {
        let number = tries.fetch_add(1, Ordering::SeqCst) + 1;
        if number <= times {
            let raise = format!("do $$ begin raise exception using errcode = '{sqlstate}'; end $$");
            sqlx::raw_sql(sqlx::AssertSqlSafe(raise)).execute(tx.conn()).await?;
        }
        Ok(number)
    };
    assert_eq!(test.db().tenant_retrying(&ctx, async |tx| lose(tx, "40001", 2).await).await.unwrap(), 3);

    tries.store(0, Ordering::SeqCst);
    let lost = test.db().tenant_retrying(&ctx, async |tx| lose(tx, "40P01", 9).await).await.unwrap_err();
    assert!(lost.is_contention(), "{lost:?}");
    assert_eq!(tries.load(Ordering::SeqCst), 3);

    tries.store(0, Ordering::SeqCst);
    let failed = test.db().tenant_retrying(&ctx, async |tx| lose(tx, "22012", 9).await).await.unwrap_err();
    assert!(matches!(failed, DbError::Query(_)), "{failed:?}");
    assert_eq!(tries.load(Ordering::SeqCst), 1);
}

/// A handler's future has to be `Send`; this fails to compile when it is not.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the test waits for its task itself")]
async fn retrying_works_in_a_task() {
    let test = TestDb::new().await;
    let (db, ctx) = (test.db().clone(), test.ctx(test.store(), Role::Salesperson));
    let task = tokio::task::spawn(async move {
        db.tenant_retrying(&ctx, async |tx: &mut TenantTx| {
            sqlx::query("select 1").execute(tx.conn()).await?;
            Ok::<_, DbError>(())
        })
        .await
    });
    task.await.unwrap().unwrap();
}
