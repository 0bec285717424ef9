//! `[database]`

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::Secret;

/// The PostgreSQL the product works on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// The address of a PostgreSQL of one's own, as a role that may create roles and databases: also `DATABASE_URL`.
    /// Without it the product runs a private cluster in the data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Secret>,
    /// A folder with `postgres` and `initdb` for the private cluster, instead of the ones it finds or fetches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binaries: Option<PathBuf>,
    /// Most connections for requests and jobs.
    pub app_connections: u32,
    /// Most connections for sign-in, dispatch and schedules.
    pub system_connections: u32,
    /// Whether `serve` applies pending migrations itself. With several processes on one database, run
    /// `autolytiq migrate` before the new version starts and set this to false.
    pub migrate_on_start: bool,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, binaries: None, app_connections: 16, system_connections: 4, migrate_on_start: true }
    }
}

impl Database {
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.app_connections == 0 || self.system_connections == 0 {
            faults.push("database.app_connections and database.system_connections must be at least 1".to_owned());
        }
        if self.app_connections.saturating_add(self.system_connections) > 90 && self.url.is_none() {
            faults.push("the private cluster takes 100 connections; ask for at most 90 in all".to_owned());
        }
        faults
    }
}
