//! What the process tells its operators: log lines and metrics.
//!
//! **What it is.** [`log::init`] sends `tracing` events to standard error, as one JSON object a line or as text for a
//! person; [`metric::Metrics`] records in-process and prints the Prometheus text format. The conventions are in
//! `docs/LOGGING.md`.
//!
//! **What it never does.** It writes no request body, no query string, no token and no protected value, and it puts no
//! dealership or person into a metric's label: tenants appear in log lines, by id.

pub mod http;
pub mod log;
pub mod metric;
pub mod upstream;
