//! The JavaScript and TypeScript side of the module, by wasm-bindgen's own library at the version the engine is locked
//! to: the two must be the same, which Cargo.toml's exact pins see to.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// Writes `autolytiq_wasm.js`, `.d.ts` and the `_bg.wasm` module into `folder`.
pub(crate) fn generate(compiled: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).typescript(true).keep_debug(false);
    bindgen.web(true)?;
    // With the default path left out, the bundler sees no reference to the module and does not ship it.
    bindgen.omit_default_module_path(false);
    bindgen.generate(folder).context("generating the JavaScript side of the engine")
}
