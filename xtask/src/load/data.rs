//! The data folder with its many deals: made once, kept until the script that makes it changes.

use std::time::Instant;

use anyhow::Result;

use super::{Options, server::Server, start};
use crate::cmd;
use crate::stamp::Stamp;
use crate::up::data::DataFolder;

const PREPARE: &str = include_str!("prepare.sql");
const BOOK: &str = include_str!("book.sql");
/// Everybody's password in the demonstration, and so in its copies.
const PASSWORD: &str = "saturday-on-the-lot";

/// The folder, made when it is not there. Later migrations are applied to it by the product, as to any other.
pub(super) fn ensure(binary: &std::path::Path, options: &Options) -> Result<DataFolder> {
    let name = format!("{}-deals-in-{}-stores", options.deals, options.stores);
    let folder = DataFolder::open(&cmd::target_dir().join("load").join(&name))?;
    let stamp = Stamp::of(&format!("load-{name}"), &["xtask/src/load/prepare.sql"], &[])?;
    if !options.fresh && stamp.is_fresh(folder.path()) {
        return Ok(folder);
    }
    stamp.forget();
    let begun = Instant::now();
    println!("making {} (once)", folder.path().display());
    folder.empty()?;
    folder.claim()?;
    let (product, took) = start(binary, folder.path(), &["--demo", "--demo-tier", "m"])?;
    println!("  the demonstration after {:.0} s", took.as_secs_f64());
    let server = Server::of(folder.path())?;
    let (deals, stores) = (options.deals.to_string(), options.stores.to_string());
    server.run(PREPARE, &[("deals", &deals), ("stores", &stores)])?;
    println!("  its copies after {:.0} s", begun.elapsed().as_secs_f64());
    // PostgreSQL loads what counts its statements when it starts again.
    product.stop()?;
    stamp.keep()?;
    Ok(folder)
}

/// What the generator knows of the stores.
pub(super) fn book(server: &Server, deals: u32) -> Result<String> {
    server.run(BOOK, &[("password", PASSWORD), ("deals", &deals.to_string())])
}
