//! The executable as a whole: started, set up, used over HTTP, stopped and killed.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helper functions of tests")]

mod backup;
mod client;
mod database;
mod faults;
mod fleet;
mod installation;
mod kill;
mod ledger;
mod split;
