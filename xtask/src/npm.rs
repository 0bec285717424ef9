//! npm packages, installed from a committed lock file and only when that changed.

use std::path::Path;

use anyhow::Result;

use crate::cmd;
use crate::stamp::Stamp;

/// Installs what the `package-lock.json` of a folder names; says whether there was anything to do.
///
/// Not `npm ci`: it refuses a lock file without the optional packages of every other platform, and a registry that
/// mirrors only some platforms cannot make such a lock. `--no-save` leaves manifest and lock as they are.
pub(crate) fn install(folder: &str) -> Result<bool> {
    let [manifest, lock] = ["package.json", "package-lock.json"].map(|file| format!("{folder}/{file}"));
    let stamp = Stamp::of(&format!("npm-{}", folder.replace('/', "-")), &[&manifest, &lock], &[])?;
    if stamp.is_fresh(&cmd::root().join(folder).join("node_modules")) {
        return Ok(false);
    }
    stamp.forget();
    let mut npm = cmd::program("npm", &cmd::root().join(folder));
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
    // Browsers come from the system, never from a download of the test runner.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    cmd::quiet(&mut npm)?;
    stamp.keep()?;
    Ok(true)
}

/// `npm run <script>` in a folder.
pub(crate) fn script(folder: &Path, name: &str) -> std::process::Command {
    let mut npm = cmd::program("npm", folder);
    npm.args(["run", "--silent", name]);
    npm
}
