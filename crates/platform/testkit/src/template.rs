//! The template database, migrated once per state of the migrations, and its clones.

use std::sync::atomic::{AtomicU32, Ordering};

use autolytiq_db::{Access, migrate, migrations_fingerprint, prepare};
use autolytiq_kernel::Clock;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::server::Server;

const PREFIX: &str = "autolytiq_test_";
/// Held while the template is made, so that one process makes it and the others wait.
const LOCK: i64 = 0x6175_746f_6c79_7431;
/// Clones older than this many seconds were left by a test that was killed.
const ABANDONED_AFTER: i64 = 3_600;

/// Makes a database for one test and returns its name.
pub(crate) async fn clone_database(server: &Server) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let (now, number) = (Clock::system().now().as_second(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let name = format!("{PREFIX}at_{now}_{}_{number}", std::process::id());
    let mut connection = connect(server).await;
    // Tests built from other migrations sweep up templates that are not theirs, so ours may vanish between two looks.
    for _ in 0..3 {
        ensure(server, &mut connection).await;
        let sql = format!("create database {name} template {} strategy file_copy owner autolytiq_owner", template());
        match sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await {
            Ok(_) => {
                connection.close().await.expect("closing a connection");
                return name;
            }
            Err(sqlx::Error::Database(report)) if report.code().as_deref() == Some("3D000") => {}
            Err(error) => panic!("cloning the template: {error}"),
        }
    }
    panic!("the template database keeps vanishing: is another test run using other migrations on this server?")
}

/// Removes the database of one test, whoever is still connected.
pub(crate) async fn drop_database(server: &Server, name: &str) {
    let mut connection = connect(server).await;
    run(&mut connection, &format!("drop database if exists {name} with (force)")).await;
    connection.close().await.expect("closing a connection");
}

fn template() -> String {
    format!("{PREFIX}template_{}", &migrations_fingerprint()[..16])
}

/// Makes the template when there is none.
async fn ensure(server: &Server, connection: &mut PgConnection) {
    if is_finished(connection).await {
        return;
    }
    sqlx::query("select pg_advisory_lock($1)")
        .bind(LOCK)
        .execute(&mut *connection)
        .await
        .expect("locking the template");
    if !is_finished(connection).await {
        let template = template();
        sweep(connection).await;
        let access: Access = server.access(&template);
        prepare(&access).await.unwrap_or_else(|error| panic!("preparing the template: {error:?}"));
        migrate(&access).await.unwrap_or_else(|error| panic!("migrating the template: {error:?}"));
        run(connection, &format!("alter database {template} allow_connections false")).await;
    }
    sqlx::query("select pg_advisory_unlock($1)").bind(LOCK).execute(connection).await.expect("unlocking the template");
}

/// A finished template takes no connections; one that does was left half-made.
async fn is_finished(connection: &mut PgConnection) -> bool {
    let finished: Option<bool> = sqlx::query_scalar("select not datallowconn from pg_database where datname = $1")
        .bind(template())
        .fetch_optional(connection)
        .await
        .expect("looking for the template");
    finished == Some(true)
}

/// Drops half-made and outdated templates and abandoned clones, except those in use.
async fn sweep(connection: &mut PgConnection) {
    let names: Vec<String> = sqlx::query_scalar(
        "select datname::text from pg_database d
         where starts_with(datname, $1) and not exists (select from pg_stat_activity a where a.datname = d.datname)",
    )
    .bind(PREFIX)
    .fetch_all(&mut *connection)
    .await
    .expect("listing the test databases");
    let now = Clock::system().now().as_second();
    for name in names {
        let made =
            name.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix("at_")).and_then(|rest| rest.split('_').next());
        let age = made.and_then(|made| made.parse::<i64>().ok()).map(|made| now.saturating_sub(made));
        if age.is_none_or(|age| age > ABANDONED_AFTER) {
            // Somebody may have connected since; then it stays.
            let _ =
                sqlx::raw_sql(AssertSqlSafe(format!("drop database if exists {name}"))).execute(&mut *connection).await;
        }
    }
}

async fn connect(server: &Server) -> PgConnection {
    PgConnection::connect_with(&server.superuser)
        .await
        .unwrap_or_else(|error| panic!("connecting to the test server: {error}"))
}

/// Runs a statement about a database whose name this file made.
async fn run(connection: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
