//! The cluster against a real PostgreSQL: start, stop, being killed, being shared.
#![expect(clippy::unwrap_used, reason = "helper functions of tests")]

mod lifecycle;
mod psql;
mod sharing;
