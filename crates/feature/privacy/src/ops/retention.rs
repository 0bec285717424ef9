//! The retention schedule: setting it, trying it, running it.

use autolytiq_db::{AuditRecord, DbError, Subject, TenantTx};
use autolytiq_kernel::Id;
use autolytiq_secrets::Vault;
use serde_json::json;

use super::{acting_person, erase::erase};
use crate::{
    PrivacyError,
    domain::retention::{Certificate, RunId, Schedule},
    store::retention,
};

/// Customers of one run: it ends well within the time a request has. What is left is due for the next one.
pub(crate) const MOST_OF_A_RUN: i64 = 200;

/// Sets the schedule, if nobody did since `version`.
pub(crate) async fn set(tx: &mut TenantTx, schedule: Schedule, version: i64) -> Result<i64, PrivacyError> {
    let schedule = schedule.checked().map_err(PrivacyError::Invalid)?;
    let (before, current) = retention::schedule(tx).await?;
    if current != version {
        return Err(PrivacyError::Stale { expected: version, current });
    }
    retention::save(tx, schedule, version).await.map_err(|error| match error {
        DbError::Stale => PrivacyError::Stale { expected: version, current },
        error => error.into(),
    })?;
    let record = AuditRecord::new("retention.schedule_changed", tx.acting()).before(&before).after(&schedule);
    tx.audit(record).await?;
    Ok(version + 1)
}

/// Erases those whose time is up, at most [`MOST_OF_A_RUN`], and certifies it. Who is on hold or in an open deal stays.
pub(crate) async fn run(tx: &mut TenantTx, vault: &Vault, id: RunId) -> Result<Certificate, PrivacyError> {
    let (schedule, _) = retention::schedule(tx).await?;
    let (_, held) = retention::counts(tx, schedule).await?;
    let due = retention::due(tx, schedule, MOST_OF_A_RUN).await?;
    if due.is_empty() {
        return Err(PrivacyError::NothingDue);
    }
    let mut erased = Vec::with_capacity(due.len());
    for row in due {
        erase(tx, vault, row.customer_id).await?;
        erased.push(row.customer_id);
    }
    let certificate = Certificate {
        id,
        store: tx.acting(),
        ran_at: tx.now(),
        ran_by: acting_person(tx)?,
        schedule,
        erased,
        held: i32::try_from(held).unwrap_or(i32::MAX),
    };
    retention::insert_run(tx, &certificate).await.map_err(|error| match error {
        error if error.is_duplicate_of("retention_run_pkey") => PrivacyError::IdTaken,
        error => error.into(),
    })?;
    let after = json!({
        "erased": certificate.erased.len(), "held": certificate.held, "certificate": hex::encode(certificate.digest()),
    });
    tx.audit(AuditRecord::new("retention.ran", Subject { kind: RunId::NOUN, id: id.uuid() }).after(&after)).await?;
    Ok(certificate)
}
