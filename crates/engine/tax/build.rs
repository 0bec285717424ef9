//! Compiles `rules/<ST>.toml` into static data. A mistake in a rule file stops the build and names its file and line.

#[path = "compile/mod.rs"]
mod compile;
#[expect(dead_code, unreachable_pub, reason = "the crate uses what the build script does not")]
#[path = "src/kinds.rs"]
mod kinds;
#[expect(dead_code, unreachable_pub, reason = "the crate uses what the build script does not")]
#[path = "src/rule/mod.rs"]
mod rule;

use compile::emit::{Emit, Writer};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no manifest directory")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no output directory")?);
    for watched in ["rules", "compile", "src/rule", "src/kinds.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut writer = Writer::interning();
    let mut jurisdictions = String::new();
    let files = rule_files(&root.join("rules"))?;
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match compile::load(&format!("crates/engine/tax/rules/{name}"), &fs::read_to_string(path)?) {
            Ok(loaded) => {
                if name != format!("{}.toml", loaded.code) {
                    return Err(format!("rules/{name} holds the rules of {}", loaded.code).into());
                }
                let versions: Vec<String> = loaded.versions.iter().map(|version| version.emit(&mut writer)).collect();
                jurisdictions.push_str(&format!(
                    "static {code}: Jurisdiction = Jurisdiction {{ code: {code:?}, name: {:?}, versions: &[{}] }};\n",
                    loaded.name,
                    versions.join(", "),
                    code = loaded.code,
                ));
            }
            Err(problem) => {
                println!("cargo::error={problem}");
                return Err("a rule file is wrong".into());
            }
        }
    }
    let codes: Vec<String> =
        files.iter().filter_map(|path| Some(format!("&{}", path.file_stem()?.to_str()?))).collect();
    let all = format!("pub(crate) static ALL: &[&Jurisdiction] = &[{}];\n", codes.join(", "));
    fs::write(out.join("rules.rs"), [writer.statics(), &jurisdictions, &all].concat())?;
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
