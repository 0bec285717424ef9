//! `cargo xtask gen`: what is generated from the code and committed beside it.
//!
//! The OpenAPI document and the engine's JSON Schema come from the executable, the web client's types from the document. `--check` changes nothing
//! and fails when a committed file is not what the code generates, so that a renamed field breaks the web build and not
//! a customer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::{cmd, npm};

#[derive(Args, Default)]
pub(crate) struct Options {
    /// Change nothing; fail when a committed file is not what the code generates
    #[arg(long)]
    check: bool,
    /// The executable to ask; without it, it is built
    #[arg(long)]
    binary: Option<PathBuf>,
}

impl Options {
    /// `--check` with an executable that is already built.
    pub(crate) fn check_with(binary: &Path) -> Self {
        Self { check: true, binary: Some(binary.to_owned()) }
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = match &options.binary {
        Some(binary) => binary.clone(),
        None => build()?,
    };
    npm::install("web")?;
    let document = printed(&binary, &["openapi"])?;
    let scratch = cmd::target_dir().join("xtask/gen");
    fs::create_dir_all(&scratch).with_context(|| format!("creating {}", scratch.display()))?;
    let generated = scratch.join("openapi.json");
    fs::write(&generated, document).with_context(|| format!("writing {}", generated.display()))?;
    let engine = scratch.join("engine.schema.json");
    fs::write(&engine, printed(&binary, &["calc", "--schema"])?)
        .with_context(|| format!("writing {}", engine.display()))?;
    let types = scratch.join("schema.d.ts");
    // The arguments of web's own `gen:api`, on files of ours.
    let mut generator =
        cmd::program(cmd::root().join("web/node_modules/.bin/openapi-typescript"), &cmd::root().join("web"));
    generator.arg(&generated).arg("-o").arg(&types).arg("--alphabetize");
    cmd::quiet(&mut generator)?;

    let mut stale = Vec::new();
    let files = [
        (&generated, "openapi/openapi.json"),
        (&engine, "openapi/engine.schema.json"),
        (&types, "web/src/api/schema.d.ts"),
    ];
    for (made, committed) in files {
        let path = cmd::root().join(committed);
        let new = fs::read(made).with_context(|| format!("reading {}", made.display()))?;
        if fs::read(&path).is_ok_and(|old| old == new) {
            continue;
        }
        stale.push(committed);
        if !options.check {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
            }
            fs::write(&path, new).with_context(|| format!("writing {}", path.display()))?;
        }
    }
    match (stale.is_empty(), options.check) {
        (true, _) => println!("gen: everything is up to date"),
        (false, false) => println!("gen: wrote {}", stale.join(", ")),
        (false, true) => {
            bail!("{} differ from what the code generates: run `cargo xtask gen` and commit", stale.join(", "))
        }
    }
    Ok(())
}

fn build() -> Result<PathBuf> {
    cmd::run(cmd::cargo().args(["build", "--package", "autolytiq"]))?;
    Ok(cmd::target_dir().join("debug/autolytiq"))
}

/// What the executable prints, indented and with sorted keys: the extensions of an operation come in another order each
/// time, and a change of the code should be the only difference.
fn printed(binary: &Path, arguments: &[&str]) -> Result<String> {
    let printed = cmd::output(Command::new(binary).args(arguments).current_dir(cmd::root()))?;
    let document: Value = serde_json::from_str(&printed)
        .with_context(|| format!("`autolytiq {}` printed no JSON", arguments.join(" ")))?;
    let mut text = serde_json::to_string_pretty(&sorted(document))?;
    text.push('\n');
    Ok(text)
}

/// Whether serde_json keeps the order of insertion depends on what else is compiled; sorted insertion is right either way.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let by_key: BTreeMap<String, Value> =
                entries.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(by_key.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::sorted;

    #[test]
    fn keys_are_sorted_at_every_depth_and_items_keep_their_order() {
        let text = sorted(json!({ "b": [{ "z": 1, "a": 2 }, 3], "a": null })).to_string();
        assert_eq!(text, r#"{"a":null,"b":[{"a":2,"z":1},3]}"#);
    }
}
