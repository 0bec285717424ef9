//! Hands events to the handlers that asked for them.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use autolytiq_db::{Db, DbError, SystemTx, SystemUse};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{Event, store, wait};

/// Events taken in one transaction.
const BATCH: i64 = 100;
/// A batch is cut short after this, so that its transaction stays well within its time-outs.
const BATCH_TIME: Duration = Duration::from_secs(10);
/// How long one handler may take with one event.
const HANDLER_TIME: Duration = Duration::from_secs(30);
/// The longest pause between two attempts.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// The pause after the outbox could not be read.
const PAUSE: Duration = Duration::from_secs(1);

type BoxError = Box<dyn Error + Send + Sync>;
type Handle = Arc<dyn Fn(Event) -> BoxFuture<'static, Result<(), BoxError>> + Send + Sync>;

/// Sends events from the outbox, in the order of their numbers, at least once.
///
/// When a handler fails or takes more than 30 seconds, the event is tried again after 2, 4, 8 … seconds up to an hour,
/// with all handlers of its type: a handler does nothing twice for one [`Event::id`]. Other events do not wait for it.
/// Several processes may dispatch at once; each event is with one of them at a time.
pub struct Dispatcher {
    db: Db,
    handlers: Vec<Handler>,
}

struct Handler {
    name: &'static str,
    kinds: &'static [&'static str],
    handle: Handle,
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dispatched {
    /// Events that every handler took.
    pub sent: u32,
    /// Events that some handler did not.
    pub failed: u32,
    /// Whether the round ended before the outbox did.
    pub more: bool,
}

impl Dispatcher {
    /// A dispatcher without handlers: every event counts as sent.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, handlers: Vec::new() }
    }

    /// Adds a handler for events of these types. The name is for logs: `mail.deal_approved`.
    #[must_use]
    pub fn on<F, Fut, E>(mut self, name: &'static str, kinds: &'static [&'static str], handler: F) -> Self
    where
        F: Fn(Event) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let handle: Handle = Arc::new(move |event| {
            let handled = handler(event);
            Box::pin(async move { handled.await.map_err(Into::into) })
        });
        self.handlers.push(Handler { name, kinds, handle });
        self
    }

    /// Dispatches until the token fires; a batch under way is finished first.
    pub async fn run(self, stop: CancellationToken) {
        let mut commits = self.db.committed_events();
        loop {
            match self.dispatch().await {
                Ok(round) if round.more && !stop.is_cancelled() => continue,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(error = &error as &dyn Error, "dispatching pauses: the outbox cannot be read");
                    tokio::time::sleep(PAUSE).await;
                }
            }
            if wait::for_events(&mut commits, &stop).await == wait::Woken::Stop {
                return;
            }
        }
    }

    /// One round: takes a batch of events that are due and hands them out.
    ///
    /// # Errors
    /// What the database reports; the whole batch is then tried again later.
    pub async fn dispatch(&self) -> Result<Dispatched, DbError> {
        let mut tx = self.db.system(SystemUse::OutboxDispatch).await?;
        let pending = store::take_pending(&mut tx, BATCH).await?;
        let mut round = Dispatched {
            more: i64::try_from(pending.len()).is_ok_and(|count| count == BATCH),
            ..Dispatched::default()
        };
        let started = Instant::now();
        for pending in pending {
            if started.elapsed() > BATCH_TIME {
                round.more = true;
                break;
            }
            match self.hand_out(&pending.event).await {
                Ok(()) => {
                    store::mark_dispatched(&mut tx, &pending.event).await?;
                    round.sent = round.sent.saturating_add(1);
                }
                Err(failure) => {
                    note_failure(&mut tx, &pending, &failure).await?;
                    round.failed = round.failed.saturating_add(1);
                }
            }
        }
        tx.commit().await?;
        Ok(round)
    }

    async fn hand_out(&self, event: &Event) -> Result<(), Failure> {
        for handler in self.handlers.iter().filter(|handler| handler.kinds.contains(&event.kind.as_str())) {
            let handled = tokio::time::timeout(HANDLER_TIME, (handler.handle)(event.clone())).await;
            let error = match handled {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error,
                Err(elapsed) => elapsed.into(),
            };
            return Err(Failure { handler: handler.name, error });
        }
        Ok(())
    }
}

impl fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.handlers.iter().map(|handler| handler.name)).finish()
    }
}

struct Failure {
    handler: &'static str,
    error: BoxError,
}

async fn note_failure(tx: &mut SystemTx, pending: &store::Pending, failure: &Failure) -> Result<(), DbError> {
    let again_at = tx.now().saturating_add(pause(pending.attempts)).unwrap_or(Timestamp::MAX);
    let event = &pending.event;
    tracing::warn!(
        event.id = %event.id, event.kind, handler = failure.handler, attempts = pending.attempts, %again_at,
        error = &*failure.error as &dyn Error, "an event was not taken"
    );
    let why = format!("{}: {}", failure.handler, failure.error);
    store::mark_failed(tx, event, again_at, &why).await
}

/// 2, 4, 8 … seconds, at most an hour.
fn pause(attempts_before: u32) -> SignedDuration {
    let seconds = 2_i64.checked_shl(attempts_before).filter(|seconds| *seconds > 0).unwrap_or(i64::MAX);
    SignedDuration::from_secs(seconds).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let seconds: Vec<i64> = (0..5).map(|attempts| pause(attempts).as_secs()).collect();
        assert_eq!(seconds, [2, 4, 8, 16, 32]);
        for attempts in [12, 61, 62, 63, 64, u32::MAX] {
            assert_eq!(pause(attempts).as_secs(), 3_600, "{attempts}");
        }
    }
}
