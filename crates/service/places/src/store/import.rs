//! Imports: what was brought in, by whom, from which day, and whether it still counts.

use crate::import::{Format, Skipped};
use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{PersonId, typed_id};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;

typed_id! {
    /// One imported table of local rates.
    RateImportId = "rate_import",
}

/// An import.
#[derive(Debug, Clone)]
pub(crate) struct RateImport {
    pub(crate) id: RateImportId,
    pub(crate) state: String,
    pub(crate) format: Format,
    pub(crate) source: String,
    pub(crate) file_name: Option<String>,
    pub(crate) as_of: Date,
    pub(crate) first_day: Date,
    pub(crate) rows: i64,
    pub(crate) skipped: Skipped,
    pub(crate) created_at: Timestamp,
    pub(crate) created_by: PersonId,
    pub(crate) withdrawn: Option<(Timestamp, PersonId, Option<String>)>,
    /// Whether the deals of the day asked about are computed with it.
    pub(crate) in_force: bool,
    pub(crate) version: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: RateImportId,
    state: String,
    format: String,
    source: String,
    file_name: Option<String>,
    as_of: jiff_sqlx::Date,
    first_day: jiff_sqlx::Date,
    rows: i64,
    address_records: i64,
    state_rows: i64,
    created_at: jiff_sqlx::Timestamp,
    created_by: PersonId,
    withdrawn_at: Option<jiff_sqlx::Timestamp>,
    withdrawn_by: Option<PersonId>,
    withdrawn_reason: Option<String>,
    in_force: bool,
    version: i64,
}

impl TryFrom<Row> for RateImport {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let format = Format::from_word(&row.format)
            .ok_or_else(|| DbError::inconsistent("rate_import", "format", &row.format))?;
        Ok(Self {
            id: row.id,
            state: row.state,
            format,
            source: row.source,
            file_name: row.file_name,
            as_of: row.as_of.to_jiff(),
            first_day: row.first_day.to_jiff(),
            rows: row.rows,
            skipped: Skipped {
                address_records: row.address_records.unsigned_abs(),
                state_rows: row.state_rows.unsigned_abs(),
            },
            created_at: row.created_at.to_jiff(),
            created_by: row.created_by,
            withdrawn: row.withdrawn_at.zip(row.withdrawn_by).map(|(at, by)| (at.to_jiff(), by, row.withdrawn_reason)),
            in_force: row.in_force,
            version: row.version,
        })
    }
}

/// `$1` the store, `$2` the day.
const SELECT: &str = "select id, state, format, source, file_name, as_of, first_day, rows, address_records, state_rows,
    created_at, created_by, withdrawn_at, withdrawn_by, withdrawn_reason, version,
    withdrawn_at is null and first_day <= $2 and not exists (
        select from rate_import other
        where other.dealership_id = $1 and other.state = it.state and other.withdrawn_at is null
          and (other.format = 'sstBoundary') = (it.format = 'sstBoundary') and other.first_day <= $2
          and (other.created_at, other.id) > (it.created_at, it.id)) as in_force
    from rate_import it where dealership_id = $1";

/// The newest imports.
pub(crate) async fn list(tx: &mut TenantTx, day: Date) -> Result<Vec<RateImport>, DbError> {
    let store = tx.acting();
    let query = format!("{SELECT} order by created_at desc, id desc limit 200");
    let rows: Vec<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(store).bind(day.to_sqlx()).fetch_all(tx.conn()).await?;
    rows.into_iter().map(RateImport::try_from).collect()
}

/// One import.
pub(crate) async fn find(tx: &mut TenantTx, id: RateImportId, day: Date) -> Result<Option<RateImport>, DbError> {
    let store = tx.acting();
    let query = format!("{SELECT} and id = $3");
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
        .bind(store)
        .bind(day.to_sqlx())
        .bind(id)
        .fetch_optional(tx.conn())
        .await?;
    row.map(RateImport::try_from).transpose()
}

/// The import that a deal of a day in a state is computed with: of rates, or of boundaries.
pub(crate) async fn active(
    tx: &mut TenantTx,
    state: &str,
    day: Date,
    boundaries: bool,
) -> Result<Option<RateImport>, DbError> {
    let store = tx.acting();
    let query = format!(
        "{SELECT} and state = $3 and (format = 'sstBoundary') = $4 and withdrawn_at is null and first_day <= $2
         order by created_at desc, id desc limit 1"
    );
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
        .bind(store)
        .bind(day.to_sqlx())
        .bind(state)
        .bind(boundaries)
        .fetch_optional(tx.conn())
        .await?;
    row.map(RateImport::try_from).transpose()
}

/// Writes a new import.
pub(crate) async fn insert(tx: &mut TenantTx, new: &RateImport) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now());
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query(
        "insert into rate_import (dealership_id, id, state, format, source, file_name, as_of, first_day, rows,
                                  address_records, state_rows, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(store)
    .bind(new.id)
    .bind(&new.state)
    .bind(new.format.word())
    .bind(&new.source)
    .bind(&new.file_name)
    .bind(new.as_of.to_sqlx())
    .bind(new.first_day.to_sqlx())
    .bind(new.rows)
    .bind(count(new.skipped.address_records))
    .bind(count(new.skipped.state_rows))
    .bind(now.to_sqlx())
    .bind(new.created_by)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes an import back, if it still has this version.
pub(crate) async fn withdraw(
    tx: &mut TenantTx,
    id: RateImportId,
    version: i64,
    by: PersonId,
    reason: Option<&str>,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now());
    let done = sqlx::query(
        "update rate_import set withdrawn_at = $4, withdrawn_by = $5, withdrawn_reason = $6, version = version + 1
         where dealership_id = $1 and id = $2 and version = $3 and withdrawn_at is null",
    )
    .bind(store)
    .bind(id)
    .bind(version)
    .bind(now.to_sqlx())
    .bind(by)
    .bind(reason)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Lets this transaction wait for a file that arrives slowly, and its statements take their time.
pub(crate) async fn be_patient(tx: &mut TenantTx) -> Result<(), DbError> {
    sqlx::query(
        "select set_config('statement_timeout', '120000', true),
                set_config('idle_in_transaction_session_timeout', '120000', true)",
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
