//! `cargo xtask load`: the API under load, on a database of a million deals, held against its targets; written to its part
//! of `docs/performance.md`. With `--minutes` it is the endurance run, whose part shows the course of memory; with `--flood`
//! the load has a flood of log-ins beside it.
//!
//! The release executable runs on a data folder that is made once and kept (`target/load`), the generator
//! (`xtask/load`) beside it on the same machine. For a quiet machine: nothing else may run meanwhile.

mod course;
mod data;
mod figures;
mod flood;
mod gateway;
mod server;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::product::{self, Product, Start};
use crate::up::data::DataFolder;
use crate::{cmd, performance, up};
use figures::{Beside, Report};
use server::Server;

/// The first start may have to fetch PostgreSQL; the demonstration is made within a minute or two.
const PATIENCE: Duration = Duration::from_secs(900);
/// How long the product is left alone before its memory is looked at.
const REST: Duration = Duration::from_secs(15);
/// Everybody signs in from this machine, whose address is one.
const CONFIG: &str = "[limits]\nlog_in_per_address = 100000\n";

#[derive(Args)]
pub(crate) struct Options {
    /// Deals stored, at least
    #[arg(long, default_value_t = 1_000_000)]
    deals: u32,
    /// Into how many stores they are divided
    #[arg(long, default_value_t = 40)]
    stores: u32,
    /// Requests a second
    #[arg(long, default_value_t = 500)]
    rate: u32,
    /// How long is measured
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Endurance: how long is measured, in minutes, with the course of memory and times
    #[arg(long, conflicts_with = "seconds")]
    minutes: Option<u64>,
    /// Beside it, as many log-ins a second with wrong passwords; the part on a flood is written
    #[arg(long, conflicts_with = "minutes")]
    flood: Option<u32>,
    /// Print what was measured, leave docs/performance.md as it is
    #[arg(long)]
    print_only: bool,
    /// Make the data folder, measure nothing
    #[arg(long)]
    data_only: bool,
    /// Make the data folder anew
    #[arg(long)]
    fresh: bool,
    /// Measure the executables that are there, without building them
    #[arg(long)]
    no_build: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let (binary, generator) = release(options.no_build)?;
    let folder = data::ensure(&binary, options)?;
    if options.data_only {
        println!("{} is ready", folder.path().display());
        return Ok(());
    }
    let load_average = performance::load_average();
    let empty = cold_start(&binary)?;
    let config = cmd::target_dir().join("load/load.toml");
    fs::write(&config, CONFIG).with_context(|| format!("writing {}", config.display()))?;
    let config = config.to_string_lossy();
    let arguments = ["--config", &*config];
    // Once for what the last run left behind, which a stop writes out, and once for the time.
    start(&binary, folder.path(), &arguments)?.0.stop()?;
    let (mut product, existing) = start(&binary, folder.path(), &arguments)?;
    let server = Server::of(folder.path())?;
    let stored = server.number("select count(*) from deal")?;
    let book = cmd::target_dir().join("load/book.json");
    fs::write(&book, data::book(&server, options.deals)?).with_context(|| format!("writing {}", book.display()))?;
    thread::sleep(REST);
    server.forget_statements()?;
    let log = server.log_length()?;
    let report = drive(options, &generator, &product, &server, &book)?;
    if let Some(status) = product.ended()? {
        bail!("the product ended under the load ({status}): {}", product.last_words());
    }
    let (statements, slowest) = (server.statements(log)?, server.slowest()?);
    product.stop()?;
    let gateway = match (options.minutes, options.flood) {
        (Some(_), _) | (_, Some(_)) => None,
        (None, None) => Some(gateway::measure(&binary, &generator, folder.path(), &book, options.rate)?),
    };
    let beside = Beside { stored, empty, existing, statements, slowest, load_average, gateway };
    let date = performance::today()?;
    let (part, text) = match (&report.flood, options.minutes) {
        (Some(flood), _) => ("flood", flood::part(&report, flood, &beside, &date)),
        (None, Some(_)) => ("endurance", course::part(&report, &beside, &date)),
        (None, None) => ("load", table::part(&report, &beside, &date)),
    };
    println!("{text}");
    print!("{}", table::slowest(&beside));
    if !options.print_only {
        performance::write(part, &text)?;
    }
    if report.failures.is_empty() { Ok(()) } else { bail!("{} kinds of requests failed", report.failures.len()) }
}

/// The release executable and the generator.
fn release(no_build: bool) -> Result<(PathBuf, PathBuf)> {
    let product = executable(no_build)?;
    if !no_build {
        // Alone, so that what it needs of libraries is not built into the product.
        cmd::run(cmd::cargo().args(["build", "--locked", "--release", "--package", "autolytiq-load"]))?;
    }
    let generator = product.with_file_name("autolytiq-load");
    Ok((product, generator))
}

/// The release executable with the client in it, brought up to date unless it is taken as it is.
pub(crate) fn executable(no_build: bool) -> Result<PathBuf> {
    if !no_build {
        crate::wasm::run(&crate::wasm::Options::default())?;
        up::web_client()?;
        cmd::run(cmd::cargo().args(["build", "--locked", "--release", "--package", "autolytiq"]))?;
    }
    Ok(cmd::target_dir().join("release/autolytiq"))
}

/// Starts the product and waits until it answers; says how long that took.
fn start(binary: &Path, data: &Path, arguments: &[&str]) -> Result<(Product, Duration)> {
    let log = cmd::target_dir().join("load/product.log");
    let begun = Instant::now();
    let port = product::free_port()?;
    let mut product = Product::start(&Start { binary, data, port, log: &log, arguments })?;
    product.wait_ready(PATIENCE, || false)?;
    Ok((product, begun.elapsed()))
}

/// The time from nothing to the first answer.
fn cold_start(binary: &Path) -> Result<Duration> {
    let folder = DataFolder::open(&cmd::target_dir().join("load/empty"))?;
    folder.empty()?;
    folder.claim()?;
    let (product, took) = start(binary, folder.path(), &[])?;
    product.stop()?;
    folder.empty()?;
    Ok(took)
}

fn drive(options: &Options, generator: &Path, product: &Product, server: &Server, book: &Path) -> Result<Report> {
    let seconds = options.minutes.map_or(options.seconds, |minutes| minutes * 60);
    let mut command = drive_with(generator, book, product.port());
    command.arg("--rate").arg(options.rate.to_string()).arg("--seconds").arg(seconds.to_string());
    if let Some(rate) = options.flood {
        command.arg("--flood").arg(rate.to_string());
    }
    command.arg("--processes").arg(product.id().to_string()).arg("--postmaster").arg(server.pid().to_string());
    report_of(&mut command)
}

/// The generator, on the product that listens there.
fn drive_with(generator: &Path, book: &Path, port: u16) -> Command {
    let mut command = cmd::program(generator, cmd::root());
    command.arg("--address").arg(format!("127.0.0.1:{port}")).arg("--book").arg(book);
    command
}

/// Runs the generator; its course goes to the terminal.
fn report_of(command: &mut Command) -> Result<Report> {
    println!("{}", cmd::line(command));
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("the generator")?;
    if !output.status.success() {
        bail!("the generator ended with {}", output.status);
    }
    serde_json::from_slice(&output.stdout).context("the generator's figures")
}
