//! Taking an import back: the table that held before holds again, and nothing is deleted.

use super::import_rates::utc_day;
use crate::error::ImportError;
use crate::store::import::{self, RateImport, RateImportId};
use autolytiq_db::{AuditRecord, DbError, TenantTx};
use serde::Serialize;

#[derive(Serialize)]
struct Standing {
    withdrawn: bool,
}

/// Withdraws an import, if nobody changed it since `version`.
///
/// # Errors
/// [`ImportError::NotFound`], [`ImportError::Stale`], [`ImportError::Withdrawn`], or the database's.
pub(crate) async fn withdraw_import(
    tx: &mut TenantTx,
    id: RateImportId,
    version: i64,
    reason: Option<&str>,
) -> Result<RateImport, ImportError> {
    let today = utc_day(tx);
    let known = import::find(tx, id, today).await?.ok_or(ImportError::NotFound)?;
    if known.version != version {
        return Err(ImportError::Stale { yours: version, current: known.version });
    }
    if known.withdrawn.is_some() {
        return Err(ImportError::Withdrawn);
    }
    let by = tx.ctx().person().ok_or(ImportError::Nobody)?;
    import::withdraw(tx, id, version, by, reason).await.map_err(|error| match error {
        DbError::Stale => ImportError::Stale { yours: version, current: version + 1 },
        error => error.into(),
    })?;
    let mut record = AuditRecord::new("rates.withdrawn", id)
        .before(&Standing { withdrawn: false })
        .after(&Standing { withdrawn: true });
    if let Some(reason) = reason {
        record = record.reason(reason);
    }
    tx.audit(record).await?;
    import::find(tx, id, today).await?.ok_or(ImportError::NotFound)
}
