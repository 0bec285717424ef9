//! What a machine must have, checked before anything is started: one line for each thing that is missing.

use std::process::Command;

use anyhow::{Result, bail};

use crate::cmd;

/// The oldest versions that work.
const RUST: (u32, u32) = (1, 95);
const NODE: (u32, u32) = (20, 19);

/// Prints a line for each missing prerequisite and fails when there is one.
pub(crate) fn check() -> Result<()> {
    // One's own server needs no download: neither Python nor unzip is used then.
    let own_database = std::env::var_os("DATABASE_URL").is_some_and(|url| !url.is_empty());
    let missing: Vec<String> = [
        at_least("Rust", "rustc", "--version", RUST, "https://rustup.rs"),
        at_least("Node", "node", "--version", NODE, "https://nodejs.org"),
        runs("npm", &["npm", "--version"], "it comes with Node"),
        runs("a C compiler", &["cc", "--version"], "Debian: apt-get install gcc libc6-dev"),
        if own_database {
            None
        } else {
            runs("Python 3 with pip", &["python3", "-m", "pip", "--version"], "Debian: apt-get install python3-pip")
        },
        if own_database { None } else { runs("unzip", &["unzip", "-v"], "Debian: apt-get install unzip") },
    ]
    .into_iter()
    .flatten()
    .collect();
    for line in &missing {
        eprintln!("missing: {line}");
    }
    if !missing.is_empty() {
        bail!("install what is missing and start again");
    }
    Ok(())
}

fn runs(name: &str, command: &[&str], remedy: &str) -> Option<String> {
    let (program, arguments) = command.split_first()?;
    let works = cmd::output(Command::new(program).args(arguments)).is_ok();
    (!works).then(|| format!("{name} (`{}` does not run; {remedy})", command.join(" ")))
}

fn at_least(name: &str, program: &str, argument: &str, wanted: (u32, u32), remedy: &str) -> Option<String> {
    let (major, minor) = wanted;
    let Ok(said) = cmd::output(Command::new(program).arg(argument)) else {
        return Some(format!("{name} {major}.{minor} or newer (`{program}` does not run; {remedy})"));
    };
    match version(&said) {
        Some(found) if found >= wanted => None,
        _ => Some(format!("{name} {major}.{minor} or newer (found {}; {remedy})", said.trim())),
    }
}

/// The first two numbers of the first word that starts like a version: `v20.20.2`, `rustc 1.95.0 (…)`.
fn version(said: &str) -> Option<(u32, u32)> {
    said.split_whitespace().find_map(|word| {
        let mut numbers = word.trim_start_matches('v').split('.');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_read_from_what_tools_print() {
        assert_eq!(version("rustc 1.95.0 (59807616e 2026-04-14)\n"), Some((1, 95)));
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("no version here"), None);
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(version("v20.9.0") < version("v20.19.0"));
        assert!(version("v22.0.0") > version("v20.19.0"));
    }
}
