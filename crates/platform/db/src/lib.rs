//! The only door to PostgreSQL.
//!
//! **What it is.** Three roles and two doors. A [`TenantTx`], opened from an authenticated
//! [`TenantCtx`](autolytiq_kernel::TenantCtx), works for one store under row-level security; a [`SystemTx`] does the few
//! things that come before or above stores, each listed with its reason in `system/uses.rs`. The owner's role only
//! migrates. A writer's audit entry and its event go into the writer's own transaction ([`TenantTx::audit`],
//! [`TenantTx::emit`]). The [`catalogue`] checks hold every table of every crate to the rules.
//!
//! **What it never does.** It hands out no pool and no connection outside a transaction, knows no table of a feature,
//! and writes no SQL that was not in the source: a store's functions pass static text and binds.

mod access;
mod audit;
pub mod catalogue;
mod database;
mod error;
mod hold;
mod idempotency;
mod inspect;
mod migrate;
mod outbox;
mod prepare;
mod settings;
mod subject;
mod system;
mod tenant;

pub use access::Access;
pub use audit::AuditRecord;
pub use database::Db;
pub use error::DbError;
pub use hold::LogHold;
pub use idempotency::{Begin, StoredAnswer, Ticket};
pub use inspect::{Inspection, RoleState, inspect};
pub use migrate::{Migrated, migrate, migrations_fingerprint, newest_known};
pub use outbox::NewEvent;
pub use prepare::prepare;
pub use settings::PoolSettings;
pub use subject::Subject;
pub use system::{SystemTx, SystemUse};
pub use tenant::{AsContention, TenantTx};
