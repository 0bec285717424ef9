//! The command line.

use std::path::PathBuf;

use autolytiq_app::backup::{KeySource, Replay, Wanted};
use autolytiq_audit::Head;
use autolytiq_config::Sources;
use autolytiq_demo::{Plan, Scale, Tier};
use autolytiq_kernel::DealershipId;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
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
    /// Put the demonstration store into an empty installation, or print its log-ins.
    Demo(Demo),
    /// Run the calculation engine: JSON lines in, JSON lines out.
    ///
    /// A line is {"op":"apr", …} or a bare deal; a line that cannot be answered is answered with a problem and makes the exit
    /// code 1. Any number of lines is read in constant memory.
    Calc(Calc),
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
    /// The master keys of protected fields.
    #[command(subcommand)]
    Keys(Keys),
    /// Write a verified backup of the private database; the product may go on working.
    Backup(Backup),
    /// Make a new installation from a backup, in an empty data folder.
    Restore(Restore),
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The folder to write it into (backup.folder): on another disk, best on another machine.
    pub(crate) folder: Option<PathBuf>,
    /// A file with the passphrase under which the keys go into the backup (backup.passphrase_file).
    #[arg(long)]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup.
    pub(crate) archive: PathBuf,
    /// A file with the passphrase of the keys in the backup.
    #[arg(long, group = "keys_from")]
    passphrase_file: Option<PathBuf>,
    /// A copy of the folder `keys` of the old data folder.
    #[arg(long, group = "keys_from")]
    keys: Option<PathBuf>,
    /// The keys are lost: restore what can be read without them.
    #[arg(long, group = "keys_from")]
    without_keys: bool,
    /// The folder of the archived log (backup.log_folder of the old installation): go on to the end of it.
    #[arg(long)]
    log: Option<PathBuf>,
    /// Stop at this moment, as 2026-11-14T21:00:00Z.
    #[arg(long, requires = "log")]
    to: Option<Timestamp>,
}

impl Restore {
    /// What is to be restored, and how.
    pub(crate) fn wanted(&self) -> Wanted {
        let keys = match (&self.passphrase_file, &self.keys, self.without_keys) {
            (Some(file), ..) => KeySource::Passphrase(file.clone()),
            (_, Some(folder), _) => KeySource::Folder(folder.clone()),
            (.., true) => KeySource::Without,
            _ => KeySource::Unsaid,
        };
        // As PostgreSQL reads it before it has loaded the names of time zones.
        let until = self.to.map(|moment| moment.strftime("%Y-%m-%d %H:%M:%S%.6f+00").to_string());
        let replay = self.log.clone().map(|archive| Replay { archive, until });
        Wanted { archive: self.archive.clone(), keys, replay }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port (server.port).
    #[arg(long)]
    port: Option<u16>,
    /// Modules to serve, separated by commas (targets.run).
    #[arg(long, value_delimiter = ',')]
    target: Option<Vec<String>>,
    /// Put the demonstration store into an empty installation first.
    #[arg(long)]
    demo: bool,
    /// How large that store is.
    #[arg(long, value_enum, default_value_t = Size::S)]
    demo_tier: Size,
    #[command(flatten)]
    plan: PlanArguments,
}

#[derive(Debug, Args)]
pub(crate) struct Calc {
    /// The file to read; otherwise the standard input.
    pub(crate) input: Option<PathBuf>,
    /// The file to write; otherwise the standard output.
    #[arg(long, short)]
    pub(crate) output: Option<PathBuf>,
    /// Print the JSON Schema of all requests and answers, and do nothing else.
    #[arg(long, conflicts_with_all = ["input", "output"])]
    pub(crate) schema: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Print a line per role, with address and password, and do nothing else.
    #[arg(long)]
    pub(crate) logins: bool,
    /// How large the store is.
    #[arg(long, value_enum, default_value_t = Size::S)]
    tier: Size,
    #[command(flatten)]
    plan: PlanArguments,
}

/// Sizes of the demonstration store.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Size {
    /// 40 vehicles, 8 people, 15 deals of the last weeks: made within seconds.
    S,
    /// 220 vehicles, 38 people, two years of customers and deals.
    M,
    /// 400 vehicles, 60 people, two years of customers and deals.
    L,
}

/// What decides how the demonstration store looks.
#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    /// Draws the details of the demonstration.
    #[arg(long, default_value_t = 2024, hide_default_value = true)]
    demo_seed: u64,
    /// The moment at which somebody looks at the demonstration, as 2026-11-14T21:00:00Z; now, unless given.
    #[arg(long)]
    demo_anchor: Option<Timestamp>,
}

impl PlanArguments {
    fn plan(&self, now: Timestamp, size: Size) -> Plan {
        let tier = match size {
            Size::S => Tier::Small,
            Size::M => Tier::Franchise(Scale::M),
            Size::L => Tier::Franchise(Scale::L),
        };
        Plan { seed: self.demo_seed, anchor: self.demo_anchor.unwrap_or(now), tier }
    }
}

impl Serve {
    /// The demonstration to be made before serving.
    pub(crate) fn demo(&self, now: Timestamp) -> Option<Plan> {
        self.demo.then(|| self.plan.plan(now, self.demo_tier))
    }
}

impl Demo {
    /// The demonstration to be made.
    pub(crate) fn plan(&self, now: Timestamp) -> Plan {
        self.plan.plan(now, self.tier)
    }
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
    /// Walk the chains of all stores, print where each ends, and exit with 1 when one is broken.
    Verify {
        /// The end of a chain that was noted earlier, as `DEALERSHIP=NUMBER:HASH`; it must still be part of the chain.
        #[arg(long = "head", value_parser = noted_head)]
        heads: Vec<(DealershipId, Head)>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Print the versions, what stands under each, and how far a rotation is.
    Status,
    /// Make a new master key and bring everything under it, while the product runs; goes on with one that was broken off.
    Rotate,
    /// Take an old master key out of the key file, once nothing stands under it.
    Retire {
        /// Its name, as `keys status` prints it.
        id: String,
    },
}

fn noted_head(text: &str) -> Result<(DealershipId, Head), String> {
    let (store, head) = text.split_once('=').ok_or("write it like DEALERSHIP=NUMBER:HASH")?;
    let store = store.parse().map_err(|_| format!("{store:?} is no dealership's id"))?;
    Ok((store, head.parse().map_err(|error: autolytiq_audit::BadHead| error.to_string())?))
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
