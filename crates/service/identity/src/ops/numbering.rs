//! How a store numbers its deals and its stock.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::problem::FieldError;
use serde_json::json;

use crate::{
    domain::{
        numbering::{Numbering, Series},
        setting::Setting,
    },
    error::IdentityError,
    store::{numbering, setting_version},
};

/// The highest number there is.
const HIGHEST: i64 = 999_999_999;

/// How the acting store numbers.
///
/// # Errors
/// A failure of the database.
pub async fn numbering(tx: &mut TenantTx) -> Result<Numbering, IdentityError> {
    Ok(numbering::read(tx).await?.0)
}

/// Saves how the acting store numbers, read in `version`; returns what was saved and the new version. What has a number
/// keeps it.
///
/// # Errors
/// [`IdentityError::Invalid`], [`IdentityError::VersionConflict`], or a failure of the database.
pub(crate) async fn write(tx: &mut TenantTx, new: Numbering, version: i64) -> Result<(Numbering, i64), IdentityError> {
    let new = new.checked().map_err(IdentityError::Invalid)?;
    let (before, current) = numbering::read(tx).await?;
    if current != version {
        return Err(IdentityError::VersionConflict { yours: version, current });
    }
    if before == new {
        return Ok((new, version));
    }
    let saved = numbering::write(tx, &new, version).await?;
    setting_version::keep(tx, Setting::Numbering, (version, &before), (saved, &new)).await?;
    tx.audit(AuditRecord::new("numbering.changed", tx.acting()).before(&json!(before)).after(&json!(new))).await?;
    Ok((new, saved))
}

/// The last number of a series.
///
/// # Errors
/// A failure of the database.
pub async fn last_number(tx: &mut TenantTx, series: Series) -> Result<i64, IdentityError> {
    Ok(numbering::last(tx, series).await?)
}

/// As [`last_number`], and whoever else wants a number of the series waits until this transaction ends.
///
/// # Errors
/// A failure of the database.
pub async fn lock_series(tx: &mut TenantTx, series: Series) -> Result<i64, IdentityError> {
    Ok(numbering::lock(tx, series).await?)
}

/// Moves a locked series on: `number` is its last one now. Given up, the transaction gives the numbers back.
///
/// # Errors
/// A failure of the database.
pub async fn move_series(tx: &mut TenantTx, series: Series, number: i64) -> Result<(), IdentityError> {
    Ok(numbering::set_last(tx, series, number).await?)
}

/// What is wrong with going on from `next`, where `last` was the last number: only upward, since a number that was given
/// out stands on papers.
///
/// # Errors
/// The fault of the field `/next`.
pub fn check_next(next: i64, last: i64) -> Result<(), FieldError> {
    if next > HIGHEST {
        return Err(FieldError::new("/next", "out-of-range", "the highest number is 999999999"));
    }
    if next <= last {
        let detail = format!("numbers go on from {} or higher; lower ones may stand on papers", last + 1);
        return Err(FieldError::new("/next", "too-low", detail));
    }
    Ok(())
}
