//! The database: reachable, of a version we run on, with our roles, and migrated.

use std::path::Path;

use autolytiq_cluster::ClusterError;
use autolytiq_config::Config;
use autolytiq_db::{Access, Db, DbError};
use autolytiq_kernel::{Clock, Ids};

use super::Finding;
use crate::database::{OpenError, Server, configured};
use crate::settings;

const SUBJECT: &str = "database";

pub(super) async fn look(config: &Config) -> Vec<Finding> {
    match configured(config) {
        Err(error) => vec![Finding::bad(SUBJECT, error.to_string(), "correct DATABASE_URL or the [database] section")],
        Ok(Some(access)) => through(config, &access).await,
        Ok(None) if !has_cluster(&config.data.folder) => {
            vec![Finding::note(
                SUBJECT,
                "no DATABASE_URL: the first start makes a private PostgreSQL in the data folder",
            )]
        }
        Ok(None) => private(config).await,
    }
}

/// Whether the data folder holds a cluster, so that looking does not make one.
fn has_cluster(folder: &Path) -> bool {
    folder.join("cluster").is_dir()
}

async fn private(config: &Config) -> Vec<Finding> {
    let server = match Server::open(config).await {
        Ok(server) => server,
        Err(OpenError::Cluster(ClusterError::InUse { pid, .. })) => {
            let by = pid.map(|pid| format!(" by process {pid}")).unwrap_or_default();
            return vec![Finding::note(
                SUBJECT,
                format!("the private PostgreSQL is in use{by}; ask its /health instead"),
            )];
        }
        Err(error) => return vec![Finding::bad(SUBJECT, error.to_string(), "see the message")],
    };
    let mut findings = vec![Finding::good("postgresql", "the private cluster starts")];
    findings.extend(through(config, &server.access).await);
    if let Err(error) = server.stop().await {
        findings.push(Finding::bad("postgresql", error.to_string(), "look into the cluster's log in the data folder"));
    }
    findings
}

async fn through(config: &Config, access: &Access) -> Vec<Finding> {
    let remedy = "run `autolytiq migrate`, or let `serve` do it (database.migrate_on_start)";
    match Db::connect(access, settings::pools(config), Clock::system(), Ids::system()).await {
        Ok(db) => {
            db.close().await;
            vec![Finding::good(SUBJECT, "reachable, its roles are right and no migration is pending")]
        }
        Err(error @ DbError::MigrationsPending { .. }) => vec![Finding::bad("migrations", error.to_string(), remedy)],
        Err(error @ DbError::DatabaseNewer { .. }) => {
            vec![Finding::bad("migrations", error.to_string(), "install the newer program")]
        }
        Err(error @ DbError::RoleTooStrong { .. }) => vec![Finding::bad("roles", error.to_string(), remedy)],
        Err(DbError::Unavailable(source)) => {
            vec![Finding::bad(SUBJECT, format!("it cannot be reached: {source}"), "start it, or correct its address")]
        }
        Err(error) => vec![Finding::bad(SUBJECT, error.to_string(), remedy)],
    }
}
