//! What every part of the demonstration works with: the plan, the product's parts, and the staff who act.

use crate::DemoError;
use autolytiq_db::{Db, TenantTx};
use autolytiq_identity::Identity;
use autolytiq_kernel::{ManualClock, Origin, TenantCtx};
use autolytiq_places::Tables;
use autolytiq_secrets::Vault;
use jiff::{SignedDuration, Timestamp};

/// What decides how the store looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Draws what is not written down: serial numbers, costs, days on the lot.
    pub seed: u64,
    /// The moment at which somebody looks at the store; everything happened in the weeks before it.
    pub anchor: Timestamp,
    /// How large it is.
    pub tier: Tier,
}

/// How large the store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tier {
    /// Forty vehicles, eight people and fifteen written stories of the last weeks.
    #[default]
    Small,
    /// A franchised store with a history, drawn to scale.
    Franchise(Scale),
}

/// The size of a store with a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Vehicles on the lot on the day of the anchor, those held for a deal included.
    pub units: usize,
    /// Everybody who works there: at least twelve.
    pub people: usize,
    /// How far the history goes back, in months of thirty days and a half.
    pub months: u32,
    /// Deliveries a month, on the average.
    pub deliveries: u32,
}

impl Scale {
    /// A franchised store: 220 units, 38 people, 24 months.
    pub const M: Self = Self { units: 220, people: 38, months: 24, deliveries: 130 };
    /// A metropolitan store: 400 units, 60 people, 24 months.
    pub const L: Self = Self { units: 400, people: 60, months: 24, deliveries: 200 };
}

/// What the demonstration works with: the product's parts, on a database whose clock is `hand`.
pub struct Stage<'a> {
    /// The database, opened with the clock of `hand`.
    pub db: &'a Db,
    /// The clock of the database, moved from event to event.
    pub hand: &'a ManualClock,
    /// Accounts and sessions.
    pub identity: &'a Identity,
    /// Protected fields.
    pub vault: &'a Vault,
    /// Local rates.
    pub tables: &'a Tables,
}

/// The signed-in staff, by their place in [`STAFF`].
pub(crate) struct Crew {
    pub(crate) members: Vec<TenantCtx>,
}

impl Crew {
    pub(crate) fn get(&self, index: usize) -> Result<&TenantCtx, DemoError> {
        self.members.get(index).ok_or(DemoError::Missing("such member of the staff"))
    }
}

impl Stage<'_> {
    pub(crate) async fn begin(&self, who: &TenantCtx) -> Result<TenantTx, DemoError> {
        Ok(self.db.tenant(who).await?)
    }

    pub(crate) fn origin(&self) -> Origin {
        Origin { request: self.db.ids().next(), address: None }
    }
}

/// So many days before the anchor.
pub(crate) fn ago(anchor: Timestamp, days: i64) -> Timestamp {
    anchor - SignedDuration::from_hours(24 * days)
}
