//! What a running process offers its modules.

use std::sync::Arc;

use autolytiq_db::Db;
use autolytiq_events::Hub;
use autolytiq_kernel::{Clock, Ids};
use autolytiq_secrets::Vault;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::readiness::Readiness;
use crate::settings::Settings;

/// The state every handler, start hook and job is given. Cheap to clone.
///
/// Only what every module may need is here. A service that one crate owns (identity's keys) is made in that crate's
/// start hook and reaches its own handlers as an `axum::Extension`.
#[derive(Clone)]
pub struct Platform {
    /// The door to the database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// New ids.
    pub ids: Ids,
    /// Live changes of the stores, for streams; the process runs the one follower that feeds it.
    pub hub: Hub,
    /// The keys of protected fields.
    pub vault: Vault,
    /// How HTTP behaves.
    pub settings: Arc<Settings>,
    /// Whether the process takes requests.
    pub readiness: Readiness,
    /// Every task of the process, awaited at shutdown.
    pub tasks: TaskTracker,
    /// Fires when the process is asked to stop; a stream or a job ends with it.
    pub shutdown: CancellationToken,
}

impl Platform {
    /// A platform with default settings, ready to take requests; clock and ids are the database's.
    #[must_use]
    pub fn new(db: Db, vault: Vault) -> Self {
        Self {
            clock: db.clock().clone(),
            ids: db.ids().clone(),
            db,
            hub: Hub::new(),
            vault,
            settings: Arc::new(Settings::default()),
            readiness: Readiness::ready(),
            tasks: TaskTracker::new(),
            shutdown: CancellationToken::new(),
        }
    }

    /// The same platform with other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings: Arc::new(settings), ..self }
    }
}
