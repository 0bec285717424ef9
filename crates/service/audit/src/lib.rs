//! The audit trail after it was written.
//!
//! **What it is.** Entries are appended by `TenantTx::audit` in the writer's own transaction. Shortly after, the
//! sealer ([`seal`]) chains them per store: each link hashes the one before it and the stored bytes of one entry, so a
//! change or a removal shows when the chain is walked ([`verify`]). [`history`] and [`search`] read entries under
//! row-level security.
//!
//! **What it never does.** It never changes or deletes an entry, and no role of the running product may. It does not
//! decrypt: protected values stand in entries as ciphertext under the subject's key, so that erasing a person leaves
//! every chain whole.
//!
//! A chain proves that nothing inside it was changed. That its end was not cut off shows only against a head noted
//! elsewhere: `verify` prints the heads and takes earlier ones to compare with.

mod chain;
mod entry;
mod error;
mod export;
mod history;
mod http;
mod seal;
mod sight;
mod store;
mod verify;

use std::time::Duration;

use autolytiq_http::{Job, Module};

pub use chain::{BadHead, Head};
pub use entry::{AuditActor, AuditEntry, AuditSubject};
pub use error::AuditError;
pub use history::{Filter, Vocabulary, history, of_person, search, vocabulary};
pub use seal::{Sealed, seal};
pub use sight::Sight;
pub use verify::{Chain, Flaw, Report, Scope, verify};

/// How long an entry waits for its seal when there is little to do.
const SEAL_PAUSE: Duration = Duration::from_secs(2);
/// How often old rows are removed and partitions made ahead.
const HOUSEKEEPING_PAUSE: Duration = Duration::from_secs(6 * 60 * 60);

/// The sealer, the daily housekeeping of the tables that grow by the month, and the trail's operations below `/admin/audit-logs`.
#[must_use]
pub fn module() -> Module {
    Module::new("audit")
        .routes(http::routes)
        .job(Job::every("audit.seal", SEAL_PAUSE, |platform| async move { seal(&platform.db).await.map(drop) }))
        .job(Job::every("audit.housekeeping", HOUSEKEEPING_PAUSE, |platform| async move {
            let made = store::partitions::create_ahead(&platform.db).await?;
            let expired = platform.db.idempotency_expire().await?;
            tracing::info!(partitions.made = made, answers.expired = expired, "housekeeping");
            Ok::<(), AuditError>(())
        }))
}
