//! The project's tasks, run as `cargo xtask <task>`; the only task runner there is. CI runs the same commands.
//!
//! **What it is.** `up` takes a fresh clone to a running product, `test` runs every test, `wasm` builds the engine for
//! the browser, `bench` measures it, `load` measures the API on a million deals, `page` measures the pages, `endure` kills
//! the product under load, `attack` fuzzes the API, `layers` checks who depends on whom, `gen` writes what is generated from the code. One module
//! each; [`cmd`], [`stamp`], [`tools`] and [`product`] are what they share.
//!
//! **What it never does.** It is a part of no product: nothing depends on it, and it links none of our crates, so that
//! it compiles while they do not. It installs nothing on the machine except, as root and for the browser tests, Debian's
//! Chromium; everything else goes below `target/` and the user's cache folder.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the person who called it"
)]

mod attack;
mod bench;
mod browser;
mod cmd;
mod endure;
mod gen_code;
mod layers;
mod load;
mod npm;
mod page;
mod performance;
mod prerequisites;
mod product;
mod stamp;
mod test;
mod tools;
mod up;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's tasks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and run the product with a demo dealership
    Up(up::Options),
    /// Run every test; non-zero when any of them fails
    Test(test::Options),
    /// Build the engine as WebAssembly into web/src/engine/pkg
    Wasm(wasm::Options),
    /// Measure the engine and write its part of docs/performance.md
    Bench(bench::Options),
    /// Measure the API under load on a million deals and write its part of docs/performance.md
    Load(load::Options),
    /// Measure the pages in Chromium and write their part of docs/performance.md
    Page(page::Options),
    /// Kill the product and PostgreSQL again and again under load, and see that nothing is lost
    Endure(endure::Options),
    /// Send the whole API document, bent in every way, to a demonstration store and see that nothing breaks
    Attack(attack::Options),
    /// Check the dependency rules between crates
    Layers,
    /// Write the OpenAPI document and the web client's types
    Gen(gen_code::Options),
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Up(options) => up::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Wasm(options) => wasm::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Load(options) => load::run(&options),
        Task::Page(options) => page::run(&options),
        Task::Endure(options) => endure::run(&options),
        Task::Attack(options) => attack::run(&options),
        Task::Layers => layers::run(),
        Task::Gen(options) => gen_code::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
