//! `cargo xtask attack`: the whole API document as an attacker reads it. Schemathesis makes requests from the schemas,
//! good ones and bent ones, and sends them to a demonstration store; no answer may be a 500, and none may differ from
//! what the document promises. `docs/security.md` says what came of it.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;

use crate::product::{self, Product, Start};
use crate::up::data::DataFolder;
use crate::{cmd, tools};

/// The version that is installed; a newer one tries other requests.
const SCHEMATHESIS: &str = "4.32.5";
const PATIENCE: Duration = Duration::from_secs(300);
/// Everything from one address by one person: limits have tests of their own.
const CONFIG: &str =
    "[limits]\nlog_in_per_address = 1000000\nper_person = 1000000\nper_dealership = 1000000\nper_address = 1000000\n";
/// What is asked of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance";
/// What would end the attacker's own session or lock its account by wrong guesses, and a stream that ends with the client.
const LEFT_OUT: [&str; 5] = ["logout", "logoutEverywhere", "confirm", "changePassword", "followEvents"];

#[derive(Args)]
pub(crate) struct Options {
    /// Requests tried for each operation beside those that cover its schema
    #[arg(long, default_value_t = 40)]
    examples: u32,
    /// Which of schemathesis's phases
    #[arg(long, default_value = "examples,coverage,fuzzing")]
    phases: String,
    /// Draw the same requests as a run that printed this seed
    #[arg(long)]
    seed: Option<String>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let program = installed()?;
    let mut build = cmd::cargo();
    build.args(["build", "--package", "autolytiq"]);
    cmd::run(&mut build)?;
    let folder = DataFolder::open(&cmd::target_dir().join("attack"))?;
    folder.empty()?;
    folder.claim()?;
    let config = cmd::target_dir().join("attack.toml");
    fs::write(&config, CONFIG).with_context(|| format!("writing {}", config.display()))?;
    let (port, log) = (product::free_port()?, cmd::target_dir().join("attack.log"));
    let arguments = ["--demo", "--config", &*config.to_string_lossy()];
    let binary = cmd::target_dir().join("debug/autolytiq");
    let start = Start { binary: &binary, data: folder.path(), port, log: &log, arguments: &arguments };
    let mut product = Product::start(&start)?;
    product.wait_ready(PATIENCE, || false)?;
    let address = format!("http://localhost:{port}");
    let mut attack = cmd::program(program, cmd::root());
    attack.env("ATTACKED", &address).env("SCHEMATHESIS_HOOKS", "xtask/src/attack/hooks.py");
    attack.arg("run").arg(format!("{address}/api/v1/openapi.json"));
    attack.args(["--checks", CHECKS, "--phases", &options.phases, "--continue-on-failure"]);
    attack.args(["--max-examples", &options.examples.to_string(), "--suppress-health-check", "all", "--workers", "2"]);
    for operation in LEFT_OUT {
        attack.args(["--exclude-operation-id", operation]);
    }
    if let Some(seed) = &options.seed {
        attack.args(["--seed", seed]);
    }
    let attacked = cmd::run(&mut attack);
    product.stop()?;
    attacked
}

/// Schemathesis, installed below `target/tools` for this alone.
fn installed() -> Result<std::path::PathBuf> {
    let folder = tools::folder().join("schemathesis");
    let program = folder.join("bin/schemathesis");
    if !program.exists() {
        println!("installing schemathesis {SCHEMATHESIS} into {} (once)", folder.display());
        cmd::quiet(cmd::program("python3", cmd::root()).args(["-m", "venv"]).arg(&folder)).context("no environment")?;
        let mut pip = cmd::program(folder.join("bin/python"), cmd::root());
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip.arg(format!("schemathesis=={SCHEMATHESIS}"));
        cmd::quiet(&mut pip).context("cannot install schemathesis")?;
    }
    Ok(program)
}
