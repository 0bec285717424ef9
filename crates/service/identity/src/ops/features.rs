//! Switching parts of the product off and on.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::{PersonId, SwitchedOff};
use serde_json::json;

use crate::{
    domain::{features::FeatureSwitches, setting::Setting},
    error::IdentityError,
    store::{change, features, member, setting_version},
};

/// Saves what is off, read in `version`. It holds from the next request of everybody in the store, in every process;
/// returns the new version and whom the caches must forget.
///
/// # Errors
/// [`IdentityError::VersionConflict`], or a failure of the database.
pub(crate) async fn write(
    tx: &mut TenantTx,
    off: SwitchedOff,
    version: i64,
) -> Result<(i64, Vec<PersonId>), IdentityError> {
    let (present, current) = features::read(tx).await?;
    if current != version {
        return Err(IdentityError::VersionConflict { yours: version, current });
    }
    if present == off {
        return Ok((version, Vec::new()));
    }
    let saved = features::write(tx, off, version).await?;
    let (before, after) = (FeatureSwitches::from(present), FeatureSwitches::from(off));
    setting_version::keep(tx, Setting::Features, (version, &before), (saved, &after)).await?;
    tx.audit(AuditRecord::new("features.changed", tx.acting()).before(&json!(before)).after(&json!(after))).await?;
    let people = member::everybody(tx).await?;
    for person in &people {
        change::record_member(tx, *person).await?;
    }
    Ok((saved, people))
}
