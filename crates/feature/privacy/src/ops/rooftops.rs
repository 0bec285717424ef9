//! The compliance desks of several stores, for whoever answers for all of them.

use std::collections::BTreeMap;

use autolytiq_db::TenantTx;
use autolytiq_kernel::DealershipId;

use crate::{PrivacyError, domain::rooftops::RooftopCompliance, store::rooftops};

/// What the compliance desk of each store the context may read knows.
///
/// # Errors
/// The database's.
pub async fn rooftop_compliance(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, RooftopCompliance>, PrivacyError> {
    Ok(rooftops::compliance(tx).await?)
}
