//! Shrinking the module with binaryen's `wasm-opt`, from npm at a locked version: the one Debian ships is too old and
//! breaks the module without a word.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{cmd, tools};

/// Optimises a module in place.
pub(crate) fn optimise(module: &Path) -> Result<()> {
    let folder = tools::folder().join("wasm-opt");
    let tool = folder.join("node_modules/.bin/wasm-opt");
    let wanted = cmd::root().join("xtask/wasm-opt");
    let lock = fs::read(wanted.join("package-lock.json")).context("reading xtask/wasm-opt/package-lock.json")?;
    if !tool.exists() || fs::read(folder.join("package-lock.json")).ok().as_deref() != Some(&lock) {
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(wanted.join(file), folder.join(file)).with_context(|| format!("copying {file}"))?;
        }
        let mut npm = cmd::program("npm", &folder);
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        cmd::quiet(&mut npm)?;
    }
    let optimised = module.with_extension("wasm.optimised");
    let mut wasm_opt = cmd::program(tool, &folder);
    wasm_opt.arg("-Oz").arg(module).arg("-o").arg(&optimised);
    cmd::quiet(&mut wasm_opt)?;
    fs::rename(&optimised, module).with_context(|| format!("replacing {}", module.display()))
}
