//! `cargo xtask wasm`: the calculation engine for the browser.
//!
//! Compile (`toolchain`), generate the JavaScript side (`bindings`), optimise (`optimise`), put the packed rules beside it, check the
//! size. The result, `web/src/engine/pkg`, is not committed; an engine that did not change is not built again.

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

/// What the page imports: it starts both modules and hands them the rules.
const PAGE: [(&str, &str); 2] = [
    ("autolytiq_wasm.js", include_str!("page/autolytiq_wasm.js")),
    ("autolytiq_wasm.d.ts", include_str!("page/autolytiq_wasm.d.ts")),
];
/// Folder of the module for the page of a deal.
const DEAL: &str = "deal";
/// Folder of the module with all named operations, fetched behind it.
const OPERATIONS: &str = "operations";
/// The budget for the module of the first screen, gzipped.
const BUDGET_BYTES: usize = 250 * 1024;
/// The packed rules of all jurisdictions, which the page fetches beside the module.
const RULES: &str = "autolytiq_rules.bin";
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
    let module = package_dir().join(DEAL).join("autolytiq_wasm_bg.wasm");
    let (raw, gzipped) = sizes(&module)?;
    let how = if built { format!("built in {:.1} s", started.elapsed().as_secs_f64()) } else { "unchanged".to_owned() };
    let (raw_rules, gzipped_rules) = sizes(&package_dir().join(RULES))?;
    println!("engine: {how}; {} kB, {} kB gzipped (at most {})", raw / 1024, gzipped / 1024, BUDGET_BYTES / 1024);
    let (raw_all, gzipped_all) = sizes(&package_dir().join(OPERATIONS).join("autolytiq_wasm_bg.wasm"))?;
    println!("with all operations: {} kB, {} kB gzipped", raw_all / 1024, gzipped_all / 1024);
    println!("rules: {} kB, {} kB gzipped", raw_rules / 1024, gzipped_rules / 1024);
    if gzipped > BUDGET_BYTES {
        bail!("the engine's module is over its budget of {} kB gzipped", BUDGET_BYTES / 1024);
    }
    Ok(())
}

/// Builds the package unless it is there and nothing changed; says whether it built.
pub(crate) fn ensure(options: &Options) -> Result<bool> {
    let package = package_dir();
    let stamp = Stamp::of("wasm", &INPUTS, &[])?;
    if !options.force && stamp.is_fresh(&package.join("autolytiq_wasm.d.ts")) {
        return Ok(false);
    }
    stamp.forget();
    if package.exists() {
        fs::remove_dir_all(&package).with_context(|| format!("removing {}", package.display()))?;
    }
    for (folder, operations) in [(package.join(DEAL), false), (package.join(OPERATIONS), true)] {
        let compiled = toolchain::compile(options.toolchain, operations)?;
        let generated = cmd::target_dir().join("wasm/package");
        bindings::generate(&compiled.module, &generated)?;
        optimise::optimise(&generated.join("autolytiq_wasm_bg.wasm"))?;
        publish(&generated, &folder)?;
        fs::copy(&compiled.rules, package.join(RULES)).context("copying the packed rules")?;
    }
    for (name, text) in PAGE {
        fs::write(package.join(name), text).with_context(|| format!("writing {name}"))?;
    }
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

/// A file's size, plain and as a browser downloads it.
fn sizes(file: &Path) -> Result<(usize, usize)> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok((bytes.len(), encoder.finish()?.len()))
}
