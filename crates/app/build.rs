//! Prepares the folder of the browser client, and tells cargo which folders a release build compiles in, so that a client
//! built later is not missed. A debug build reads them from the source tree at run time.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // The folder must be there when its path is compiled in: a path that could not be resolved then serves nothing later.
    std::fs::create_dir_all("../../web/dist")?;
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../web/dist");
        println!("cargo::rerun-if-changed=../../docs/errors");
    }
    Ok(())
}
