//! SQL through the `psql` beside the server, so that these tests need no client library.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use autolytiq_cluster::ServerAddress;
use secrecy::ExposeSecret;

pub(crate) fn run(bin: &Path, address: &ServerAddress, sql: &str) -> Output {
    Command::new(bin.join("psql"))
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", sql])
        .arg("--host")
        .arg(&address.socket_dir)
        .args(["--port", &address.port.to_string(), "--username", &address.superuser, "--dbname", &address.database])
        .env("PGPASSWORD", address.password.expose_secret())
        .output()
        .unwrap()
}

pub(crate) fn query(bin: &Path, address: &ServerAddress, sql: &str) -> String {
    let output = run(bin, address, sql);
    assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Waits for something another process does.
pub(crate) fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < deadline, "{what}: not within 30 s");
        std::thread::sleep(Duration::from_millis(20));
    }
}
