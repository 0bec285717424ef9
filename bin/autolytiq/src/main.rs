//! `autolytiq`: one executable with several roles.
//!
//! **What it is.** Arguments, configuration, logging, signals; then a call into `autolytiq-app`.
//!
//! **What it never does.** It decides nothing: what a subcommand does is a function of the app.

mod arguments;
mod batch;
mod commands;
mod progress;
mod signals;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;

// A fifth of the processor's time under load went into the system's allocator: answers are trees of small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match commands::run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            // One plain line with its causes; the log has the rest. A closed terminal is no reason to fail differently.
            let _ = writeln!(io::stderr(), "autolytiq: {error:#}");
            ExitCode::FAILURE
        }
    }
}
