//! The command line.

use std::path::PathBuf;

use autolytiq_config::Sources;
use clap::{Args, Parser, Subcommand};
use serde_json::{Value, json};

/// Everything a car dealership needs to work a deal.
#[derive(Debug, Parser)]
#[command(name = "autolytiq", version, about)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every subcommand takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The configuration file; otherwise `autolytiq.toml` in the working folder, if there is one.
    #[arg(long, global = true, env = "AUTOLYTIQ_CONFIG")]
    config: Option<PathBuf>,
    /// The data folder (data.folder).
    #[arg(long, global = true)]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer requests until stopped.
    Serve(Serve),
    /// Make the roles and the database, and apply pending migrations.
    Migrate,
    /// Run the calculation engine: JSON lines in, JSON lines out.
    ///
    /// A line is {"op":"apr", …} or a bare deal; a line that cannot be answered is answered with a problem.
    Calc,
    /// Look at everything that must be right, and say what to do about what is not.
    Doctor,
    /// Look at the configuration.
    #[command(subcommand)]
    Config(Config),
    /// Print the API document.
    Openapi,
    /// The audit trail.
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port (server.port).
    #[arg(long)]
    port: Option<u16>,
    /// Modules to serve, separated by commas (targets.run).
    #[arg(long, value_delimiter = ',')]
    target: Option<Vec<String>>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Read and check it.
    Check,
    /// Print the effective values, secrets masked.
    Dump,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check the chains of all stores.
    Verify,
}

impl Arguments {
    /// The layers of the configuration, the command line on top.
    pub(crate) fn sources(&self) -> Sources {
        let mut overrides: Vec<(String, Value)> = Vec::new();
        if let Some(data) = &self.global.data {
            overrides.push(("data.folder".to_owned(), json!(data)));
        }
        if let Command::Serve(serve) = &self.command {
            overrides.extend(serve.port.map(|port| ("server.port".to_owned(), json!(port))));
            overrides.extend(serve.target.as_ref().map(|run| ("targets.run".to_owned(), json!(run))));
        }
        Sources { file: self.global.config.clone(), overrides }
    }
}
