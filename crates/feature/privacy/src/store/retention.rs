//! The tables `retention_schedule` and `retention_run`, and who is due.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{CustomerId, PersonId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::domain::retention::{Certificate, RunId, Schedule};

/// The store's schedule and its version; version 0 and no limits until one was set.
pub(crate) async fn schedule(tx: &mut TenantTx) -> Result<(Schedule, i64), DbError> {
    let store = tx.acting();
    let row: Option<(Option<i16>, Option<i16>, i64)> = sqlx::query_as(
        "select without_purchase_months, after_purchase_months, version from retention_schedule where dealership_id = $1",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?;
    let (without_purchase_months, after_purchase_months, version) = row.unwrap_or_default();
    Ok((Schedule { without_purchase_months, after_purchase_months }, version))
}

/// Writes the schedule over its version.
pub(crate) async fn save(tx: &mut TenantTx, schedule: Schedule, version: i64) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let done = sqlx::query(
        "insert into retention_schedule as s (dealership_id, without_purchase_months, after_purchase_months, updated_at)
         values ($1, $2, $3, $4)
         on conflict (dealership_id) do update
         set without_purchase_months = $2, after_purchase_months = $3, updated_at = $4, version = s.version + 1
         where s.version = $5",
    )
    .bind(store)
    .bind(schedule.without_purchase_months)
    .bind(schedule.after_purchase_months)
    .bind(now)
    .bind(version)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Somebody whose time is up.
#[derive(sqlx::FromRow)]
pub(crate) struct DueRow {
    pub(crate) customer_id: CustomerId,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    last_used_at: jiff_sqlx::Timestamp,
}

impl DueRow {
    pub(crate) fn last_used_at(&self) -> Timestamp {
        self.last_used_at.to_jiff()
    }
}

/// How many are due and may be erased, and how many a hold keeps.
pub(crate) async fn counts(tx: &mut TenantTx, schedule: Schedule) -> Result<(i64, i64), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    Ok(sqlx::query_as(
        "select count(*) filter (where not held), count(*) filter (where held) from privacy_v_last_use
         where dealership_id = $1 and not in_deal
           and last_used_at < $2 - make_interval(months => (case when purchased then $4 else $3 end)::integer)",
    )
    .bind(store)
    .bind(now)
    .bind(schedule.without_purchase_months)
    .bind(schedule.after_purchase_months)
    .fetch_one(tx.conn())
    .await?)
}

/// The first of those who are due and may be erased, the longest unused first. Without a limit for a kind nobody of it is
/// due, since no time is earlier than an unknown one.
pub(crate) async fn due(tx: &mut TenantTx, schedule: Schedule, most: i64) -> Result<Vec<DueRow>, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    Ok(sqlx::query_as(
        "select customer_id, first_name, last_name, last_used_at from privacy_v_last_use
         where dealership_id = $1 and not in_deal and not held
           and last_used_at < $2 - make_interval(months => (case when purchased then $4 else $3 end)::integer)
         order by last_used_at, customer_id limit $5",
    )
    .bind(store)
    .bind(now)
    .bind(schedule.without_purchase_months)
    .bind(schedule.after_purchase_months)
    .bind(most)
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn insert_run(tx: &mut TenantTx, certificate: &Certificate) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query(
        "insert into retention_run (dealership_id, id, ran_at, ran_by, without_purchase_months, after_purchase_months,
                                    erased, held, digest)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(store)
    .bind(certificate.id)
    .bind(certificate.ran_at.to_sqlx())
    .bind(certificate.ran_by)
    .bind(certificate.schedule.without_purchase_months)
    .bind(certificate.schedule.after_purchase_months)
    .bind(&certificate.erased)
    .bind(certificate.held)
    .bind(certificate.digest().to_vec())
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct RunRow {
    id: RunId,
    ran_at: jiff_sqlx::Timestamp,
    ran_by: PersonId,
    without_purchase_months: Option<i16>,
    after_purchase_months: Option<i16>,
    erased: Vec<CustomerId>,
    held: i32,
}

/// The certificates of the store, the newest first, at most two hundred.
pub(crate) async fn runs(tx: &mut TenantTx) -> Result<Vec<Certificate>, DbError> {
    let store = tx.acting();
    let rows: Vec<RunRow> = sqlx::query_as(
        "select id, ran_at, ran_by, without_purchase_months, after_purchase_months, erased, held from retention_run
         where dealership_id = $1 order by ran_at desc, id desc limit 200",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Certificate {
            id: row.id,
            store,
            ran_at: row.ran_at.to_jiff(),
            ran_by: row.ran_by,
            schedule: Schedule {
                without_purchase_months: row.without_purchase_months,
                after_purchase_months: row.after_purchase_months,
            },
            erased: row.erased,
            held: row.held,
        })
        .collect())
}
