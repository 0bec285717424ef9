//! The watcher: takes in what other processes changed, and keeps the signing keys in order.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use autolytiq_db::{Db, DbError, SystemUse};
use jiff::SignedDuration;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use crate::{
    identity::Identity,
    store::{change, link, registration, session, throttle, ticket},
};

/// How often the watcher looks for new revisions: several times within the second that a revocation may take.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// How often the signing keys are looked after.
const KEYS_EVERY: Duration = Duration::from_secs(60);
/// A process that has not looked for so long starts over instead of catching up.
const KEEP_CHANGES: SignedDuration = SignedDuration::from_hours(1);
/// Sessions are kept for a while after their end, for whoever asks what happened.
/// Links that ran out are kept for the record of what was sent.
const KEEP_LINKS: SignedDuration = SignedDuration::from_hours(30 * 24);

const KEEP_SESSIONS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Watches until the process stops.
pub(crate) async fn watch(identity: Arc<Identity>, shutdown: CancellationToken) {
    let mut keys_due = Instant::now() + KEYS_EVERY;
    let mut blind = false;
    loop {
        match look(&identity).await {
            Ok(()) => blind = false,
            Err(_) if blind => {}
            // Once for a whole outage: requests ask the database themselves meanwhile.
            Err(error) => {
                blind = true;
                tracing::warn!(error = &error as &dyn std::error::Error, "identity.watch.failed");
            }
        }
        if Instant::now() >= keys_due {
            keys_due = Instant::now() + KEYS_EVERY;
            look_after_keys(&identity).await;
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Files, and now and then a new key: work for the blocking pool.
async fn look_after_keys(identity: &Arc<Identity>) {
    let owned = Arc::clone(identity);
    let maintained = spawn_blocking(move || owned.tokens().keys().maintain(owned.clock().now())).await;
    if let Ok(Err(error)) = maintained {
        tracing::error!(error = &error as &dyn std::error::Error, "identity.keys.maintain");
    }
}

/// One look at the revisions.
pub(crate) async fn look(identity: &Identity) -> Result<(), DbError> {
    let (seen, looked_at) = (identity.cache().revision(), Instant::now());
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let changes = change::since(&mut tx, seen).await?;
    tx.commit().await?;
    let complete = i64::try_from(changes.people.len()).is_ok_and(|count| count == changes.head - seen);
    identity.cache().take_in(&changes.people, changes.head, complete, looked_at);
    Ok(())
}

/// Deletes what has run out.
pub(crate) async fn tidy(db: &Db) -> Result<(), DbError> {
    let mut tx = db.system(SystemUse::Housekeeping).await?;
    let now = tx.now();
    let changes = change::purge(&mut tx, now - KEEP_CHANGES).await?;
    let failures = throttle::purge(&mut tx).await?;
    let links = link::purge(&mut tx, now - KEEP_LINKS).await?;
    let registrations = registration::purge(&mut tx, now, now - KEEP_LINKS).await?;
    let tickets = ticket::purge(&mut tx).await?;
    let sessions = session::purge(&mut tx, now - KEEP_SESSIONS).await?;
    tx.commit().await?;
    tracing::debug!(changes, failures, links, registrations, tickets, sessions, "identity.tidied");
    Ok(())
}
