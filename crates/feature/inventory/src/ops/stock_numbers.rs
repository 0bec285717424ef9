//! The stock numbers that the store gives by itself.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_identity::api::{Series, StockNumbers, check_next, last_number, lock_series, move_series, numbering};
use autolytiq_kernel::problem::FieldError;
use autolytiq_tax::Condition;
use serde_json::json;

use crate::{InventoryError, store};

/// As many numbers are looked at in one query.
const AT_ONCE: i64 = 200;

fn series(condition: Condition) -> Series {
    match condition {
        Condition::New => Series::NewVehicles,
        Condition::Used => Series::UsedVehicles,
    }
}

/// Takes the next number of the store's numbering that no vehicle has; nothing where such numbers are typed. Others who
/// want one wait until this transaction ends; if it is given up, so is the number.
pub(super) async fn take(tx: &mut TenantTx, condition: Condition) -> Result<Option<String>, InventoryError> {
    let series = series(condition);
    let numbering = numbering(tx).await?;
    let Some(pattern) = numbering.of(series) else { return Ok(None) };
    let last = lock_series(tx, series).await?;
    let (number, shown) = free(tx, pattern, last + 1).await?;
    move_series(tx, series, number).await?;
    Ok(Some(shown))
}

/// The first number from here that no vehicle has, and how it is shown.
async fn free(tx: &mut TenantTx, pattern: &StockNumbers, from: i64) -> Result<(i64, String), InventoryError> {
    let mut first = from;
    loop {
        let shown: Vec<String> = (first..first + AT_ONCE).map(|number| pattern.shown(number)).collect();
        let taken = store::vehicle::taken_among(tx, &shown).await?;
        if let Some(found) = (first..).zip(shown).find(|(_, shown)| !taken.contains(shown)) {
            return Ok(found);
        }
        first += AT_ONCE;
    }
}

/// Where the stock numbers of a kind stand.
pub(crate) struct Standing {
    /// The number of the next vehicle without one, as it is counted.
    pub(crate) next: i64,
    /// As it will stand on the vehicle; nothing where such numbers are typed.
    pub(crate) shown: Option<String>,
}

/// Where the stock numbers of a kind stand, with those left out that vehicles have.
///
/// # Errors
/// The database's.
pub(crate) async fn standing(tx: &mut TenantTx, condition: Condition) -> Result<Standing, InventoryError> {
    let series = series(condition);
    let last = last_number(tx, series).await?;
    let numbering = numbering(tx).await?;
    Ok(match numbering.of(series) {
        Some(pattern) => {
            let (next, shown) = free(tx, pattern, last + 1).await?;
            Standing { next, shown: Some(shown) }
        }
        None => Standing { next: last + 1, shown: None },
    })
}

/// Has the next vehicle of a kind take this number, for a store whose stock was numbered elsewhere before.
///
/// # Errors
/// [`InventoryError::Invalid`] for a number that is given out, lower, or on a vehicle; or the database's.
pub(crate) async fn go_on_from(tx: &mut TenantTx, condition: Condition, next: i64) -> Result<(), InventoryError> {
    let series = series(condition);
    let last = lock_series(tx, series).await?;
    check_next(next, last).map_err(|fault| InventoryError::Invalid(vec![fault]))?;
    if next == last + 1 {
        return Ok(());
    }
    if let Some(pattern) = numbering(tx).await?.of(series) {
        let shown = pattern.shown(next);
        if !store::vehicle::taken_among(tx, std::slice::from_ref(&shown)).await?.is_empty() {
            let detail = format!("a vehicle has the stock number {shown}");
            return Err(InventoryError::Invalid(vec![FieldError::new("/next", "taken", detail)]));
        }
    }
    move_series(tx, series, next - 1).await?;
    let (before, after) = (json!({ (condition.word()): last + 1 }), json!({ (condition.word()): next }));
    let record = AuditRecord::new("numbering.continued", tx.acting());
    tx.audit(record.before(&before).after(&after)).await?;
    Ok(())
}
