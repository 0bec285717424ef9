//! Live updates within one process.

use std::{
    collections::HashMap,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use autolytiq_kernel::{DealershipId, TenantCtx};
use futures::{Stream, StreamExt};
use serde_json::Value;
use tokio::sync::{broadcast, watch};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use crate::Event;

/// How many events a listener may be behind before it misses some.
const BACKLOG: usize = 256;

/// Passes events on to whoever listens for their store. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    stores: Mutex<HashMap<DealershipId, broadcast::Sender<Live>>>,
    /// How many subscriptions were ever made; the follower starts reading when it moves.
    arrivals: watch::Sender<u64>,
}

/// What a listener is told.
#[derive(Clone, Debug)]
pub enum Live {
    /// Something happened in the store.
    Event(Arc<Event>),
    /// Something that is true for seconds only: it was stored nowhere, and who misses it misses nothing.
    Passing(Arc<Passing>),
    /// The listener was too slow and missed events: what it shows may be out of date.
    Missed,
}

/// News that is told to those who listen in this process and then forgotten, such as who looks at a deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Passing {
    /// The type: `deal.presence`.
    pub kind: &'static str,
    /// What its type says.
    pub payload: Value,
}

impl Hub {
    /// A hub nobody listens to yet.
    #[must_use]
    pub fn new() -> Self {
        let (arrivals, _) = watch::channel(0);
        Self(Arc::new(Inner { stores: Mutex::default(), arrivals }))
    }

    /// Listens for events of the store the context acts for, from now on.
    #[must_use]
    pub fn subscribe(&self, ctx: &TenantCtx) -> Subscription {
        let receiver = {
            let mut stores = self.stores();
            // Those who left are forgotten when somebody comes.
            stores.retain(|_, sender| sender.receiver_count() > 0);
            stores.entry(ctx.acting()).or_insert_with(|| broadcast::channel(BACKLOG).0).subscribe()
        };
        self.0.arrivals.send_modify(|count| *count = count.wrapping_add(1));
        Subscription(BroadcastStream::new(receiver))
    }

    /// Whether anybody listens.
    #[must_use]
    pub fn has_listeners(&self) -> bool {
        self.stores().values().any(|sender| sender.receiver_count() > 0)
    }

    /// How many listen, for metrics.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.stores().values().map(broadcast::Sender::receiver_count).sum()
    }

    /// Passes an event on to the listeners of its store.
    pub(crate) fn publish(&self, event: Event) {
        if let Some(sender) = self.stores().get(&event.dealership) {
            // Fails when the last listener has just left, which is as good.
            let _ = sender.send(Live::Event(Arc::new(event)));
        }
    }

    /// Tells the listeners of the store the context acts for, in this process.
    pub fn mention(&self, ctx: &TenantCtx, kind: &'static str, payload: Value) {
        if let Some(sender) = self.stores().get(&ctx.acting()) {
            // As above.
            let _ = sender.send(Live::Passing(Arc::new(Passing { kind, payload })));
        }
    }

    pub(crate) fn arrivals(&self) -> watch::Receiver<u64> {
        self.0.arrivals.subscribe()
    }

    fn stores(&self) -> MutexGuard<'_, HashMap<DealershipId, broadcast::Sender<Live>>> {
        // The map is whole after every statement, so a panic elsewhere does not spoil it.
        self.0.stores.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("listeners", &self.listeners()).finish()
    }
}

/// The events of one store as they come; ends with the hub.
#[derive(Debug)]
pub struct Subscription(BroadcastStream<Live>);

impl Stream for Subscription {
    type Item = Live;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Live>> {
        self.0.poll_next_unpin(cx).map(|next| {
            next.map(|received| match received {
                Ok(live) => live,
                Err(BroadcastStreamRecvError::Lagged(_)) => Live::Missed,
            })
        })
    }
}
