//! The deals of several stores, for whoever answers for all of them.

use std::collections::BTreeMap;

use autolytiq_db::TenantTx;
use autolytiq_kernel::DealershipId;
use jiff::Timestamp;

use crate::{DeskError, domain::counts::DealCounts, store::rooftops};

/// How many deals of each store are worked, and how many were closed since the moment named with it. A store that the
/// context may not read counts none.
///
/// # Errors
/// The database's.
pub async fn deal_counts(
    tx: &mut TenantTx,
    stores: &[(DealershipId, Timestamp)],
) -> Result<BTreeMap<DealershipId, DealCounts>, DeskError> {
    Ok(rooftops::counts(tx, stores).await?)
}
