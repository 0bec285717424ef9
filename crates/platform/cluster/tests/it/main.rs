//! The cluster against a real PostgreSQL: start, stop, being killed, being shared.

mod lifecycle;
mod psql;
mod sharing;
