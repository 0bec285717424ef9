//! `cargo xtask endure`: many rounds of `kill -9` under write load, with a table of the recovery times.
//!
//! The suite runs the same test with fewer rounds; here it runs for as long as one likes.

use anyhow::{Result, bail};

use crate::cmd;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How often something is killed: half of it as one process, half of it as three
    #[arg(long, default_value_t = 100)]
    kills: u32,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut tests = cmd::cargo();
    tests.args(["test", "--package", "autolytiq", "--test", "it", "kill::", "--", "--nocapture", "--test-threads=1"]);
    tests.env("AUTOLYTIQ_KILLS", options.kills.div_ceil(2).to_string());
    let passed = cmd::run_and_keep(&mut tests, |line| line.contains("2 passed"))?;
    // A test that was renamed is no test that passed.
    if passed.is_empty() { bail!("the two tests were not found") } else { Ok(()) }
}
