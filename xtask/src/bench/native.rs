//! The Criterion benches of `autolytiq-finance`, and what Criterion estimated.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::cmd;

pub(super) fn run() -> Result<()> {
    cmd::run(cmd::cargo().args(["bench", "--locked", "--package", "autolytiq-finance", "--bench", "engine"]))
}

/// The mean of each bench in nanoseconds by `group/name`; Criterion writes a folder for each.
pub(super) fn figures() -> Result<Value> {
    let folder = cmd::target_dir().join("criterion");
    let mut figures = Map::new();
    for group in folders(&folder)? {
        for bench in folders(&folder.join(&group))? {
            let file = folder.join(&group).join(&bench).join("new/estimates.json");
            let Ok(text) = fs::read(&file) else { continue };
            let estimates: Value =
                serde_json::from_slice(&text).with_context(|| format!("reading {}", file.display()))?;
            figures.insert(format!("{group}/{bench}"), estimates["mean"]["point_estimate"].clone());
        }
    }
    Ok(Value::Object(figures))
}

fn folders(of: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(of).with_context(|| format!("no estimates of Criterion in {}", of.display()))?;
    let entries = entries.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
    Ok(entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}
