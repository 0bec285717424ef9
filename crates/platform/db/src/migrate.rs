//! The one series of migrations, embedded from `/migrations` and run as the owner.

use sha2::{Digest, Sha256};
use sqlx::{
    Connection, PgConnection,
    migrate::{MigrateError, Migrator},
};

use crate::{Access, DbError};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations");

/// What a run of the migrations did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The newest migration before, 0 when there was none.
    pub from: i64,
    /// The newest migration now.
    pub to: i64,
    /// The numbers and names that were applied, in order.
    pub applied: Vec<(i64, String)>,
}

/// Applies the pending migrations as the owner, and makes the partitions of the coming months. Several processes may call it at once: the first works, the others wait
/// for its advisory lock and then find nothing to do.
///
/// # Errors
/// [`DbError::DatabaseNewer`] when the database has a migration that this program does not know;
/// [`DbError::Migration`] when one fails (each runs in its own transaction) or was edited after it was applied.
pub async fn migrate(access: &Access) -> Result<Migrated, DbError> {
    let mut connection = PgConnection::connect_with(&access.owner).await?;
    let from = newest(&mut connection).await?;
    MIGRATIONS.run(&mut connection).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) => DbError::DatabaseNewer { found },
        // The connection was lost, which is not the migration's fault.
        MigrateError::Execute(error @ sqlx::Error::Io(_)) => DbError::Unavailable(error),
        other => DbError::Migration(other),
    })?;
    // Before the first row is written, or this month's rows would stay in the default partitions.
    sqlx::query("select app.create_partitions_ahead(current_date, 4)").execute(&mut connection).await?;
    let to = newest(&mut connection).await?;
    let rows: Vec<(i64, String)> =
        sqlx::query_as("select version, description from _sqlx_migrations where version > $1 order by version")
            .bind(from)
            .fetch_all(&mut connection)
            .await?;
    connection.close().await?;
    Ok(Migrated { from, to, applied: rows })
}

/// The newest migration that was applied, 0 for none.
pub(crate) async fn newest(connection: &mut PgConnection) -> Result<i64, DbError> {
    let exists: bool = sqlx::query_scalar("select to_regclass('public._sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !exists {
        return Ok(0);
    }
    Ok(sqlx::query_scalar("select coalesce(max(version), 0) from _sqlx_migrations where success")
        .fetch_one(connection)
        .await?)
}

/// The newest migration of this program.
#[must_use]
pub fn newest_known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// A hash over the embedded series (64 hexadecimal digits); names the template database of a test run.
#[must_use]
pub fn migrations_fingerprint() -> String {
    let mut hash = Sha256::new();
    for migration in MIGRATIONS.iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&*migration.checksum);
    }
    hex::encode(hash.finalize())
}
