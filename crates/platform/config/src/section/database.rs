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
    /// The address of the role that owns the schema, where an administrator made the roles. All three or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_url: Option<Secret>,
    /// The address of the role that works for one store at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_url: Option<Secret>,
    /// The address of the role that works before and above stores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_url: Option<Secret>,
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
        Self {
            url: None,
            owner_url: None,
            app_url: None,
            system_url: None,
            binaries: None,
            app_connections: 16,
            system_connections: 4,
            migrate_on_start: true,
        }
    }
}

impl Database {
    /// Whether the product runs its own cluster.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.url.is_none() && self.owner_url.is_none()
    }

    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.app_connections == 0 || self.system_connections == 0 {
            faults.push("database.app_connections and database.system_connections must be at least 1".to_owned());
        }
        let roles = [&self.owner_url, &self.app_url, &self.system_url].into_iter().flatten().count();
        if roles != 0 && (roles != 3 || self.url.is_some()) {
            let rule = "give either database.url, or all of database.owner_url, app_url and system_url";
            faults.push(rule.to_owned());
        }
        if self.app_connections.saturating_add(self.system_connections) > 90 && self.is_private() {
            faults.push("the private cluster takes 100 connections; ask for at most 90 in all".to_owned());
        }
        faults
    }
}
