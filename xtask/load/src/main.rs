//! The load generator of `cargo xtask load`.
//!
//! **What it is.** An open-loop generator: requests are due at fixed moments, whether or not earlier ones were answered, and
//! each one's time runs from the moment it was due. A server that falls behind therefore shows in the figures, instead of
//! being asked less (Gil Tene calls the mistake coordinated omission). It speaks HTTP/1.1 over connections that stay
//! open, as many people of many stores, each with a token of their own.
//!
//! **What it never does.** It starts and prepares nothing, and judges nothing: it takes a product that runs and a file that
//! says what is stored there, and prints what it measured as one JSON document. It links nothing of the product.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the program that called it"
)]

mod book;
mod connection;
mod drive;
mod figures;
mod flood;
mod log_in;
mod mix;
mod pace;
mod watch;

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;

/// What is driven, and how.
#[derive(Debug, Parser)]
#[command(name = "autolytiq-load", about = "Drives a running product at a fixed rate")]
pub(crate) struct Options {
    /// Where the product listens
    #[arg(long)]
    address: SocketAddr,
    /// What is stored there, as `cargo xtask load` writes it
    #[arg(long)]
    book: PathBuf,
    /// Requests a second
    #[arg(long, default_value_t = 500)]
    rate: u32,
    /// How long is measured
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How long is driven before that
    #[arg(long, default_value_t = 10)]
    warm_up: u64,
    /// Connections, each with one request at a time
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Processes of the product, whose memory is watched
    #[arg(long, value_delimiter = ',')]
    processes: Vec<u32>,
    /// The database server's process, whose memory is watched with its children's
    #[arg(long)]
    postmaster: Option<u32>,
    /// Ask for this alone, instead of the mix
    #[arg(long)]
    only: Option<String>,
    /// As many requests as are answered, instead of so many a second
    #[arg(long, requires = "only")]
    flat_out: bool,
    /// Beside the load, as many log-ins a second with wrong passwords, each from another address
    #[arg(long)]
    flood: Option<u32>,
    /// Decides who does what when
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Options {
    fn measured(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    fn warming(&self) -> Duration {
        Duration::from_secs(self.warm_up)
    }
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    fastrand::seed(options.seed);
    let text = fs::read_to_string(&options.book).with_context(|| format!("reading {}", options.book.display()))?;
    let book: book::Book = serde_json::from_str(&text).context("the book")?;
    drop(text);
    // One thread: the product and its database have the rest of the machine.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(drive::drive(options, book))?;
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
