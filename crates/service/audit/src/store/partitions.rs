//! Partitions of the tables that grow by the month.

use autolytiq_db::{Db, SystemUse};
use jiff::{civil::Date, tz::TimeZone};
use jiff_sqlx::ToSqlx;

use crate::AuditError;

/// This month and the next three.
const MONTHS: i32 = 4;

/// Makes the partitions of the coming months; returns how many were missing.
pub(crate) async fn create_ahead(db: &Db) -> Result<i32, AuditError> {
    let mut tx = db.system(SystemUse::Housekeeping).await?;
    let today: Date = TimeZone::UTC.to_datetime(tx.now()).date();
    let made = sqlx::query_scalar("select app.create_partitions_ahead($1, $2)")
        .bind(today.to_sqlx())
        .bind(MONTHS)
        .fetch_one(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(made)
}
