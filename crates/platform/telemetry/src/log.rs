//! Log lines.

use std::io;

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::TryInitError;

/// How a log line looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object a line, for machines.
    #[default]
    Json,
    /// For a person at a terminal.
    Text,
}

/// Logging could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The filter is not one.
    #[error("the log filter {filter:?} cannot be read; write it like \"info,autolytiq_http=debug\"")]
    Filter {
        /// What was given.
        filter: String,
        /// What is wrong with it.
        #[source]
        source: tracing_subscriber::filter::ParseError,
    },
    /// Something else in the process has set a subscriber already.
    #[error("logging was set up twice")]
    Twice(#[source] TryInitError),
}

/// Starts logging to standard error, which leaves standard output to what a subcommand prints.
///
/// `filter` is a list of directives (`info,autolytiq_http=debug`).
///
/// # Errors
/// [`LogError`] when the filter cannot be read or logging runs already.
pub fn init(format: Format, filter: &str) -> Result<(), LogError> {
    use tracing_subscriber::util::SubscriberInitExt as _;

    let parsed = EnvFilter::try_new(filter).map_err(|source| LogError::Filter { filter: filter.to_owned(), source })?;
    let builder = tracing_subscriber::fmt().with_env_filter(parsed).with_span_events(FmtSpan::NONE);
    let builder = builder.with_writer(io::stderr).with_target(true);
    match format {
        Format::Json => {
            builder.json().flatten_event(true).with_current_span(true).with_span_list(false).finish().try_init()
        }
        Format::Text => builder.compact().finish().try_init(),
    }
    .map_err(LogError::Twice)
}
