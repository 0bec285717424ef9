//! The steps that check code and run tests; the browser's are in `e2e`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{cmd, gen_code, layers, npm, tools, up, wasm};

/// A step without figures of its own.
const NO_SUMMARY: Vec<String> = Vec::new();

pub(crate) fn fmt() -> Result<Vec<String>> {
    cmd::run(cmd::cargo().args(["fmt", "--all", "--check"]))?;
    Ok(NO_SUMMARY)
}

pub(crate) fn layers() -> Result<Vec<String>> {
    layers::run()?;
    Ok(NO_SUMMARY)
}

pub(crate) fn deny() -> Result<Vec<String>> {
    let mut deny = tools::cargo_deny()?;
    // `advisories` is left out: deny.toml says why.
    deny.args(["--log-level", "error", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]);
    cmd::run(&mut deny)?;
    Ok(NO_SUMMARY)
}

pub(crate) fn wasm() -> Result<Vec<String>> {
    wasm::run(&wasm::Options::default())?;
    Ok(NO_SUMMARY)
}

pub(crate) fn clippy() -> Result<Vec<String>> {
    let mut clippy = cmd::cargo();
    clippy.args(["clippy", "--locked", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
    cmd::run(&mut clippy)?;
    Ok(NO_SUMMARY)
}

/// Builds every test and, because the executable's own tests run it, the executable.
pub(crate) fn build_tests() -> Result<()> {
    cmd::run(cmd::cargo().args(["test", "--locked", "--quiet", "--workspace", "--no-run"]))
}

pub(crate) fn rust() -> Result<Vec<String>> {
    let mut runner = cmd::cargo();
    if cmd::on_path("cargo-nextest").is_some() {
        runner.args(["nextest", "run", "--locked", "--workspace", "--cargo-quiet", "--status-level", "slow"]);
        runner.args(["--final-status-level", "slow", "--no-fail-fast"]);
        return cmd::run_and_keep(&mut runner, |line| line.trim_start().starts_with("Summary ["));
    }
    runner.args(["test", "--locked", "--quiet", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    cmd::run_and_keep(&mut runner, |line| line.starts_with("test result:") && !line.contains(" 0 passed"))
}

/// Runs the examples, when there are any: without one, rustdoc would read every crate for nothing.
pub(crate) fn doc() -> Result<Vec<String>> {
    let mut with_examples = false;
    for folder in ["crates", "bin"] {
        with_examples |= has_example(&cmd::root().join(folder))?;
    }
    if !with_examples {
        println!("no examples");
        return Ok(NO_SUMMARY);
    }
    cmd::run(cmd::cargo().args(["test", "--locked", "--quiet", "--workspace", "--doc"]))?;
    Ok(NO_SUMMARY)
}

fn has_example(path: &Path) -> Result<bool> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            if has_example(&entry?.path())? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return Ok(false);
    }
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(opens_example(&text))
}

/// Whether a fence in a documentation comment opens code that rustdoc would run. Fences come in pairs; a bare one or
/// one that names Rust opens an example, one that names anything else does not.
fn opens_example(text: &str) -> bool {
    let mut inside = false;
    for line in text.lines().map(str::trim_start) {
        let Some(comment) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            inside = false;
            continue;
        };
        if let Some(language) = comment.trim_start().strip_prefix("```") {
            let language = language.trim();
            if !inside && (language.is_empty() || language.starts_with("rust") || language.starts_with("no_run")) {
                return true;
            }
            inside = !inside;
        }
    }
    false
}

pub(crate) fn drift(binary: &Path) -> Result<Vec<String>> {
    gen_code::run(&gen_code::Options::check_with(binary))?;
    Ok(NO_SUMMARY)
}

pub(crate) fn web() -> Result<Vec<String>> {
    npm::install("web")?;
    let web = cmd::root().join("web");
    let script = |name: &str| npm::script(&web, name);
    cmd::run(&mut script("typecheck"))?;
    cmd::run(&mut script("lint"))?;
    let summary = cmd::run_and_keep(&mut plain(script("test")), is_vitest_summary)?;
    up::web_client()?;
    Ok(summary)
}

fn is_vitest_summary(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("Test Files ") || line.starts_with("Tests ")
}

/// A command that leaves colours out, so that its summary can be found.
pub(crate) fn plain(mut command: Command) -> Command {
    command.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    command
}

#[cfg(test)]
mod tests {
    use super::opens_example;

    #[test]
    fn only_code_that_rustdoc_runs_is_an_example() {
        assert!(opens_example("/// ```\n/// assert!(true);\n/// ```\nfn f() {}\n"));
        assert!(opens_example("//! ```rust\n//! assert!(true);\n//! ```\n"));
        assert!(!opens_example("//! ```text\n//! a picture\n//! ```\n"));
        assert!(!opens_example("let fence = \"```\";\n"));
    }
}
