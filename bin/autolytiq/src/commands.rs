//! Each subcommand, as a call into the app.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context as _;
use autolytiq_app::serve::Start;
use autolytiq_app::{audit, backup, database, demo, doctor, keys, modules, rotation, schema, serve, settings};
use autolytiq_audit::Head;
use autolytiq_config::{Config, load};
use autolytiq_demo::Seeded;
use autolytiq_kernel::{Clock, DealershipId};
use autolytiq_telemetry::log;
use autolytiq_telemetry::metric::Metrics;
use tokio_util::sync::CancellationToken;

use crate::arguments::{Arguments, Audit, Backup, Calc, Command, Config as ConfigCommand, Demo, Keys, Restore, Serve};
use crate::progress::Steps;
use crate::{batch, signals};

/// Runs what was asked for. `calc` and `openapi` read no configuration and work where there is a wrong one.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let config = || load(&arguments.sources());
    match &arguments.command {
        Command::Serve(serve) => wait_for(serving(&config()?, serve)),
        Command::Migrate => wait_for(migrating(&config()?)),
        Command::Demo(demo) if demo.logins => log_ins(),
        Command::Demo(demo) => wait_for(demonstrating(&config()?, demo)),
        Command::Calc(arguments) => calc(arguments),
        Command::Doctor => wait_for(examining(&config()?)),
        Command::Config(ConfigCommand::Check) => {
            config().map_err(Into::into).and_then(|_| say("the configuration is good\n"))
        }
        Command::Config(ConfigCommand::Dump) => say(&config()?.dump()?),
        Command::Openapi => say(&format!("{}\n", serde_json::to_string_pretty(&modules::document())?)),
        Command::Backup(arguments) => wait_for(backing_up(&config()?, arguments)),
        Command::Restore(arguments) => wait_for(restoring(&config()?, arguments)),
        Command::Audit(Audit::Verify { heads }) => wait_for(verifying(&config()?, heads)),
        Command::Keys(command) => wait_for(about_keys(&config()?, command)),
    }
}

fn say(text: &str) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn wait_for(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?;
    runtime.block_on(work)
}

async fn serving(config: &Config, arguments: &Serve) -> anyhow::Result<ExitCode> {
    log::init(settings::log_format(config), &config.log.filter)?;
    let start = Start {
        config,
        demo: arguments.demo(Clock::system().now()),
        metrics: Metrics::install()?,
        stop: CancellationToken::new(),
    };
    let mut terminal = io::stdout();
    tokio::select! {
        served = serve::serve(&start, &mut terminal) => served?,
        watched = signals::watch(start.stop.clone()) => watched.context("watching for signals")?,
    }
    Ok(ExitCode::SUCCESS)
}

fn log_ins() -> anyhow::Result<ExitCode> {
    demo::write_log_ins(&mut io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

async fn demonstrating(config: &Config, arguments: &Demo) -> anyhow::Result<ExitCode> {
    keys::prepare_folders(config)?;
    let server = database::Server::open(config).await?;
    let made = make_demonstration(&server, config, arguments).await;
    server.stop().await?;
    match made? {
        Some(made) => say(&format!(
            "made a demonstration store with {} vehicles, {} customers and {} deals\n",
            made.vehicles, made.customers, made.deals
        )),
        None => say("this installation has a store already; nothing was changed\n"),
    }
}

async fn make_demonstration(
    server: &database::Server,
    config: &Config,
    arguments: &Demo,
) -> anyhow::Result<Option<Seeded>> {
    server.migrate().await?;
    Ok(demo::seed_when_empty(server, config, arguments.plan(Clock::system().now())).await?)
}

async fn migrating(config: &Config) -> anyhow::Result<ExitCode> {
    keys::prepare_folders(config)?;
    let server = database::Server::open(config).await?;
    let migrated = server.migrate().await;
    server.stop().await?;
    let migrated = migrated?;
    let mut text: String =
        migrated.applied.iter().map(|(number, name)| format!("applied {number:04} {name}\n")).collect();
    text.push_str(&format!("the database is at migration {:04}\n", migrated.to));
    say(&text)
}

async fn examining(config: &Config) -> anyhow::Result<ExitCode> {
    let well = doctor::doctor(config, &mut io::stdout()).await?;
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn verifying(config: &Config, heads: &[(DealershipId, Head)]) -> anyhow::Result<ExitCode> {
    let whole = audit::verify_chains(config, heads.to_vec(), &mut io::stdout()).await?;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn about_keys(config: &Config, command: &Keys) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout();
    match command {
        Keys::Status => rotation::status(config, &mut out).await?,
        Keys::Rotate => rotation::rotate(config, &mut out).await?,
        Keys::Retire { id } => rotation::retire(config, id, &mut out).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn backing_up(config: &Config, arguments: &Backup) -> anyhow::Result<ExitCode> {
    let mut steps = Steps::new();
    let mut report = Vec::new();
    let (folder, passphrase) = (arguments.folder.as_deref(), arguments.passphrase_file.as_deref());
    let mut progress = |step, done, total| steps.at(step, done, total);
    let taken = backup::back_up(config, folder, passphrase, &mut progress, &mut report).await;
    steps.end();
    taken?;
    say(&String::from_utf8_lossy(&report))
}

async fn restoring(config: &Config, arguments: &Restore) -> anyhow::Result<ExitCode> {
    let mut steps = Steps::new();
    let mut report = Vec::new();
    let mut progress = |step, done, total| steps.at(step, done, total);
    let restored = backup::restore(config, &arguments.wanted(), &mut progress, &mut report).await;
    steps.end();
    say(&String::from_utf8_lossy(&report))?;
    if restored? {
        return Ok(ExitCode::SUCCESS);
    }
    say("Something was found that is not in order: see the lines above before anybody works with it.\n")?;
    Ok(ExitCode::FAILURE)
}

/// A line that cannot be answered makes the exit code 1.
fn calc(arguments: &Calc) -> anyhow::Result<ExitCode> {
    if arguments.schema {
        let schema = schema::engine_schema(&serde_json::to_value(modules::document())?);
        return say(&format!("{}\n", serde_json::to_string_pretty(&schema)?));
    }
    let tally = batch::run(arguments.input.as_deref(), arguments.output.as_deref())?;
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
