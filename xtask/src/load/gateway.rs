//! What a gateway before the other processes adds, on an operation that needs a token and no database.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{PATIENCE, drive_with, figures::Report};
use crate::cmd;
use crate::product::{self, Product, Start};

/// Reads a vehicle's identification number; the answer is small.
const PATH: &str = "/api/v1/vin-decode/1FTEW1EPXMA103861";
const SECONDS: &str = "10";
/// One person's requests by the ten thousand, where the limit of a person is not what is measured.
const LIMITS: &str = "[limits]\nlog_in_per_address = 100000\nper_person = 10000000\nper_dealership = 10000000\n";

/// Times of the same requests, asked of the process itself and of the gateway before it, and how many the gateway answers
/// in a second when they come one after the other on all connections.
#[derive(Debug)]
pub(super) struct Gateway {
    pub(super) rate: u32,
    pub(super) direct_p99: f64,
    pub(super) through_p99: f64,
    pub(super) answered: f64,
    pub(super) failures: usize,
}

pub(super) fn measure(binary: &Path, generator: &Path, data: &Path, book: &Path, rate: u32) -> Result<Gateway> {
    let (modules_port, gateway_port) = (product::free_port()?, product::free_port()?);
    let config = cmd::target_dir().join("load/split.toml");
    let behind = format!("http://127.0.0.1:{modules_port}");
    let addresses: String = ["auth", "admin", "deals", "customers", "inventory"]
        .iter()
        .map(|target| format!("{target} = \"{behind}\"\n"))
        .collect();
    fs::write(&config, format!("{LIMITS}[targets]\n{addresses}"))
        .with_context(|| format!("writing {}", config.display()))?;
    let config = config.to_string_lossy().into_owned();
    let begin = |name: &str, port: u16, targets: &str| -> Result<Product> {
        let log = cmd::target_dir().join(format!("load/{name}.log"));
        let arguments = ["--config", &*config, "--target", targets];
        let mut product = Product::start(&Start { binary, data, port, log: &log, arguments: &arguments })?;
        product.wait_ready(PATIENCE, || false)?;
        Ok(product)
    };
    let modules = begin("modules", modules_port, "auth,admin,customers,inventory,deals")?;
    let gateway = begin("gateway", gateway_port, "gateway")?;
    let measured = of(generator, book, rate, modules_port, gateway_port);
    gateway.stop()?;
    modules.stop()?;
    measured
}

fn of(generator: &Path, book: &Path, rate: u32, modules: u16, gateway: u16) -> Result<Gateway> {
    let ask = |port: u16, more: &[&str]| -> Result<Report> {
        let mut command = drive_with(generator, book, port);
        command.args(["--only", PATH, "--seconds", SECONDS, "--warm-up", "3"]).args(more);
        super::report_of(&mut command)
    };
    let at = rate.to_string();
    let direct = ask(modules, &["--rate", &at])?;
    let through = ask(gateway, &["--rate", &at])?;
    let flat_out = ask(gateway, &["--rate", "20", "--flat-out"])?;
    Ok(Gateway {
        rate,
        direct_p99: direct.all.p99,
        through_p99: through.all.p99,
        answered: flat_out.answered,
        failures: direct.failures.len() + through.failures.len() + flat_out.failures.len(),
    })
}
