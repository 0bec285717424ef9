//! `cargo xtask bench`: how fast the engine is, natively, in Node and in Chromium, beside a peer; written to
//! its part of `docs/performance.md`. Every figure comes from this run. For a quiet machine: nothing else may run meanwhile.

mod chromium;
mod native;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use crate::{browser, cmd, performance, wasm};
use table::{Measured, Row};

const REQUESTS: &str = "crates/engine/finance/benches/requests.json";

#[derive(Args, Default)]
pub(crate) struct Options {
    /// Print the table, leave docs/performance.md as it is
    #[arg(long)]
    print_only: bool,
    /// Take the native figures of the last run, and only print the table
    #[arg(long)]
    keep_native: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if !options.keep_native {
        native::run()?;
    }
    let requests = cmd::root().join(REQUESTS);
    let mut measured = Measured::default();
    measured.add("native", native::figures()?);
    let mut skipped = Vec::new();
    let mut attempt = |place: &'static str, figures: Result<Value>| match figures {
        Ok(figures) => measured.add(place, figures),
        Err(error) => {
            let line = format!("{place} skipped: {error:#}");
            println!("{line}");
            skipped.push(line.lines().next().unwrap_or_default().to_owned());
        }
    };
    attempt("peer", peer(&requests));
    wasm::ensure(&wasm::Options::default())?;
    attempt("node", node(&requests));
    attempt("chromium", browser::find().and_then(|browser| chromium::figures(&browser, &requests)));
    let rows: Vec<Row> = table::rows(&measured);
    print!("{}", table::text(&rows));
    if !options.print_only && !options.keep_native {
        performance::write("bench", &table::page(&rows, &skipped, &performance::today()?))?;
    }
    Ok(())
}

fn script(name: &str) -> PathBuf {
    cmd::root().join("xtask/src/bench").join(name)
}

/// The engine's module in Node.
fn node(requests: &Path) -> Result<Value> {
    let mut node = cmd::program("node", cmd::root());
    node.arg(script("node.mjs")).arg(wasm::package_dir()).arg(requests);
    serde_json::from_str(&cmd::output(&mut node)?).context("Node's figures")
}

/// numpy-financial, installed below `target/tools` for this alone.
fn peer(requests: &Path) -> Result<Value> {
    let folder = crate::tools::folder().join("numpy-financial");
    let python = folder.join("bin/python");
    if !python.exists() {
        cmd::quiet(cmd::program("python3", cmd::root()).args(["-m", "venv"]).arg(&folder)).context("no environment")?;
    }
    let mut check = cmd::program(&python, cmd::root());
    if cmd::quiet(check.args(["-c", "import numpy_financial"])).is_err() {
        let mut pip = cmd::program(&python, cmd::root());
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "numpy-financial"]);
        cmd::quiet(&mut pip).context("cannot install numpy-financial")?;
    }
    let text = cmd::output(cmd::program(&python, cmd::root()).arg(script("peer.py")).arg(requests))?;
    serde_json::from_str(&text).context("the peer's figures")
}
