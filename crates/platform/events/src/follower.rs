//! Follows the outbox and feeds the hub.

use std::time::Duration;

use autolytiq_db::{Db, DbError, SystemUse};
use tokio_util::sync::CancellationToken;

use crate::{Hub, gaps::Gaps, store, wait};

/// Rows per look.
const MOST: i64 = 1_000;
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// Reads what was committed, by this process or another, and publishes it in the hub. One per process.
///
/// Numbers are given when a row is written and seen when it commits, so a lower number may appear after a higher one.
/// The follower remembers the numbers it has skipped and looks for them until they must have been given up.
///
/// Nothing is read while nobody listens.
#[derive(Debug)]
pub struct Follower {
    db: Db,
    hub: Hub,
    /// The highest number seen; nothing while nobody listens.
    position: Option<i64>,
    gaps: Gaps,
}

impl Follower {
    /// A follower that has read nothing yet.
    #[must_use]
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub, position: None, gaps: Gaps::default() }
    }

    /// Follows until the token fires.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut commits = self.db.committed_events();
        let mut arrivals = self.hub.arrivals();
        loop {
            if self.hub.has_listeners() {
                if let Err(error) = self.look().await {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "live updates pause: the outbox cannot be read"
                    );
                    tokio::time::sleep(PAUSE).await;
                }
                if wait::for_events(&mut commits, &stop).await == wait::Woken::Stop {
                    return;
                }
            } else {
                self.position = None;
                self.gaps = Gaps::default();
                tokio::select! {
                    () = stop.cancelled() => return,
                    arrived = arrivals.changed() => if arrived.is_err() { return },
                }
            }
        }
    }

    /// Publishes what is new. The first look after a pause only notes where the outbox ends.
    async fn look(&mut self) -> Result<(), DbError> {
        let mut tx = self.db.system(SystemUse::LiveUpdates).await?;
        let Some(mut position) = self.position else {
            self.position = Some(store::newest_sequence(&mut tx).await?);
            return tx.rollback().await;
        };
        let now = tx.now();
        self.gaps.give_up(now);
        loop {
            let events = store::of_or_after(&mut tx, &self.gaps.numbers(), position, MOST).await?;
            let full = i64::try_from(events.len()).is_ok_and(|count| count == MOST);
            for event in events {
                if event.sequence > position {
                    self.gaps.note(position, event.sequence, now);
                    position = event.sequence;
                } else {
                    self.gaps.found(event.sequence);
                }
                self.hub.publish(event);
            }
            self.position = Some(position);
            if !full {
                return tx.rollback().await;
            }
        }
    }
}
