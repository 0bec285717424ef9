//! Looks at a server without changing it, for `autolytiq doctor`.

use sqlx::{Connection, PgConnection, Row, postgres::PgConnectOptions};

use crate::{
    Access, DbError,
    access::{APP, OWNER, SYSTEM},
    migrate::{newest, newest_known},
    prepare::{self, EXTENSIONS},
};

/// What is there and what is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The server's version as it reports it.
    pub server_version: String,
    /// Whether we run on it: PostgreSQL 16 or newer.
    pub server_is_supported: bool,
    /// Whether the database exists.
    pub database_exists: bool,
    /// Extensions that make the product quicker and are not installed in the database.
    pub extensions_missing: Vec<String>,
    /// The three roles.
    pub roles: Vec<(String, RoleState)>,
    /// The piece of log that could not be archived, while that goes on: the server keeps everything since, until its disk
    /// is full.
    pub archiving_stuck_at: Option<String>,
    /// The newest migration in the database, 0 for none.
    pub migration_found: i64,
    /// The newest migration of this program.
    pub migration_needed: i64,
}

impl Inspection {
    /// Whether the product would start.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.server_is_supported
            && self.database_exists
            && self.roles.iter().all(|(_, state)| *state == RoleState::Fit)
            && self.migration_found == self.migration_needed
    }
}

/// Whether a role is what it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleState {
    /// It is.
    Fit,
    /// There is no such role, or it may not log in.
    Missing,
    /// Row-level security would not bind it, or it may create roles or databases.
    TooStrong,
    /// The owner lacks `BYPASSRLS`: migrations would silently backfill no rows.
    TooWeak,
}

/// Looks at the server, the database, the roles and the migrations. What is missing is in the answer.
///
/// # Errors
/// [`DbError::Unavailable`] or [`DbError::Query`] when the server cannot be reached or refuses the log-in.
pub async fn inspect(access: &Access) -> Result<Inspection, DbError> {
    let (mut connection, database_exists) = connect(access).await?;
    let (server_version, server_is_supported) = prepare::server_version(&mut connection).await?;
    let mut roles = Vec::new();
    for (name, options) in [(OWNER, &access.owner), (APP, &access.app), (SYSTEM, &access.system)] {
        let name = if access.bootstrap.is_some() { name.to_owned() } else { username(options) };
        let state = role_state(&mut connection, &name, std::ptr::eq(options, &access.owner)).await?;
        roles.push((name, state));
    }
    let (mut extensions_missing, mut migration_found) = (Vec::new(), 0);
    if database_exists {
        for extension in EXTENSIONS {
            let installed: bool = sqlx::query_scalar("select exists (select from pg_extension where extname = $1)")
                .bind(extension)
                .fetch_one(&mut connection)
                .await?;
            if !installed {
                extensions_missing.push(extension.to_owned());
            }
        }
        migration_found = newest(&mut connection).await?;
    }
    let archiving_stuck_at: Option<String> = sqlx::query_scalar(
        "select last_failed_wal from pg_stat_archiver
         where current_setting('archive_mode') <> 'off' and last_failed_time > coalesce(last_archived_time, '-infinity')",
    )
    .fetch_optional(&mut connection)
    .await?;
    connection.close().await?;
    Ok(Inspection {
        server_version,
        server_is_supported,
        database_exists,
        extensions_missing,
        roles,
        archiving_stuck_at,
        migration_found,
        migration_needed: newest_known(),
    })
}

/// A connection to the product's database, or to whatever the given role can reach while that does not exist.
async fn connect(access: &Access) -> Result<(PgConnection, bool), DbError> {
    let Some(bootstrap) = &access.bootstrap else {
        return Ok((PgConnection::connect_with(&access.owner).await?, true));
    };
    match PgConnection::connect_with(&bootstrap.options.clone().database(&bootstrap.database)).await {
        Err(sqlx::Error::Database(report)) if report.code().as_deref() == Some("3D000") => {
            Ok((prepare::connect(bootstrap).await?, false))
        }
        other => Ok((other?, true)),
    }
}

async fn role_state(connection: &mut PgConnection, role: &str, is_owner: bool) -> Result<RoleState, DbError> {
    let row = sqlx::query(
        "select rolcanlogin, rolsuper or rolcreaterole or rolcreatedb, rolbypassrls from pg_roles where rolname = $1",
    )
    .bind(role)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(RoleState::Missing) };
    let (may_log_in, strong, bypasses): (bool, bool, bool) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    Ok(match (may_log_in, strong, bypasses, is_owner) {
        (false, ..) => RoleState::Missing,
        (_, _, false, true) => RoleState::TooWeak,
        (_, true, _, false) | (_, _, true, false) => RoleState::TooStrong,
        _ => RoleState::Fit,
    })
}

fn username(options: &PgConnectOptions) -> String {
    options.get_username().to_owned()
}
