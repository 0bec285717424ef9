//! The PostgreSQL that all tests of a target folder share.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use autolytiq_cluster::{ClusterConfig, SharedCluster};
use autolytiq_db::Access;
use secrecy::ExposeSecret;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::OnceCell;
use url::Url;

/// Where to find a server other than the embedded one.
const ADDRESS: &str = "AUTOLYTIQ_TEST_DATABASE_URL";

/// A server and a superuser's way into it.
pub(crate) struct Server {
    /// As the superuser, to a database that is always there.
    pub(crate) superuser: PgConnectOptions,
    password: String,
    /// Keeps the embedded server running while this process lives.
    _embedded: Option<SharedCluster>,
}

impl Server {
    /// The server of this process, found or started by the first test that asks.
    pub(crate) async fn shared() -> &'static Self {
        static SERVER: OnceCell<Server> = OnceCell::const_new();
        SERVER.get_or_init(Self::start).await
    }

    async fn start() -> Self {
        if let Ok(address) = std::env::var(ADDRESS) {
            let superuser = address.parse().unwrap_or_else(|error| panic!("{ADDRESS} is no address: {error}"));
            let password =
                Url::parse(&address).ok().and_then(|url| url.password().map(str::to_owned)).unwrap_or_default();
            return Self { superuser, password, _embedded: None };
        }
        let mut config = ClusterConfig::new(data_folder());
        // A server that forgets everything at a power cut is quicker, and these databases live for seconds.
        config.settings =
            [("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off"), ("max_connections", "300")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into_iter()
                .collect::<BTreeMap<_, _>>();
        let cluster =
            SharedCluster::join(config).await.unwrap_or_else(|error| panic!("no PostgreSQL for the tests: {error}"));
        let address = cluster.address();
        let password = address.password.expose_secret().to_owned();
        let superuser = PgConnectOptions::new_without_pgpass()
            .socket(&address.socket_dir)
            .port(address.port)
            .username(&address.superuser)
            .password(&password)
            .database(&address.database);
        Self { superuser, password, _embedded: Some(cluster) }
    }

    /// The roles' way into one database.
    pub(crate) fn access(&self, database: &str) -> Access {
        Access::through(self.superuser.clone(), &self.password, database)
    }
}

/// `test-cluster` in cargo's target folder, which is found from where the test executable lies
/// (`target/debug/deps/…`).
fn data_folder() -> PathBuf {
    let executable = std::env::current_exe().unwrap_or_default();
    let target = executable.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    target.map(Path::to_owned).unwrap_or_else(std::env::temp_dir).join("test-cluster")
}
