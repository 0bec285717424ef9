//! Keeping the write-ahead log for as long as a backup takes.

use sqlx::{Connection, PgConnection};

use crate::{Access, DbError, prepare};

/// Keeps the server from throwing away log that a running backup still needs: a temporary replication slot, which goes
/// with its connection, whatever becomes of this process.
#[derive(Debug)]
pub struct LogHold {
    connection: PgConnection,
    /// The sizes of all databases together when the hold was taken, in bytes.
    pub bytes: u64,
}

impl LogHold {
    /// Takes the hold as the role that made the others, which must be a superuser or have `REPLICATION`.
    ///
    /// # Errors
    /// [`DbError::NotPrepared`] where the roles were given one by one; otherwise what the database reports.
    pub async fn take(access: &Access) -> Result<Self, DbError> {
        let bootstrap = access.bootstrap.as_ref().ok_or(DbError::NoBootstrap)?;
        let mut connection = prepare::connect(bootstrap).await?;
        sqlx::query("select pg_create_physical_replication_slot('autolytiq_backup_' || pg_backend_pid(), true, true)")
            .execute(&mut connection)
            .await?;
        let bytes: i64 = sqlx::query_scalar("select sum(pg_database_size(oid))::bigint from pg_database")
            .fetch_one(&mut connection)
            .await?;
        Ok(Self { connection, bytes: bytes.unsigned_abs() })
    }

    /// Lets the log go.
    ///
    /// # Errors
    /// When the connection was lost meanwhile: the server may then have thrown away what the backup needed.
    pub async fn release(mut self) -> Result<(), DbError> {
        self.connection.ping().await?;
        Ok(self.connection.close().await?)
    }
}
