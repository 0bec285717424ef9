//! Walks the chains and tells where the first thing is wrong.

use std::{collections::HashMap, fmt};

use autolytiq_db::{Db, SystemTx, SystemUse};
use autolytiq_kernel::{AuditEntryId, DealershipId};

use crate::{
    AuditError, Head,
    chain::{self, Hash, StoredEntry},
    store::{self, verify::SealRow},
};

/// Links read at a time.
const PAGE: i64 = 1_000;

/// What to verify.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// This store only; all of them when absent.
    pub dealership: Option<DealershipId>,
    /// Heads that were noted earlier: each must still be a link of its store's chain.
    pub heads: Vec<(DealershipId, Head)>,
}

/// Every chain that was walked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One per store that has entries.
    pub chains: Vec<Chain>,
}

impl Report {
    /// Whether nothing is wrong anywhere.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.chains.iter().all(|chain| chain.flaw.is_none())
    }
}

/// The chain of one store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The store.
    pub dealership: DealershipId,
    /// Links that were found in order before the flaw, or all.
    pub links: u64,
    /// The last of those links; to be noted elsewhere.
    pub head: Option<Head>,
    /// Entries that wait for the sealer.
    pub unsealed: u64,
    /// The first thing that is wrong.
    pub flaw: Option<Flaw>,
}

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A link is missing: after one number comes another than the next.
    LinkMissing {
        /// The number that should have come.
        expected: i64,
    },
    /// A link does not name the one before it.
    LinkBroken {
        /// The link's number.
        sequence: i64,
    },
    /// The entry of a link is gone.
    EntryMissing {
        /// The link's number.
        sequence: i64,
        /// The entry.
        entry: AuditEntryId,
    },
    /// An entry is not what was sealed.
    EntryChanged {
        /// The link's number.
        sequence: i64,
        /// The entry.
        entry: AuditEntryId,
    },
    /// An entry is neither sealed nor waiting for it.
    EntryOutside {
        /// The entry.
        entry: AuditEntryId,
    },
    /// An entry waits for its seal and is gone.
    UnsealedMissing {
        /// The entry.
        entry: AuditEntryId,
    },
    /// A reason is not the one that its entry was sealed with.
    ReasonChanged {
        /// The entry.
        entry: AuditEntryId,
    },
    /// A head that was noted earlier is not in the chain: it was cut off or made anew.
    HeadMissing {
        /// The head.
        head: Head,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LinkMissing { expected } => write!(f, "link {expected} is missing"),
            Self::LinkBroken { sequence } => write!(f, "link {sequence} does not follow from the one before it"),
            Self::EntryMissing { sequence, entry } => write!(f, "the entry {entry} of link {sequence} is missing"),
            Self::EntryChanged { sequence, entry } => {
                write!(f, "the entry {entry} of link {sequence} is not what was sealed")
            }
            Self::EntryOutside { entry } => write!(f, "the entry {entry} is neither sealed nor waiting to be"),
            Self::UnsealedMissing { entry } => write!(f, "the entry {entry} waits to be sealed but is missing"),
            Self::ReasonChanged { entry } => write!(f, "the reason of the entry {entry} is not what was sealed"),
            Self::HeadMissing { head } => write!(f, "the head {head} noted earlier is not in the chain"),
        }
    }
}

/// Walks the chains of the scope, as they are at this moment, while the product goes on writing.
///
/// # Errors
/// What the database reports. A flaw is not an error: it is in the report.
pub async fn verify(db: &Db, scope: &Scope) -> Result<Report, AuditError> {
    let mut tx = db.system_snapshot(SystemUse::AuditVerification).await?;
    let mut stores = match scope.dealership {
        Some(dealership) => vec![dealership],
        None => store::verify::stores(&mut tx).await?,
    };
    // A store whose rows are all gone is known only by the head that was noted.
    let wanted = |store: &DealershipId| scope.dealership.is_none_or(|only| only == *store);
    stores.extend(scope.heads.iter().map(|(store, _)| *store).filter(wanted));
    stores.sort_unstable();
    stores.dedup();
    let mut report = Report::default();
    for dealership in stores {
        let heads = scope.heads.iter().filter(|(store, _)| *store == dealership).map(|(_, head)| *head).collect();
        report.chains.push(walk(&mut tx, dealership, heads).await?);
    }
    tx.rollback().await?;
    Ok(report)
}

async fn walk(tx: &mut SystemTx, dealership: DealershipId, mut heads: Vec<Head>) -> Result<Chain, AuditError> {
    let unsealed = store::verify::unsealed_count(tx, dealership).await?;
    let mut chain = Chain { dealership, links: 0, head: None, unsealed, flaw: None };
    let mut end = Head { sequence: 0, hash: chain::origin(dealership) };
    loop {
        let seals = store::verify::seals_after(tx, dealership, end.sequence, PAGE).await?;
        if seals.is_empty() {
            break;
        }
        let entries = store::verify::entries(tx, dealership, &seals).await?;
        for seal in &seals {
            match check_link(seal, &end, &entries) {
                Ok(next) => end = next,
                Err(flaw) => {
                    chain.flaw = Some(flaw);
                    return Ok(chain);
                }
            }
            heads.retain(|head| *head != end);
            chain.links = chain.links.saturating_add(1);
            chain.head = Some(end);
        }
    }
    chain.flaw = match heads.first() {
        Some(head) => Some(Flaw::HeadMissing { head: *head }),
        None => match store::verify::entry_outside(tx, dealership).await? {
            Some(entry) => Some(Flaw::EntryOutside { entry }),
            None => match store::verify::unsealed_missing(tx, dealership).await? {
                Some(entry) => Some(Flaw::UnsealedMissing { entry }),
                None => store::verify::reason_changed(tx, dealership).await?.map(|entry| Flaw::ReasonChanged { entry }),
            },
        },
    };
    Ok(chain)
}

fn check_link(seal: &SealRow, end: &Head, entries: &HashMap<AuditEntryId, StoredEntry>) -> Result<Head, Flaw> {
    let expected = end.sequence.saturating_add(1);
    let (sequence, entry) = (seal.sequence, seal.entry_id);
    if sequence != expected {
        return Err(Flaw::LinkMissing { expected });
    }
    if seal.previous != end.hash {
        return Err(Flaw::LinkBroken { sequence });
    }
    let stored = entries.get(&entry).ok_or(Flaw::EntryMissing { sequence, entry })?;
    let hash: Hash = chain::link(&end.hash, sequence, stored);
    if seal.hash == hash { Ok(Head { sequence, hash }) } else { Err(Flaw::EntryChanged { sequence, entry }) }
}
