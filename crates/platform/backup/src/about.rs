//! What a backup says about itself.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The number of this form of the file. A program refuses a newer one.
pub const FORMAT: u32 = 1;

/// The first member of the file: enough to decide whether a program can restore it, before anything is unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The form of the file.
    pub format: u32,
    /// The version of the program that wrote it.
    pub product: String,
    /// When it was begun: everything that was acknowledged before is in it.
    pub taken_at: Timestamp,
    /// The major version of PostgreSQL whose files it holds; no other reads them.
    pub postgres_major: u32,
    /// The newest migration of the database when the backup was begun.
    pub migration: i64,
    /// Whether the keys of the installation are in it, sealed under a passphrase.
    pub holds_keys: bool,
}
