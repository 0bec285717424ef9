//! The database: reachable, of a version we run on, with our roles, and migrated.

use std::cmp::Ordering;
use std::path::Path;

use autolytiq_config::Config;
use autolytiq_db::{Access, DbError, Inspection, RoleState};

use super::Finding;
use crate::database::{Server, configured};

const SUBJECT: &str = "database";

pub(super) async fn look(config: &Config) -> Vec<Finding> {
    match configured(config) {
        Err(error) => vec![Finding::bad(SUBJECT, error.to_string(), "correct DATABASE_URL or the [database] section")],
        Ok(Some(access)) => through(&access).await,
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
    let server = match Server::visit(config).await {
        Ok(server) => server,
        Err(error) => return vec![Finding::bad("postgresql", error.to_string(), "see the message")],
    };
    let mut findings = vec![Finding::good("postgresql", "the private cluster runs")];
    findings.extend(through(&server.access).await);
    if let Err(error) = server.stop().await {
        findings.push(Finding::bad("postgresql", error.to_string(), "look into the cluster's log in the data folder"));
    }
    findings
}

async fn through(access: &Access) -> Vec<Finding> {
    match autolytiq_db::inspect(access).await {
        Ok(found) => told(&found),
        Err(DbError::Unavailable(source)) => {
            vec![Finding::bad(SUBJECT, format!("it cannot be reached: {source}"), "start it, or correct its address")]
        }
        Err(error) => vec![Finding::bad(SUBJECT, error.to_string(), "correct the address, or the role it names")],
    }
}

fn told(found: &Inspection) -> Vec<Finding> {
    let version = format!("version {}", found.server_version);
    let mut findings = vec![if found.server_is_supported {
        Finding::good("postgresql", version)
    } else {
        Finding::bad("postgresql", version, "PostgreSQL 16 or newer is needed")
    }];
    if !found.database_exists {
        findings.push(Finding::note(
            SUBJECT,
            "the database is not made yet; `autolytiq migrate` or the first start makes it",
        ));
        return findings;
    }
    if !found.extensions_missing.is_empty() {
        let missing = found.extensions_missing.join(", ");
        findings.push(Finding::note("extensions", format!("searches are slower without {missing}")));
    }
    for (role, state) in &found.roles {
        findings.push(match state {
            RoleState::Fit => Finding::good("roles", role.clone()),
            RoleState::Missing => Finding::bad("roles", format!("{role} is missing"), "run `autolytiq migrate`"),
            RoleState::TooStrong => {
                let why = format!("{role} is a superuser, bypasses row-level security or owns tables");
                Finding::bad("roles", why, "take that from it: tenants would not be kept apart")
            }
            RoleState::TooWeak => {
                let why = format!("{role} lacks BYPASSRLS, so migrations would change no rows and say nothing");
                Finding::bad("roles", why, format!("run `alter role {role} bypassrls`"))
            }
        });
    }
    if let Some(piece) = &found.archiving_stuck_at {
        let why = format!("the log cannot be archived since {piece}");
        findings.push(Finding::bad(
            "log archive",
            why,
            "make room in backup.log_folder, and let PostgreSQL's account write there",
        ));
    }
    let (at, needed) = (found.migration_found, found.migration_needed);
    let shown = format!("at {at:04}, the program has {needed:04}");
    findings.push(match at.cmp(&needed) {
        Ordering::Equal => Finding::good("migrations", shown),
        Ordering::Less => Finding::bad("migrations", shown, "run `autolytiq migrate`, or let `serve` do it"),
        Ordering::Greater => Finding::bad("migrations", shown, "install the newer program"),
    });
    findings
}
