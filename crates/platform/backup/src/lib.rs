//! The file of a backup.
//!
//! **What it is.** A tar file in one zstd frame, in this order: `about.json` ([`About`]), further members, the server's
//! folder under `postgres/`, and `sums.json` with the size and the SHA-256 of everything before it. Any `tar` that knows
//! zstd lists and unpacks it. [`Writer`] makes one under another name, reads it again from beginning to end, and only
//! then gives it its own; [`read`] hands its members to a [`Visitor`] and tells at the end whether it is whole.
//!
//! **What it never does.** It knows no database, no key and no configuration. It trusts no path inside a file it reads:
//! one that leaves its folder is refused.

mod about;
mod error;
mod read;
mod sums;
mod write;

pub use about::{About, FORMAT};
pub use error::ArchiveError;
pub use read::{Contents, Visitor, read, verify};
pub use write::{Writer, sweep};

/// The folder of the server's files inside a backup.
pub const POSTGRES: &str = "postgres";
