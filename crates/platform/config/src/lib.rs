//! The configuration: values that are read once at start and passed down.
//!
//! **What it is.** [`Config`], one section a file, read by [`load`] in layers: compiled-in defaults, `autolytiq.toml`,
//! the environment (`AUTOLYTIQ__SERVER__PORT=9000`, and `DATABASE_URL`), the command line. A key that no section knows
//! is refused with the place it came from. [`Config::dump`] prints the effective values, secrets masked. The product
//! starts with no configuration at all.
//!
//! **What it never does.** It keeps no global state and is not read again after the start; it opens no file besides
//! `autolytiq.toml`; it never prints a secret.

mod load;
mod secret;
mod section;

use serde::{Deserialize, Serialize};

pub use load::{ConfigError, Sources, load};
pub use secret::Secret;
pub use section::backup::Backup;
pub use section::data::Data;
pub use section::database::Database;
pub use section::keys::Keys;
pub use section::limits::Limits;
pub use section::log::{Log, LogFormat};
pub use section::mail::Mail;
pub use section::server::Server;
pub use section::single_sign_on::SingleSignOn;
pub use section::targets::Targets;
pub use section::texts::{TextCarrier, Texts};

/// Everything an installation can set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the process keeps its files.
    pub data: Data,
    /// The master keys of protected fields.
    pub keys: Keys,
    /// The PostgreSQL it works on.
    pub database: Database,
    /// Where its backups go.
    pub backup: Backup,
    /// How messages leave.
    pub mail: Mail,
    /// How text messages leave.
    pub texts: Texts,
    /// How people sign in with a store's own provider.
    pub single_sign_on: SingleSignOn,
    /// How it listens and answers.
    pub server: Server,
    /// Which modules this process runs.
    pub targets: Targets,
    /// How many requests a minute.
    pub limits: Limits,
    /// What it logs.
    pub log: Log,
}

impl Config {
    /// The effective configuration as TOML, secrets masked.
    ///
    /// # Errors
    /// When a value cannot be written as TOML, which no value of ours is.
    pub fn dump(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }

    /// What is readable but makes no sense, as sentences. Empty when all is well.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = self.server.faults();
        faults.extend(self.database.faults());
        faults.extend(self.backup.faults());
        faults.extend(self.mail.faults());
        faults.extend(self.limits.faults());
        faults.extend(self.targets.faults());
        faults
    }
}
