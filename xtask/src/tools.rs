//! Tools of our own choosing and version, kept below `target/tools` and in the cache folder.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cmd;

/// The version `cargo xtask test` installs when cargo-deny is not on PATH.
const CARGO_DENY: &str = "0.20.2";

/// Where tools are installed.
pub(crate) fn folder() -> PathBuf {
    cmd::target_dir().join("tools")
}

/// `$AUTOLYTIQ_CACHE`, or the user's cache folder: what outlives `cargo clean` because it is large to fetch.
pub(crate) fn cache() -> Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = variable("AUTOLYTIQ_CACHE")
        .or_else(|| variable("XDG_CACHE_HOME").map(|folder| folder.join("autolytiq")))
        .or_else(|| variable("HOME").map(|home| home.join(".cache/autolytiq")))
        .context("no cache folder: set AUTOLYTIQ_CACHE, XDG_CACHE_HOME or HOME")?;
    std::fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    Ok(folder)
}

/// cargo-deny: the one on PATH, or ours.
pub(crate) fn cargo_deny() -> Result<Command> {
    if let Some(found) = cmd::on_path("cargo-deny") {
        return Ok(cmd::program(found, cmd::root()));
    }
    let ours = folder().join("bin/cargo-deny");
    if !ours.is_file() {
        println!("installing cargo-deny {CARGO_DENY} into {} (once)", folder().display());
        let mut install = cmd::cargo();
        install.args(["install", "--quiet", "--locked", "--version", CARGO_DENY, "cargo-deny", "--root"]).arg(folder());
        // Without optimisation: half the compile time for a tool that runs a second.
        install.arg("--debug");
        cmd::run(&mut install)?;
    }
    Ok(cmd::program(ours, cmd::root()))
}
