//! Tells cargo which folders a release build compiles in, so that a client built later is not missed. A debug build
//! reads them from the source tree at run time.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../web/dist");
        println!("cargo::rerun-if-changed=../../docs/errors");
    }
}
