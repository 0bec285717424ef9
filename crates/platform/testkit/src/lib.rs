//! What every crate's integration tests start from. A dev-dependency only.
//!
//! **What it is.** [`TestDb`]: a database of its own for each test, cloned in a fraction of a second from a template
//! that was migrated once, on a PostgreSQL that all test processes of a target folder share; contexts of stores and
//! people; a clock that stands still until it is turned. [`TestApp`]: the modules under test behind the real HTTP
//! layers, with people who are signed in by the test's word.
//!
//! **What it never does.** It mocks nothing of ours and knows no table of a feature. It uses no database but its own:
//! never the one of `DATABASE_URL`.
//!
//! The server is the embedded one, in `test-cluster` of cargo's target folder, stopped by itself some seconds after
//! the last test. Set `AUTOLYTIQ_TEST_DATABASE_URL` to an address of a superuser to use another server (PostgreSQL 16
//! or newer); databases named `autolytiq_test_…` and the roles `autolytiq_…` are made there.
//!
//! ```no_run
//! # async fn example() {
//! use autolytiq_kernel::Role;
//! use autolytiq_testkit::TestDb;
//!
//! let test = TestDb::new().await;
//! let (store, other) = (test.store(), test.store());
//! let ctx = test.ctx(store, Role::Salesperson);
//! let mut tx = test.db().tenant(&ctx).await.unwrap();
//! // … call the store functions under test, and look from `test.ctx(other, …)` that nothing shows …
//! tx.commit().await.unwrap();
//! # }
//! ```

#![expect(clippy::panic, clippy::expect_used, reason = "a test helper reports by failing the test")]

mod app;
mod client;
mod contexts;
mod floor;
mod server;
mod template;
mod test_db;
mod totp;

pub use app::TestApp;
pub use client::{Answer, Client, Request};
pub use floor::Floor;
pub use test_db::TestDb;
pub use totp::totp;
