//! Makes sure that the roles, the database and the extensions exist, which is all that needs a strong role.

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, postgres::PgConnectOptions};

use crate::{
    Access, DbError,
    access::{APP, Bootstrap, OWNER, SYSTEM},
};

/// Serialises preparations on one server: creating a role twice at once is an error.
const LOCK: i64 = 0x6175_746f_6c79_0001;

/// Extensions that make searching quicker; the product runs without them.
pub(crate) const EXTENSIONS: [&str; 3] = ["pg_trgm", "btree_gin", "vector"];

/// Ensures the three roles, the database and the extensions; safe to repeat, and by several processes at once.
///
/// Does nothing but look at the server's version when the roles were given one by one.
///
/// # Errors
/// [`DbError::ServerTooOld`] below PostgreSQL 16; [`DbError::CannotPrepare`] with the SQL for an administrator when the
/// given role may not create roles; otherwise what the database reports.
pub async fn prepare(access: &Access) -> Result<(), DbError> {
    let Some(bootstrap) = &access.bootstrap else {
        let mut connection = PgConnection::connect_with(&access.owner).await?;
        check_version(&mut connection).await?;
        return Ok(connection.close().await?);
    };
    let mut connection = connect(bootstrap).await?;
    check_version(&mut connection).await?;
    sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut connection).await?;
    let result = prepare_locked(bootstrap, &mut connection).await;
    // The lock goes with the connection in any case.
    let closed = connection.close().await;
    result?;
    Ok(closed?)
}

/// Connects as the bootstrap role: to the wanted database, or to `postgres` when that does not exist yet.
pub(crate) async fn connect(bootstrap: &Bootstrap) -> Result<PgConnection, DbError> {
    match PgConnection::connect_with(&bootstrap.options).await {
        Err(sqlx::Error::Database(report)) if report.code().as_deref() == Some("3D000") => {
            Ok(PgConnection::connect_with(&bootstrap.options.clone().database("postgres")).await?)
        }
        other => Ok(other?),
    }
}

async fn check_version(connection: &mut PgConnection) -> Result<(), DbError> {
    let (found, supported) = server_version(connection).await?;
    if supported { Ok(()) } else { Err(DbError::ServerTooOld { found }) }
}

/// The server's version, and whether we run on it.
pub(crate) async fn server_version(connection: &mut PgConnection) -> Result<(String, bool), DbError> {
    let row = sqlx::query("select current_setting('server_version_num')::integer, current_setting('server_version')")
        .fetch_one(connection)
        .await?;
    let number: i32 = row.try_get(0)?;
    Ok((row.try_get(1)?, number >= 160_000))
}

async fn prepare_locked(bootstrap: &Bootstrap, connection: &mut PgConnection) -> Result<(), DbError> {
    for role in [OWNER, APP, SYSTEM] {
        if let Err(error) = ensure_role(bootstrap, connection, role).await {
            return Err(refused(bootstrap, connection, error).await);
        }
    }
    if let Err(error) = ensure_database(bootstrap, connection).await {
        return Err(refused(bootstrap, connection, error).await);
    }
    ensure_extensions(&bootstrap.options.clone().database(&bootstrap.database)).await
}

async fn ensure_role(bootstrap: &Bootstrap, connection: &mut PgConnection, role: &str) -> Result<(), sqlx::Error> {
    let bypass = role == OWNER;
    let exists: Option<bool> = sqlx::query_scalar(
        "select rolcanlogin and not rolsuper and not rolcreaterole and not rolcreatedb and rolbypassrls = $2
         from pg_roles where rolname = $1",
    )
    .bind(role)
    .bind(bypass)
    .fetch_optional(&mut *connection)
    .await?;
    let password = match bootstrap.verifier_of(role) {
        Some(verifier) => format!("password '{verifier}'"),
        None => "password null".to_owned(),
    };
    let attributes = role_attributes(role);
    match exists {
        None => run(connection, format!("create role {role} {attributes} {password}")).await,
        Some(false) => run(connection, format!("alter role {role} {attributes} {password}")).await,
        Some(true) if has_password(bootstrap, connection, role).await? => Ok(()),
        Some(true) => run(connection, format!("alter role {role} {password}")).await,
    }
}

/// Whether the stored verifier is already ours. Only a superuser can look; for others it is written anew.
async fn has_password(bootstrap: &Bootstrap, connection: &mut PgConnection, role: &str) -> Result<bool, sqlx::Error> {
    let may_look: bool = sqlx::query_scalar("select has_table_privilege('pg_catalog.pg_authid', 'select')")
        .fetch_one(&mut *connection)
        .await?;
    if !may_look {
        return Ok(false);
    }
    let stored: Option<String> = sqlx::query_scalar("select rolpassword from pg_catalog.pg_authid where rolname = $1")
        .bind(role)
        .fetch_one(connection)
        .await?;
    Ok(stored == bootstrap.verifier_of(role))
}

fn role_attributes(role: &str) -> &'static str {
    // Under FORCE an owner without BYPASSRLS backfills no rows in a migration and reports no error.
    if role == OWNER {
        "login nosuperuser nocreatedb nocreaterole noreplication bypassrls"
    } else {
        "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
    }
}

async fn ensure_database(bootstrap: &Bootstrap, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let name = quote(&bootstrap.database);
    let exists: Option<bool> = sqlx::query_scalar("select true from pg_database where datname = $1")
        .bind(&bootstrap.database)
        .fetch_optional(&mut *connection)
        .await?;
    let superuser: bool = sqlx::query_scalar("select rolsuper from pg_roles where rolname = current_user")
        .fetch_one(&mut *connection)
        .await?;
    if !superuser {
        // Whoever hands a database to another role must be able to become it.
        run(connection, format!("grant {OWNER} to current_user")).await?;
    }
    if exists.is_none() {
        run(connection, format!("create database {name} owner {OWNER} encoding 'UTF8' template template0")).await?;
        run(connection, format!("revoke all on database {name} from public")).await?;
    }
    run(connection, format!("grant connect, create, temporary on database {name} to {OWNER}")).await?;
    run(connection, format!("grant connect on database {name} to {APP}, {SYSTEM}")).await
}

/// What only a strong role may create, where the server has it: `vector` is not a trusted extension.
async fn ensure_extensions(options: &PgConnectOptions) -> Result<(), DbError> {
    let mut connection = PgConnection::connect_with(options).await?;
    // In a database that somebody else owns, the schema is theirs to open.
    let owned: bool =
        sqlx::query_scalar("select pg_catalog.has_schema_privilege('autolytiq_owner', 'public', 'create')")
            .fetch_one(&mut connection)
            .await?;
    if !owned {
        run(&mut connection, format!("grant usage, create on schema public to {OWNER}")).await?;
    }
    // Open to everyone only in databases that came from PostgreSQL 14 or older.
    run(&mut connection, "revoke create on schema public from public".to_owned()).await?;
    for extension in EXTENSIONS {
        let available: bool = sqlx::query_scalar(
            "select exists (select from pg_available_extensions where name = $1 and installed_version is null)",
        )
        .bind(extension)
        .fetch_one(&mut connection)
        .await?;
        if available
            && let Err(error) = run(&mut connection, format!("create extension if not exists {extension}")).await
        {
            tracing::warn!(extension, %error, "the extension is available but this role may not create it");
        }
    }
    Ok(connection.close().await?)
}

/// Turns "permission denied" into the SQL that an administrator can run.
async fn refused(bootstrap: &Bootstrap, connection: &mut PgConnection, error: sqlx::Error) -> DbError {
    let denied = matches!(&error, sqlx::Error::Database(report) if report.code().as_deref() == Some("42501"));
    if !denied {
        return error.into();
    }
    let role: String = match sqlx::query_scalar("select current_user").fetch_one(connection).await {
        Ok(role) => role,
        Err(error) => return error.into(),
    };
    let mut sql = String::new();
    for name in [OWNER, APP, SYSTEM] {
        sql.push_str(&format!("create role {name} {} password '<choose one>';\n", role_attributes(name)));
    }
    let database = quote(&bootstrap.database);
    sql.push_str(&format!("create database {database} owner {OWNER};\n\\connect {database}\n"));
    for extension in EXTENSIONS {
        sql.push_str(&format!("create extension if not exists {extension};\n"));
    }
    sql.push_str("-- then give the three addresses as database.owner_url, database.app_url and database.system_url\n");
    DbError::CannotPrepare { role, sql, source: error }
}

fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

/// Runs a statement that cannot take binds: names and attributes of this file, and verifiers of base64.
async fn run(connection: &mut PgConnection, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}
