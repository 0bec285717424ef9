//! `cargo xtask page`: how fast the pages are in Chromium, on this machine and on a slow one, against the release executable;
//! written to its part of `docs/performance.md`. For a quiet machine: nothing else may run meanwhile.

mod table;

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;

use crate::product::{self, Product, Start};
use crate::up::data::DataFolder;
use crate::{browser, cmd, load, npm, performance};
use table::Measured;

/// The first run may have to fetch PostgreSQL.
const PATIENCE: Duration = Duration::from_secs(300);
/// The same pages over and over, by one person: limits have tests of their own.
const CONFIG: &str = "[limits]\nper_person = 100000\nper_address = 100000\nlog_in_per_address = 1000\n";

#[derive(Args)]
pub(crate) struct Options {
    /// Print what was measured, leave docs/performance.md as it is
    #[arg(long)]
    print_only: bool,
    /// Measure the executable that is there, without building it
    #[arg(long)]
    no_build: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let browser = browser::find()?;
    npm::install("e2e")?;
    let binary = load::executable(options.no_build)?;
    let load_average = performance::load_average();
    let folder = DataFolder::open(&cmd::target_dir().join("page"))?;
    folder.empty()?;
    folder.claim()?;
    let config = cmd::target_dir().join("page.toml");
    fs::write(&config, CONFIG).with_context(|| format!("writing {}", config.display()))?;
    let (port, log) = (product::free_port()?, cmd::target_dir().join("page.log"));
    let arguments = ["--demo", "--config", &*config.to_string_lossy()];
    let start = Start { binary: &binary, data: folder.path(), port, log: &log, arguments: &arguments };
    let mut product = Product::start(&start)?;
    product.wait_ready(PATIENCE, || false)?;
    let mut node = cmd::program("node", cmd::root());
    node.arg("xtask/src/page/measure.mjs")
        .arg(cmd::root().join("e2e"))
        .arg(format!("http://localhost:{port}"))
        .arg(browser);
    let said = cmd::output(&mut node);
    product.stop()?;
    let measured: Measured = serde_json::from_str(&said?).context("the browser's figures")?;
    let text = table::part(&measured, &load_average, &performance::today()?);
    println!("{text}");
    if options.print_only { Ok(()) } else { performance::write("page", &text) }
}
