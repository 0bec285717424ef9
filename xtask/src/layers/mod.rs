//! `cargo xtask layers`: who may depend on whom.
//!
//! [`rules`] decides over plain values and is tested against workspaces that break each rule; this file fills those
//! values from `cargo metadata` and the manifests.

mod rules;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::cmd;
use rules::{Dependency, Kind, Member, Source};

pub(crate) fn run() -> Result<()> {
    let members = members()?;
    let broken = rules::check(&members);
    for violation in &broken {
        println!("layers: {violation}");
    }
    if !broken.is_empty() {
        bail!("{} dependency rules broken (ARCHITECTURE.md says why they are there)", broken.len());
    }
    println!("layers: {} crates keep the rules", members.len());
    Ok(())
}

fn members() -> Result<Vec<Member>> {
    let metadata = MetadataCommand::new()
        .manifest_path(cmd::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("reading the workspace with cargo metadata")?;
    let folders: BTreeMap<String, String> =
        metadata.workspace_packages().into_iter().map(|package| (package.name.to_string(), folder(package))).collect();
    metadata.workspace_packages().into_iter().map(|package| member(package, &folders)).collect()
}

/// A package's folder relative to the repository.
fn folder(package: &Package) -> String {
    let folder = package.manifest_path.parent().map(|path| path.as_std_path()).unwrap_or(cmd::root());
    folder.strip_prefix(cmd::root()).unwrap_or(folder).to_string_lossy().into_owned()
}

fn member(package: &Package, folders: &BTreeMap<String, String>) -> Result<Member> {
    let text =
        fs::read_to_string(&package.manifest_path).with_context(|| format!("reading {}", package.manifest_path))?;
    let manifest: toml::Table = toml::from_str(&text).with_context(|| format!("reading {}", package.manifest_path))?;
    let dependencies = package
        .dependencies
        .iter()
        .map(|dependency| Dependency {
            name: dependency.name.clone(),
            kind: match dependency.kind {
                DependencyKind::Development => Kind::Dev,
                DependencyKind::Build => Kind::Build,
                _ => Kind::Normal,
            },
            source: folders.get(&dependency.name).map_or(Source::Registry, |folder| Source::Ours(folder.clone())),
            optional: dependency.optional,
            default_features: dependency.uses_default_features,
        })
        .collect();
    Ok(Member {
        name: package.name.to_string(),
        folder: folder(package),
        inherits_lints: manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool)
            == Some(true),
        not_through_workspace: not_through_workspace(&manifest),
        dependencies,
    })
}

/// Dependencies that a manifest declares with a version or path of its own.
fn not_through_workspace(manifest: &toml::Table) -> Vec<String> {
    let own = |table: &toml::Value| -> Vec<String> {
        let entries = table.as_table().into_iter().flatten();
        entries
            .filter(|(_, value)| value.get("workspace").and_then(toml::Value::as_bool) != Some(true))
            .map(|(name, _)| name.clone())
            .collect()
    };
    let per_target = manifest.get("target").and_then(toml::Value::as_table);
    let tables = per_target.into_iter().flatten().filter_map(|(_, target)| target.as_table()).chain([manifest]);
    tables
        .flat_map(|table| ["dependencies", "dev-dependencies", "build-dependencies"].map(|section| table.get(section)))
        .flatten()
        .flat_map(own)
        .collect()
}
