//! `cargo xtask up`: from a fresh clone to a running product with a demo dealership.
//!
//! Check what the machine must have, build what changed (engine, web client, executable), start the product on its data
//! folder, wait until it is ready, print the address and the log-ins, stop it on Ctrl-C. The executable is a debug build:
//! it is there in a fraction of the time, and it is the one the tests build.

pub(crate) mod data;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::product::{self, Product, Start};
use crate::stamp::Stamp;
use crate::{cmd, npm, prerequisites, wasm};
use data::DataFolder;

/// Tried first, then the ones after it.
const PORT: u16 = 8080;
const PORTS_TRIED: u16 = 20;
/// The first start fetches PostgreSQL, migrates and makes the demo dealership.
const READY_PATIENCE: Duration = Duration::from_secs(300);
const STEPS: usize = 5;

#[derive(Args)]
pub(crate) struct Options {
    /// The port; without it 8080, or the next free one
    #[arg(long)]
    port: Option<u16>,
    /// The data folder, relative to the repository
    #[arg(long, default_value = ".autolytiq")]
    data: PathBuf,
    /// Throw the data folder's content away first
    #[arg(long)]
    fresh: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let begun = Instant::now();
    step(1, "checking this machine");
    prerequisites::check()?;
    let folder = DataFolder::open(&cmd::root().join(&options.data))?;
    if let Some(port) = folder.running() {
        println!("\nAutolytiq is already running at http://localhost:{port}");
        return Ok(());
    }
    if options.fresh {
        println!("emptying {}", folder.path().display());
        folder.empty()?;
    }
    let binary = build()?;

    step(5, "starting");
    let stopped = stop_flag()?;
    let port = choose_port(options.port)?;
    let log = folder.path().join("log/autolytiq.log");
    folder.claim()?;
    let start = Start { binary: &binary, data: folder.path(), port, log: &log, arguments: &["--demo"] };
    let mut product = Product::start(&start)?;
    folder.remember(product.id(), port)?;
    if product.wait_ready(READY_PATIENCE, || stopped.load(Ordering::Relaxed))? {
        announce(&binary, port, folder.path(), begun.elapsed())?;
        watch(&mut product, &stopped)?;
    }
    println!("\nstopping");
    product.stop()?;
    folder.forget();
    println!("stopped");
    Ok(())
}

fn step(number: usize, what: &str) {
    println!("[{number}/{STEPS}] {what}");
}

/// Brings engine, web client and executable up to date.
fn build() -> Result<PathBuf> {
    step(2, "the engine for the browser");
    wasm::run(&wasm::Options::default())?;
    step(3, "the web client");
    web_client()?;
    step(4, "the executable");
    cmd::run(cmd::cargo().args(["build", "--locked", "--package", "autolytiq"]))?;
    Ok(cmd::target_dir().join("debug/autolytiq"))
}

/// Builds `web/dist` unless nothing it is made of changed.
pub(crate) fn web_client() -> Result<()> {
    npm::install("web")?;
    let engine = Stamp::of("web-engine", &["crates/engine", "Cargo.lock"], &[])?;
    let stamp = Stamp::of("web", &["web"], &[engine.digest()])?;
    if stamp.is_fresh(&cmd::root().join("web/dist/index.html")) {
        return Ok(());
    }
    stamp.forget();
    cmd::quiet(&mut npm::script(&cmd::root().join("web"), "build"))?;
    stamp.keep()
}

fn choose_port(wanted: Option<u16>) -> Result<u16> {
    match wanted {
        Some(port) if product::is_free(port) => Ok(port),
        Some(port) => bail!("port {port} is in use; choose another with --port"),
        None => (PORT..PORT + PORTS_TRIED).find(|port| product::is_free(*port)).with_context(|| {
            format!("the ports {PORT} to {} are all in use; choose one with --port", PORT + PORTS_TRIED - 1)
        }),
    }
}

/// Set by Ctrl-C, by a closing terminal and by `kill`.
fn stop_flag() -> Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&flag)).context("listening for Ctrl-C")?;
    }
    Ok(flag)
}

fn announce(binary: &Path, port: u16, data: &Path, took: Duration) -> Result<()> {
    println!("\nAutolytiq is running at http://localhost:{port}   (ready after {:.1} s)\n", took.as_secs_f64());
    let logins = cmd::output(Command::new(binary).args(["demo", "--logins"]).current_dir(cmd::root()))?;
    for line in logins.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns.as_slice() {
            [role, email, password] => println!("  {role:<20} {email:<36} {password}"),
            _ => println!("  {line}"),
        }
    }
    let shown = data.strip_prefix(cmd::root()).unwrap_or(data);
    println!("\nData and logs: {}. Ctrl-C stops it.", shown.display());
    Ok(())
}

/// Until we are asked to stop, or the product ends by itself.
fn watch(product: &mut Product, stopped: &AtomicBool) -> Result<()> {
    while !stopped.load(Ordering::Relaxed) {
        if let Some(status) = product.ended()? {
            bail!("the product ended by itself ({status}): {}", product.last_words());
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
