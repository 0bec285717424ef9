//! The Chromium that the browser tests drive.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::cmd;

/// Names a browser, for machines where it has another name or place.
const VARIABLE: &str = "AUTOLYTIQ_BROWSER";
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// The browser named in the environment, else one on PATH, else Debian's, installed when we may.
pub(crate) fn find() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if !path.is_file() {
            bail!("{VARIABLE} names {}, which is no file", path.display());
        }
        return Ok(path);
    }
    if let Some(found) = NAMES.iter().find_map(|name| cmd::on_path(name)) {
        return Ok(found);
    }
    let by_hand = format!("no Chromium: `apt-get install chromium` as root, or name one in {VARIABLE}");
    if !cmd::is_root() || cmd::on_path("apt-get").is_none() {
        bail!(by_hand);
    }
    println!("installing Debian's chromium (once)");
    let apt = || {
        let mut apt = cmd::program("apt-get", cmd::root());
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        apt
    };
    let mut install = apt();
    install.args(["install", "--yes", "--no-install-recommends", "chromium"]);
    if cmd::quiet(&mut install).is_err() {
        // A fresh machine has no package lists yet.
        cmd::quiet(apt().arg("update"))?;
        cmd::quiet(&mut install)?;
    }
    cmd::on_path("chromium").ok_or_else(|| anyhow::anyhow!(by_hand))
}
