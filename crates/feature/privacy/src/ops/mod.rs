//! Use cases, one a file: they take an open transaction, decide, write, and note what happened.

pub(crate) mod compliance;
pub(crate) mod consents;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod hold;
pub(crate) mod retention;
pub(crate) mod rooftops;
pub(crate) mod unsubscribe;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::PersonId;

/// The person who acts; jobs keep no ledger.
fn acting_person(tx: &TenantTx) -> Result<PersonId, DbError> {
    tx.ctx().person().ok_or_else(|| DbError::inconsistent("consent_entry", "recorded_by", "a job has no person"))
}
