//! Putting the demonstration store into an empty installation.

use std::io::{self, Write};

use autolytiq_config::Config;
use autolytiq_db::{Db, DbError, PoolSettings};
use autolytiq_demo::{DemoError, Plan, Seeded, Stage, log_ins, seed};
use autolytiq_http::Platform;
use autolytiq_identity::{
    Identity,
    api::{IdentityError, set_up_required},
};
use autolytiq_kernel::{Ids, ManualClock};
use autolytiq_places::{DataError, Tables};

use crate::{
    database::Server,
    keys::{self, KeysError},
    modules, settings,
};

/// The demonstration store cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The keys of protected fields.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The keys of tokens.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The shipped local rates.
    #[error(transparent)]
    Places(#[from] DataError),
    /// A use case refused.
    #[error(transparent)]
    Demo(#[from] DemoError),
}

/// Makes the demonstration store if the installation has no store yet; otherwise changes nothing.
///
/// It works on connections of its own, whose clock stands at the time of each event; nobody else may use the database
/// meanwhile, which is so before the process listens.
///
/// # Errors
/// [`SeedError`].
pub async fn seed_when_empty(server: &Server, config: &Config, plan: Plan) -> Result<Option<Seeded>, SeedError> {
    let hand = ManualClock::starting_at(plan.anchor);
    // Ids of a sequence: the same plan gives the same store, to the id.
    let ids = Ids::sequence(plan.seed << 32);
    // Tens of thousands of transactions, none of which anybody waits for: they are on disk when all of them are.
    let pools = PoolSettings { durable_commits: false, ..settings::pools(config) };
    let db = Db::connect(&server.access, pools, hand.clock(), ids).await?;
    let result = on(&db, config, &hand, plan).await;
    let flushed = db.flush().await;
    db.close().await;
    let made = result?;
    flushed?;
    Ok(made)
}

async fn on(db: &Db, config: &Config, hand: &ManualClock, plan: Plan) -> Result<Option<Seeded>, SeedError> {
    let vault = keys::vault(config)?;
    let platform = Platform::new(db.clone(), vault.clone());
    let identity = Identity::open(&platform, &modules::identity_config(config)).await?;
    if !set_up_required(&identity).await? {
        return Ok(None);
    }
    let stage = Stage { db, hand, identity: &identity, vault: &vault, tables: &Tables::shipped()? };
    Ok(Some(seed(&stage, plan).await?))
}

/// Writes a line per role: role, address and password, separated by tabs.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_log_ins(out: &mut dyn Write) -> io::Result<()> {
    for account in log_ins() {
        writeln!(out, "{}\t{}\t{}", account.role.as_str(), account.email, account.password)?;
    }
    Ok(())
}
