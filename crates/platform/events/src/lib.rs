//! What happens to an event after the transaction that wrote it has committed.
//!
//! **What it is.** Two readers of the outbox. The [`Dispatcher`] hands each event to the handlers that asked for its
//! type, at least once, with retries: mail, webhooks, workflows start here. The [`Follower`] feeds the [`Hub`], from
//! which open browsers of a store learn that something changed.
//!
//! **What it never does.** It writes no event: that is `TenantTx::emit`, in the writer's own transaction. It promises
//! no listener of the hub that nothing is missed, and no handler that nothing comes twice.

mod dispatcher;
mod event;
mod follower;
mod gaps;
mod hub;
mod store;
mod wait;

pub use dispatcher::{Dispatched, Dispatcher};
pub use event::{Event, EventSubject};
pub use follower::Follower;
pub use hub::{Hub, Live, Passing, Subscription};
