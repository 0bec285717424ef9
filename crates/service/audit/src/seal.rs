//! The sealer.

use autolytiq_db::{Db, SystemUse};
use autolytiq_kernel::DealershipId;

use crate::{
    AuditError,
    chain::{self, StoredEntry},
    store::{self, seal::NewSeal},
};

/// Entries of one store in one transaction.
const BATCH: i64 = 500;

/// What one round sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Entries that were chained.
    pub entries: u64,
    /// Stores they belong to.
    pub stores: u64,
}

/// Chains every entry that has no seal yet, store by store, each store in transactions of its own. Writers do not wait
/// for it; where another process is sealing the same store, that store is left to it.
///
/// # Errors
/// What the database reports; stores that were done before stay done.
pub async fn seal(db: &Db) -> Result<Sealed, AuditError> {
    let mut tx = db.system(SystemUse::AuditSealing).await?;
    let stores = store::seal::stores_with_unsealed(&mut tx).await?;
    tx.rollback().await?;
    let mut sealed = Sealed::default();
    for dealership in stores {
        let before = sealed.entries;
        loop {
            let count = seal_batch(db, dealership).await?;
            sealed.entries = sealed.entries.saturating_add(count);
            if count < BATCH.unsigned_abs() {
                break;
            }
        }
        sealed.stores = sealed.stores.saturating_add(u64::from(sealed.entries > before));
    }
    Ok(sealed)
}

async fn seal_batch(db: &Db, dealership: DealershipId) -> Result<u64, AuditError> {
    let mut tx = db.system(SystemUse::AuditSealing).await?;
    if !store::seal::lock(&mut tx, dealership).await? {
        return Ok(0);
    }
    let entries = store::seal::unsealed(&mut tx, dealership, BATCH).await?;
    if entries.is_empty() {
        return Ok(0);
    }
    let (mut sequence, mut previous) = match store::seal::last(&mut tx, dealership).await? {
        Some(head) => (head.sequence, head.hash),
        None => (0, chain::origin(dealership)),
    };
    let mut seals = Vec::with_capacity(entries.len());
    for entry in &entries {
        sequence = sequence.saturating_add(1);
        let hash = chain::link(&previous, sequence, entry);
        seals.push(new_seal(entry, sequence, previous, hash));
        previous = hash;
    }
    store::seal::insert(&mut tx, dealership, &seals).await?;
    tx.commit().await?;
    Ok(u64::try_from(seals.len()).unwrap_or(u64::MAX))
}

fn new_seal(entry: &StoredEntry, sequence: i64, previous: chain::Hash, hash: chain::Hash) -> NewSeal {
    NewSeal { sequence, entry: entry.id, occurred_at: entry.occurred_at, previous, hash }
}
