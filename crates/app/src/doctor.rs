//! `autolytiq doctor`: one line for each thing that must be right, with what to do when it is not.

mod machine;
mod postgres;

use std::fmt;
use std::io::{self, Write};

use autolytiq_config::Config;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub subject: &'static str,
    /// How it is.
    pub state: State,
    /// What was found.
    pub detail: String,
}

/// How a thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Good,
    /// It works; somebody should know.
    Note,
    /// It will not work; here is what to do.
    Bad {
        /// The remedy.
        remedy: String,
    },
}

impl Finding {
    fn good(subject: &'static str, detail: impl Into<String>) -> Self {
        Self { subject, state: State::Good, detail: detail.into() }
    }

    fn note(subject: &'static str, detail: impl Into<String>) -> Self {
        Self { subject, state: State::Note, detail: detail.into() }
    }

    fn bad(subject: &'static str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject, state: State::Bad { remedy: remedy.into() }, detail: detail.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.state {
            State::Good => "ok  ",
            State::Note => "note",
            State::Bad { .. } => "BAD ",
        };
        write!(f, "{mark} {:<14} {}", self.subject, self.detail)?;
        match &self.state {
            State::Bad { remedy } => write!(f, "; {remedy}"),
            State::Good | State::Note => Ok(()),
        }
    }
}

/// Looks at everything, prints a line each, and tells whether all is well. It changes nothing.
///
/// # Errors
/// When the lines cannot be written.
pub async fn doctor(config: &Config, out: &mut (dyn Write + Send)) -> io::Result<bool> {
    let mut well = true;
    let mut findings = machine::look(config);
    findings.extend(postgres::look(config).await);
    for finding in findings {
        well &= !matches!(finding.state, State::Bad { .. });
        writeln!(out, "{finding}")?;
    }
    out.flush()?;
    Ok(well)
}
