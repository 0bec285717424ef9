//! Journeys in a real browser against the real executable on an empty data folder.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::steps::plain;
use crate::product::{self, Product, Start};
use crate::up::data::DataFolder;
use crate::{browser, cmd, npm};

/// A debug build makes the demo dealership within seconds; the first run may have to fetch PostgreSQL.
const READY_PATIENCE: Duration = Duration::from_secs(300);

/// Starts the product with its demo dealership, runs the Playwright journeys of `e2e/` against it, stops it. What they
/// need comes through the environment: `AUTOLYTIQ_URL`, `AUTOLYTIQ_BROWSER`, `AUTOLYTIQ_BINARY`, `AUTOLYTIQ_DATA`.
pub(crate) fn run(binary: &Path) -> Result<Vec<String>> {
    let browser = browser::find()?;
    npm::install("e2e")?;
    let data = cmd::target_dir().join("e2e");
    let folder = DataFolder::open(&data)?;
    folder.empty()?;
    folder.claim()?;
    let port = product::free_port()?;
    let log = cmd::target_dir().join("e2e.log");
    // The journeys' OpenID provider is on this machine. All journeys come from one address, which many people would share; each of them has the limit that the product
    // ships with, and the client waits where a journey is faster than the person it plays.
    let config = cmd::target_dir().join("e2e.toml");
    fs::write(&config, "[limits]\nper_address = 3000\n[single_sign_on]\nprivate_network = true\n")
        .with_context(|| format!("writing {}", config.display()))?;
    let config = config.to_string_lossy();
    let arguments = ["--demo", "--config", &config];
    let mut product = Product::start(&Start { binary, data: &data, port, log: &log, arguments: &arguments })?;
    product.wait_ready(READY_PATIENCE, || false)?;
    let mut journeys = plain(npm::script(&cmd::root().join("e2e"), "test"));
    journeys
        .env("AUTOLYTIQ_URL", format!("http://localhost:{port}"))
        .env("AUTOLYTIQ_BROWSER", browser)
        .env("AUTOLYTIQ_BINARY", binary)
        .env("AUTOLYTIQ_DATA", &data);
    let result = cmd::run_and_keep(&mut journeys, is_summary);
    let ended = product.ended()?;
    if let Some(status) = ended {
        bail!("the product ended during the journeys ({status}): {}", product.last_words());
    }
    product.stop()?;
    result
}

/// Playwright's closing lines: `  14 passed (21.3s)`, `  1 flaky`, `  2 skipped`.
fn is_summary(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = words.next().is_some_and(|word| word.parse::<u32>().is_ok());
    number && matches!(words.next(), Some("passed" | "failed" | "flaky" | "skipped"))
}

#[cfg(test)]
mod tests {
    use super::is_summary;

    #[test]
    fn playwrights_closing_lines_are_known() {
        assert!(is_summary("  14 passed (21.3s)"));
        assert!(is_summary("  1 flaky"));
        assert!(!is_summary("Running 14 tests using 1 worker"));
    }
}
