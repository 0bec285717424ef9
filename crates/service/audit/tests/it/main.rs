//! The trail on a real database: written with the change, sealed, verified, read.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod reading;
mod routes;
mod sealing;
mod tampering;
mod writing;

use autolytiq_db::AuditRecord;
use autolytiq_kernel::{DealId, TenantCtx};
use autolytiq_testkit::TestDb;

/// Writes one entry in a transaction of its own.
pub(crate) async fn write(test: &TestDb, ctx: &TenantCtx, action: &'static str, deal: DealId) {
    let mut tx = test.db().tenant(ctx).await.unwrap();
    let record = AuditRecord::new(action, deal).after(&serde_json::json!({ "state": action }));
    tx.audit(record).await.unwrap();
    tx.commit().await.unwrap();
}
