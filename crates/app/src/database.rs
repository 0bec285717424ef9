//! The database of an installation: one's own by address, or the private cluster.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use autolytiq_cluster::{Cluster, ClusterConfig, ClusterError, LogArchive, RunningCluster, ServerAddress};
use autolytiq_config::{Config, Secret};
use autolytiq_db::{Access, Db, DbError, Migrated};
use autolytiq_kernel::{Clock, Ids};
use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::settings;

/// The database's name in the private cluster.
const NAME: &str = "autolytiq";
/// Lies in a data folder while a restore fills it.
pub(crate) const UNFINISHED: &str = "restore.unfinished";

/// The database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A restore into this folder was broken off.
    #[error("{} holds a restore that was broken off: empty it and restore again", .0.display())]
    Unfinished(PathBuf),
    /// The private cluster did not start.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The server refused something, or does not belong to this program.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// How often a process looks whether the private cluster waits for somebody to run it.
const LOOK: Duration = Duration::from_millis(500);
/// How long the process that runs the private cluster may take to start it; its first start may fetch PostgreSQL.
const PATIENCE: Duration = Duration::from_secs(180);

/// How long a starting process waits for a server that was there, or was promised.
const RETURN: Duration = Duration::from_secs(30);

/// A server that is there, and how to reach it.
pub struct Server {
    /// How the roles connect.
    pub access: Access,
    cluster: Option<RunningCluster>,
    heir: Option<Heir>,
}

/// Waits to run the private cluster when the process that does so ends.
struct Heir {
    stop: CancellationToken,
    waiting: JoinHandle<Option<RunningCluster>>,
}

impl Server {
    /// Starts the private cluster, or takes the address that was configured.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(config: &Config) -> Result<Self, OpenError> {
        if let Some(access) = configured(config)? {
            return Ok(Self { access, cluster: None, heir: None });
        }
        if config.data.folder.join(UNFINISHED).exists() {
            return Err(OpenError::Unfinished(config.data.folder.clone()));
        }
        let cluster = Cluster::open(cluster_config(config)).await?;
        Ok(Self { access: access_to(cluster.address()), cluster: Some(cluster), heir: None })
    }

    /// Like [`Server::open`], for one of several processes: the first one runs the private cluster, the others work on it
    /// as well, and one of them runs it on when the first one ends, however it does.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn share(config: &Config, tasks: &TaskTracker) -> Result<Self, OpenError> {
        let begun = Instant::now();
        loop {
            match Self::open(config).await {
                Err(OpenError::Cluster(ClusterError::InUse { .. })) if Cluster::is_ready(&config.data.folder) => break,
                Err(OpenError::Cluster(ClusterError::InUse { .. })) if begun.elapsed() < PATIENCE => {
                    tokio::time::sleep(LOOK).await;
                }
                opened => return opened,
            }
        }
        let address = Cluster::address_of(&config.data.folder)?;
        let stop = CancellationToken::new();
        let waiting = tasks.spawn(inherit(cluster_config(config), stop.clone()));
        Ok(Self { access: access_to(&address), cluster: None, heir: Some(Heir { stop, waiting }) })
    }

    /// Like [`Server::open`], or beside the process that runs the private cluster at the moment: for a look, not to
    /// stay.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn visit(config: &Config) -> Result<Self, OpenError> {
        match Self::open(config).await {
            Err(OpenError::Cluster(ClusterError::InUse { .. })) => {
                let address = Cluster::address_of(&config.data.folder)?;
                Ok(Self { access: access_to(&address), cluster: None, heir: None })
            }
            opened => opened,
        }
    }

    /// How to reach the private cluster as its superuser.
    ///
    /// # Errors
    /// [`ClusterError`] when there is none.
    pub(crate) fn address(&self, config: &Config) -> Result<ServerAddress, ClusterError> {
        match &self.cluster {
            Some(cluster) => Ok(cluster.address().clone()),
            None => Cluster::address_of(&config.data.folder),
        }
    }

    /// Makes the roles and the database, and applies pending migrations.
    ///
    /// # Errors
    /// [`OpenError::Database`].
    pub async fn migrate(&self) -> Result<Migrated, OpenError> {
        let attempt = async || {
            autolytiq_db::prepare(&self.access).await?;
            autolytiq_db::migrate(&self.access).await
        };
        Ok(patiently(attempt).await?)
    }

    /// Opens the pools; refuses a database with pending migrations.
    ///
    /// # Errors
    /// [`OpenError::Database`].
    pub async fn connect(&self, config: &Config) -> Result<Db, OpenError> {
        let attempt = || Db::connect(&self.access, settings::pools(config), Clock::system(), Ids::system());
        Ok(patiently(attempt).await?)
    }

    /// Stops the private cluster, if that is what it is.
    ///
    /// # Errors
    /// [`OpenError::Cluster`].
    pub async fn stop(self) -> Result<(), OpenError> {
        let inherited = match self.heir {
            Some(heir) => {
                heir.stop.cancel();
                // A wait that ended in a panic has inherited nothing.
                heir.waiting.await.ok().flatten()
            }
            None => None,
        };
        match self.cluster.or(inherited) {
            Some(cluster) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}

/// Repeats what failed because the server was away: another process may be taking it over just now, or a server of one's
/// own may be starting.
async fn patiently<T>(mut attempt: impl AsyncFnMut() -> Result<T, DbError>) -> Result<T, DbError> {
    let begun = Instant::now();
    loop {
        match attempt().await {
            Err(DbError::Unavailable(error)) if begun.elapsed() < RETURN => {
                tracing::warn!(error = &error as &dyn std::error::Error, "waiting for the database");
                tokio::time::sleep(LOOK).await;
            }
            done => return done,
        }
    }
}

/// Where the private cluster lies and what it runs with.
pub(crate) fn cluster_config(config: &Config) -> ClusterConfig {
    let mut wanted = ClusterConfig::new(&config.data.folder);
    wanted.binaries.clone_from(&config.database.binaries);
    let backup = &config.backup;
    wanted.archive = backup.log_folder.clone().map(|folder| LogArchive { folder, seconds: backup.log_seconds });
    wanted
}

/// Runs the private cluster as soon as nobody else does; nothing when this process is asked to stop first.
async fn inherit(wanted: ClusterConfig, stop: CancellationToken) -> Option<RunningCluster> {
    loop {
        tokio::select! {
            () = stop.cancelled() => return None,
            () = tokio::time::sleep(LOOK) => {}
        }
        match Cluster::open(wanted.clone()).await {
            Ok(cluster) => {
                tracing::warn!("the process that ran PostgreSQL has ended; this one runs it now");
                return Some(cluster);
            }
            Err(ClusterError::InUse { .. }) => {}
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "PostgreSQL cannot be taken over"),
        }
    }
}

/// The access of a server of one's own; none when the private cluster is wanted.
///
/// # Errors
/// [`DbError::Address`] when an address cannot be read.
pub fn configured(config: &Config) -> Result<Option<Access>, DbError> {
    let database = &config.database;
    if let Some(url) = &database.url {
        return Access::from_url(url.expose()).map(Some);
    }
    match (&database.owner_url, &database.app_url, &database.system_url) {
        (Some(owner), Some(app), Some(system)) => {
            let [owner, app, system] = [owner, app, system].map(Secret::expose);
            Access::from_role_urls(owner, app, system).map(Some)
        }
        _ => Ok(None),
    }
}

fn access_to(address: &ServerAddress) -> Access {
    let password = address.password.expose_secret();
    let options = PgConnectOptions::new_without_pgpass()
        .socket(&address.socket_dir)
        .port(address.port)
        // Nobody listens in on a socket of this machine, and asking costs every connection a round trip.
        .ssl_mode(PgSslMode::Disable)
        .username(&address.superuser)
        .password(password)
        .database(&address.database);
    Access::through(options, password, NAME)
}
