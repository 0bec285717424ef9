//! What can go wrong between us and the database, sorted by what a caller can do about it.

use autolytiq_kernel::problem::{Problem, codes};

/// A failure of the database or of a query.
///
/// `sqlx::Error` converts into it and is sorted on the way, so a store function just writes `?`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DbError {
    /// The database cannot be reached, is starting, or has no free connection; trying again later may work.
    #[error("the database cannot be reached just now")]
    Unavailable(#[source] sqlx::Error),
    /// A unique or exclusion constraint refused a row.
    #[error("the constraint {constraint} refused a second row of the same key")]
    Duplicate {
        /// The constraint's or index's name.
        constraint: String,
        /// The database's own report.
        #[source]
        source: sqlx::Error,
    },
    /// A foreign key points at nothing, or something still points at the row.
    #[error("the foreign key {constraint} is not satisfied")]
    Reference {
        /// The constraint's name.
        constraint: String,
        /// The database's own report.
        #[source]
        source: sqlx::Error,
    },
    /// A check constraint refused a value, which the domain types should have caught before.
    #[error("the check {constraint} refused a value")]
    Check {
        /// The constraint's name.
        constraint: String,
        /// The database's own report.
        #[source]
        source: sqlx::Error,
    },
    /// The transaction lost against another one (serialization failure or deadlock); the whole of it may be repeated.
    #[error("the transaction lost against another one")]
    Contention(#[source] sqlx::Error),
    /// The disk of the database is full; what is there can still be read.
    #[error("the disk of the database is full")]
    DiskFull(#[source] sqlx::Error),
    /// The statement ran past its time-out.
    #[error("the query took longer than it may")]
    TimedOut(#[source] sqlx::Error),
    /// A value that no column can hold: a NUL character, a number or a date beyond what is stored. The domain types
    /// should have caught it before.
    #[error("a value cannot be stored")]
    Unstorable(#[source] sqlx::Error),
    /// Somebody else changed the row since it was read.
    #[error("the row has been changed since it was read")]
    Stale,
    /// A row that makes no sense: a value the domain has no word for.
    #[error("the row of {table} makes no sense in column {column}: {detail}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What is wrong with the value, without the value if that is protected.
        detail: String,
    },
    /// A value for a json column did not serialise.
    #[error("a value cannot be written as JSON")]
    Encode(#[source] serde_json::Error),
    /// The address of the database is not one.
    #[error("{0}")]
    Address(String),
    /// The server is older than we run on.
    #[error("PostgreSQL {found} is too old: 16 or newer is needed")]
    ServerTooOld {
        /// The server's version as it reports it.
        found: String,
    },
    /// Something that only the role that makes the others may do, where the roles were given one by one.
    #[error("this needs the role that made the others, and the roles were given one by one")]
    NoBootstrap,
    /// The roles are missing and the given role may not create them.
    #[error("the role {role} may not create the product's roles. Let an administrator run:\n\n{sql}\nThe server said")]
    CannotPrepare {
        /// The role that was given.
        role: String,
        /// What to run instead.
        sql: String,
        /// What the database refused.
        #[source]
        source: sqlx::Error,
    },
    /// A role can do what it must not: row-level security would not bind it.
    #[error(
        "the role {role} is a superuser, bypasses row-level security or owns tables; the product will not run as it"
    )]
    RoleTooStrong {
        /// The role.
        role: String,
    },
    /// Migrations are pending.
    #[error("the database is at migration {found} and the program needs {needed}: run `autolytiq migrate`")]
    MigrationsPending {
        /// The newest migration in the database, 0 when there is none.
        found: i64,
        /// The newest one in the program.
        needed: i64,
    },
    /// The database was migrated by a newer program.
    #[error("the database has migration {found}, which this program does not know: run the newer program")]
    DatabaseNewer {
        /// The migration in question.
        found: i64,
    },
    /// A migration failed or differs from what was applied under its number.
    #[error("a migration failed")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Anything else: a bug, ours or in the SQL.
    #[error("the query failed")]
    Query(#[source] sqlx::Error),
}

impl DbError {
    /// Whether a unique constraint of this name refused the row: `error.is_duplicate_of("customer_pkey")`.
    #[must_use]
    pub fn is_duplicate_of(&self, name: &str) -> bool {
        matches!(self, Self::Duplicate { constraint, .. } if constraint == name)
    }

    /// Whether a foreign key of this name refused the row.
    #[must_use]
    pub fn is_reference_of(&self, name: &str) -> bool {
        matches!(self, Self::Reference { constraint, .. } if constraint == name)
    }

    /// Whether repeating the whole transaction may succeed.
    #[must_use]
    pub fn is_contention(&self) -> bool {
        matches!(self, Self::Contention(_))
    }

    /// A row that makes no sense, for a store that turns rows into domain values.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a caller hands over a text or an error and is done with it")]
    pub fn inconsistent(table: &'static str, column: &'static str, detail: impl ToString) -> Self {
        Self::Inconsistent { table, column, detail: detail.to_string() }
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(report) = &error else {
            return match error {
                // A server killed while it shook hands is heard as nonsense and not as an end.
                sqlx::Error::Io(_)
                | sqlx::Error::Protocol(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
                other => Self::Query(other),
            };
        };
        let constraint = report.constraint().unwrap_or_default().to_owned();
        // https://www.postgresql.org/docs/16/errcodes-appendix.html
        match report.code().as_deref().unwrap_or_default() {
            "23505" | "23P01" => Self::Duplicate { constraint, source: error },
            "23503" => Self::Reference { constraint, source: error },
            "23514" => Self::Check { constraint, source: error },
            // Number out of range, date out of range, a character that is not storable: in text, and in JSON.
            "22003" | "22008" | "22021" | "22P05" => Self::Unstorable(error),
            "40001" | "40P01" => Self::Contention(error),
            "57014" => Self::TimedOut(error),
            "53100" => Self::DiskFull(error),
            // Too many connections, shutting down, starting up, idle transaction ended.
            "53300" | "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => Self::Unavailable(error),
            code if code.starts_with("08") => Self::Unavailable(error),
            _ => Self::Query(error),
        }
    }
}

impl From<DbError> for Problem {
    /// 503 when the database is away, busy or slow; 422 for a value that cannot be stored; anything else is a bug and
    /// says nothing about its insides. A stale version or a taken key is the caller's to describe before it comes here.
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) | DbError::Contention(_) | DbError::TimedOut(_) => Self::unavailable(error),
            DbError::Unstorable(_) => Self::invalid_field(
                "",
                "unstorable",
                "the request holds a number, a date or a character that cannot be stored",
            )
            .caused_by(error),
            DbError::DiskFull(_) => {
                let detail = "the server's disk is full: nothing can be saved until its operator has made room";
                Self::new(&codes::UNAVAILABLE, detail).retry_after(60).caused_by(error)
            }
            other => Self::internal(other),
        }
    }
}
