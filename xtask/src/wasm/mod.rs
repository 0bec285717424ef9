//! `cargo xtask wasm`: the calculation engine for the browser.
//!
//! Compile (`toolchain`), generate the JavaScript side (`bindings`), optimise (`optimise`), check the size. The result,
//! `web/src/engine/pkg`, is not committed; an engine that did not change is not built again.

mod bindings;
mod optimise;
mod toolchain;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cmd;
use crate::stamp::Stamp;

/// The budget for the module with all rules, gzipped.
const BUDGET_BYTES: usize = 250 * 1024;
/// What decides the module's bytes.
const INPUTS: [&str; 5] = ["crates/engine", "Cargo.toml", "Cargo.lock", "xtask/src/wasm", "xtask/wasm-opt"];

#[derive(Args, Default)]
pub(crate) struct Options {
    /// Build even when nothing changed
    #[arg(long)]
    force: bool,
    /// Where the compiler for the target comes from
    #[arg(long, value_enum, default_value_t)]
    toolchain: toolchain::Choice,
}

/// The folder the web client imports from.
pub(crate) fn package_dir() -> PathBuf {
    cmd::root().join("web/src/engine/pkg")
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let started = Instant::now();
    let built = ensure(options)?;
    let module = package_dir().join("autolytiq_wasm_bg.wasm");
    let (raw, gzipped) = sizes(&module)?;
    let how = if built { format!("built in {:.1} s", started.elapsed().as_secs_f64()) } else { "unchanged".to_owned() };
    println!("engine: {how}; {} kB, {} kB gzipped (at most {})", raw / 1024, gzipped / 1024, BUDGET_BYTES / 1024);
    if gzipped > BUDGET_BYTES {
        bail!("the engine's module is over its budget of {} kB gzipped", BUDGET_BYTES / 1024);
    }
    Ok(())
}

/// Builds the package unless it is there and nothing changed; says whether it built.
pub(crate) fn ensure(options: &Options) -> Result<bool> {
    let package = package_dir();
    let stamp = Stamp::of("wasm", &INPUTS, &[])?;
    if !options.force && stamp.is_fresh(&package.join("autolytiq_wasm_bg.wasm")) {
        return Ok(false);
    }
    stamp.forget();
    let compiled = toolchain::compile(options.toolchain)?;
    let generated = cmd::target_dir().join("wasm/package");
    bindings::generate(&compiled, &generated)?;
    optimise::optimise(&generated.join("autolytiq_wasm_bg.wasm"))?;
    publish(&generated, &package)?;
    // Written after the build, which may itself have completed Cargo.lock.
    Stamp::of("wasm", &INPUTS, &[])?.keep()?;
    Ok(true)
}

/// Replaces the package as a whole, so that no file of an older one stays behind.
fn publish(generated: &Path, package: &Path) -> Result<()> {
    if package.exists() {
        fs::remove_dir_all(package).with_context(|| format!("removing {}", package.display()))?;
    }
    fs::create_dir_all(package).with_context(|| format!("creating {}", package.display()))?;
    for entry in fs::read_dir(generated).with_context(|| format!("reading {}", generated.display()))? {
        let file = entry?.path();
        let name = file.file_name().context("a generated file has a name")?;
        fs::copy(&file, package.join(name)).with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(())
}

/// The module's size, plain and as a browser downloads it.
fn sizes(module: &Path) -> Result<(usize, usize)> {
    let bytes = fs::read(module).with_context(|| format!("reading {}", module.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok((bytes.len(), encoder.finish()?.len()))
}
