//! `cargo xtask test`: every test there is, in one order, with one table at the end.
//!
//! A step that fails does not keep the others from running, unless they stand on what it builds. The Rust tests are
//! built once: they also build the executable that the drift check and the browser tests use.

mod e2e;
mod report;
mod steps;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use report::{Outcome, Report};

#[derive(Args)]
pub(crate) struct Options {
    /// Only these steps
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Step>,
    /// All but these steps
    #[arg(long, value_enum, value_delimiter = ',', conflicts_with = "only")]
    skip: Vec<Step>,
}

/// In the order they run: what is quick and says most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Formatting of the Rust code
    Fmt,
    /// The dependency rules between our crates
    Layers,
    /// Licences, sources and banned crates of what we depend on
    Deny,
    /// The engine as WebAssembly, within its size
    Wasm,
    /// Lints, in all targets of the workspace
    Clippy,
    /// Unit, property, database and contract tests
    Rust,
    /// Examples in documentation
    Doc,
    /// Generated files are what the code generates
    Drift,
    /// The web client: types, lints, unit tests, build
    Web,
    /// Journeys in a browser against the running product
    E2e,
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// The steps whose results it stands on.
    fn needs(self) -> &'static [Self] {
        match self {
            // The equality test between native code and WebAssembly reads the module; the client bundles it.
            Self::Rust | Self::Web => &[Self::Wasm],
            Self::E2e => &[Self::Wasm, Self::Web],
            _ => &[],
        }
    }

    /// Runs it; answers the lines that sum it up, when it has such.
    fn run(self) -> Result<Vec<String>> {
        match self {
            Self::Fmt => steps::fmt(),
            Self::Layers => steps::layers(),
            Self::Deny => steps::deny(),
            Self::Wasm => steps::wasm(),
            Self::Clippy => steps::clippy(),
            Self::Rust => steps::rust(),
            Self::Doc => steps::doc(),
            Self::Drift => steps::drift(&binary()?),
            Self::Web => steps::web(),
            Self::E2e => e2e::run(&binary()?),
        }
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let chosen: Vec<Step> = Step::value_variants()
        .iter()
        .copied()
        .filter(|step| options.only.is_empty() || options.only.contains(step))
        .filter(|step| !options.skip.contains(step))
        .collect();
    let mut report = Report::default();
    for step in chosen {
        let name = step.name();
        if let Some(broken) = step.needs().iter().find(|needed| report.failed(&needed.name())) {
            report.add(&name, Outcome::Skipped(format!("{} failed", broken.name())));
            continue;
        }
        println!("\n── {name}");
        let begun = Instant::now();
        match step.run() {
            Ok(summary) => report.add(&name, Outcome::Passed { took: begun.elapsed(), summary }),
            Err(error) => {
                println!("{error:#}");
                report.add(&name, Outcome::Failed { took: begun.elapsed(), error: format!("{error:#}") });
            }
        }
    }
    print!("{report}");
    if report.any_failed() {
        bail!("tests failed");
    }
    Ok(())
}

/// The executable as the Rust tests build it; built here when a single step is run.
fn binary() -> Result<PathBuf> {
    steps::build_tests()?;
    Ok(crate::cmd::target_dir().join("debug/autolytiq"))
}
