//! Events from a committed transaction to handlers and listeners.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod dispatching;
mod following;

use autolytiq_db::NewEvent;
use autolytiq_kernel::{DealId, TenantCtx};
use autolytiq_testkit::TestDb;

/// Emits `deal.changed` in a transaction of its own.
pub(crate) async fn emit(test: &TestDb, ctx: &TenantCtx, state: &str) -> DealId {
    let mut tx = test.db().tenant(ctx).await.unwrap();
    let deal = tx.new_id();
    tx.emit(NewEvent::new("deal.changed", deal, &serde_json::json!({ "state": state }))).await.unwrap();
    tx.commit().await.unwrap();
    deal
}
