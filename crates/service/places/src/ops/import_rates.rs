//! Importing a file: all of it, or nothing and what is wrong with it. Trying one out does the same and takes it back.

use super::compare::{Comparison, compare};
use super::load::{Loaded, Order, load};
use crate::Tables;
use crate::error::ImportError;
use crate::import::Format;
use crate::progress::Progress;
use crate::store::import::{self, RateImport};
use autolytiq_db::{AuditRecord, TenantTx};
use axum::body::Body;
use jiff::civil::Date;
use serde::Serialize;

/// What the audit trail keeps of an import.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    state: &'a str,
    format: Format,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<&'a str>,
    as_of: Date,
    first_day: Date,
    rows: i64,
}

/// Imports a file. The transaction is the caller's to commit.
///
/// # Errors
/// [`ImportError::Rejected`] with the faults of the lines, [`ImportError::IdTaken`], or the body's and the database's.
pub(crate) async fn import_rates(
    tx: &mut TenantTx,
    order: Order,
    body: Body,
    progress: &Progress,
) -> Result<RateImport, ImportError> {
    import::be_patient(tx).await?;
    let today = utc_day(tx);
    if import::find(tx, order.id, today).await?.is_some() {
        return Err(ImportError::IdTaken);
    }
    let loaded = load(tx, &order, body, progress).await?;
    let first_day = order.first_day.or(loaded.first_day).unwrap_or(order.as_of);
    if !loaded.faults.none() {
        return Err(ImportError::Rejected { rows: loaded.lines, faults: loaded.faults });
    }
    let new = described(tx, &order, &loaded, first_day)?;
    import::insert(tx, &new).await.map_err(|error| match error {
        error if error.is_duplicate_of("rate_import_pkey") => ImportError::IdTaken,
        error => error.into(),
    })?;
    let record = Record {
        state: &new.state,
        format: new.format,
        source: &new.source,
        file_name: new.file_name.as_deref(),
        as_of: new.as_of,
        first_day,
        rows: new.rows,
    };
    tx.audit(AuditRecord::new("rates.imported", new.id).after(&record)).await?;
    import::find(tx, new.id, today).await?.ok_or(ImportError::NotFound)
}

/// What an import would do.
pub(crate) struct Preview {
    pub(crate) loaded: Loaded,
    pub(crate) first_day: Option<Date>,
    /// Against what holds now; nothing when the file has faults.
    pub(crate) comparison: Option<Comparison>,
}

/// Reads a file as an import would and compares it with what holds. The caller rolls the transaction back.
///
/// # Errors
/// The body's and the database's.
pub(crate) async fn preview_import(
    tx: &mut TenantTx,
    tables: &Tables,
    order: Order,
    body: Body,
    progress: &Progress,
) -> Result<Preview, ImportError> {
    import::be_patient(tx).await?;
    if import::find(tx, order.id, utc_day(tx)).await?.is_some() {
        return Err(ImportError::IdTaken);
    }
    let loaded = load(tx, &order, body, progress).await?;
    let first_day = order.first_day.or(loaded.first_day);
    let comparison = match first_day {
        Some(first_day) if loaded.faults.none() => {
            Some(compare(tx, tables, &order, &loaded, first_day.max(order.as_of)).await?)
        }
        _ => None,
    };
    Ok(Preview { loaded, first_day, comparison })
}

/// The day in UTC, which tells of an import whether it holds today.
pub(crate) fn utc_day(tx: &TenantTx) -> Date {
    tx.now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn described(tx: &TenantTx, order: &Order, loaded: &Loaded, first_day: Date) -> Result<RateImport, ImportError> {
    Ok(RateImport {
        id: order.id,
        state: order.state.clone(),
        format: order.format,
        source: order.source.clone(),
        file_name: order.file_name.clone(),
        as_of: order.as_of,
        first_day,
        rows: i64::try_from(loaded.rows).unwrap_or(i64::MAX),
        skipped: loaded.skipped,
        created_at: tx.now(),
        created_by: tx.ctx().person().ok_or(ImportError::Nobody)?,
        withdrawn: None,
        in_force: false,
        version: 1,
    })
}
