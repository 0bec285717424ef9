//! What a store tells of itself.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::problem::FieldError;
use serde_json::json;

use crate::{
    domain::{logo::Logo, setting::Setting, store_card::StoreCard},
    error::IdentityError,
    store::{setting_version, store_card},
};

/// Saves a card that was read in `version`; returns the new version.
///
/// # Errors
/// [`IdentityError::Invalid`], [`IdentityError::VersionConflict`], or a failure of the database.
pub(crate) async fn write(tx: &mut TenantTx, card: &StoreCard, version: i64) -> Result<i64, IdentityError> {
    let mut faults = card.faults();
    if let Some(digest) = &card.logo
        && store_card::logo(tx, digest).await?.is_none()
    {
        faults.push(FieldError::new("/logo", "unknown", "put the picture up first"));
    }
    if !faults.is_empty() {
        return Err(IdentityError::Invalid(faults));
    }
    let (before, current) = store_card::read(tx).await?;
    if current != version {
        return Err(IdentityError::VersionConflict { yours: version, current });
    }
    let saved = store_card::write(tx, card, version).await?;
    setting_version::keep(tx, Setting::Profile, (version, &before), (saved, card)).await?;
    tx.audit(AuditRecord::new("dealership.changed", tx.acting()).before(&before).after(card)).await?;
    Ok(saved)
}

/// Keeps a picture for the store's papers, and says by what it is named. It is on no paper before the profile names it.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn add_logo(tx: &mut TenantTx, logo: &Logo) -> Result<String, IdentityError> {
    let digest = logo.digest();
    if store_card::add_logo(tx, logo).await? {
        let after = json!({ "digest": digest, "kind": logo.kind, "bytes": logo.bytes.len() });
        tx.audit(AuditRecord::new("dealership.logo_added", tx.acting()).after(&after)).await?;
    }
    Ok(digest)
}
