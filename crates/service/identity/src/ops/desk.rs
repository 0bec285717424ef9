//! The desk defaults of a store.

use autolytiq_db::{AuditRecord, TenantTx};

use crate::{
    domain::{desk::DeskDefaults, setting::Setting, tax_settings::doc_fee_fault},
    error::IdentityError,
    store::{dealership, desk, setting_version},
};

/// The defaults of the acting store and their version.
///
/// # Errors
/// A failure of the database.
pub async fn desk_defaults(tx: &mut TenantTx) -> Result<(DeskDefaults, i64), IdentityError> {
    Ok(desk::read(tx).await?)
}

/// Replaces the defaults that were read in `version`; returns the new version.
///
/// # Errors
/// [`IdentityError::Invalid`] names the fields, [`IdentityError::VersionConflict`] both versions.
pub async fn write_desk_defaults(
    tx: &mut TenantTx,
    defaults: &DeskDefaults,
    version: i64,
) -> Result<i64, IdentityError> {
    let mut faults = defaults.faults();
    let store = dealership::acting(tx).await?;
    faults.extend(doc_fee_fault(store.place.state.as_str(), store.zone.date_at(tx.now()), defaults.doc_fee));
    if !faults.is_empty() {
        return Err(IdentityError::Invalid(faults));
    }
    let (before, current) = desk::read(tx).await?;
    if current != version {
        return Err(IdentityError::VersionConflict { yours: version, current });
    }
    let saved = desk::write(tx, defaults, version).await?;
    setting_version::keep(tx, Setting::Desk, (version, &before), (saved, defaults)).await?;
    let record = AuditRecord::new("settings.desk_changed", tx.acting()).before(&before).after(defaults);
    tx.audit(record).await?;
    Ok(saved)
}
