//! Compiles `rules/<ST>.toml` into packed bytes. A mistake in a rule file stops the build and names its file and line.

#[path = "compile/mod.rs"]
mod compile;
#[expect(dead_code, unreachable_pub, reason = "the crate uses what the build script does not")]
#[path = "src/kinds.rs"]
mod kinds;
#[expect(dead_code, unreachable_pub, reason = "the crate uses what the build script does not")]
#[path = "src/rule/mod.rs"]
mod rule;

use compile::Loaded;
use compile::pack::{Pack, Packer};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no manifest directory")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no output directory")?);
    for watched in ["rules", "compile", "src/rule", "src/kinds.rs", "src/fields.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut packed = String::new();
    let (mut bytes, mut texts) = (Vec::new(), String::new());
    for path in &rule_files(&root.join("rules"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match compile::load(&format!("crates/engine/tax/rules/{name}"), &fs::read_to_string(path)?) {
            Ok(Loaded { code, name: full, versions }) => {
                if name != format!("{code}.toml") {
                    return Err(format!("rules/{name} holds the rules of {code}").into());
                }
                packed.push_str(&format!("({code:?}, {}, {}), ", bytes.len(), texts.len()));
                let mut packer = Packer::default();
                rule::Jurisdiction { code, name: full, versions: versions.leak() }.pack(&mut packer);
                bytes.append(&mut packer.bytes);
                texts.push_str(&packer.texts);
            }
            Err(problem) => {
                println!("cargo::error={problem}");
                return Err("a rule file is wrong".into());
            }
        }
    }
    let texts_begin = bytes.len();
    bytes.extend_from_slice(texts.as_bytes());
    // The file begins with the digest of the rest: what the browser's module knows its own rules by.
    let file = [Sha256::digest(&bytes).as_slice(), &bytes].concat();
    let index = format!(
        "pub(super) static PACKED: &[(&str, usize, usize)] = &[{packed}];\npub(super) const TEXTS: usize = {texts_begin};\n\
         pub(super) const LENGTH: usize = {};\npub(super) const SHA256: [u8; 32] = {:?};\n",
        file.len(),
        Sha256::digest(&bytes).as_slice()
    );
    fs::write(out.join("index.rs"), index)?;
    fs::write(out.join("rules.bin"), file)?;
    Ok(())
}

/// The rule files in order of their names; files of cases and notes lie beside them.
fn rule_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".toml") && !name.ends_with(".cases.toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
