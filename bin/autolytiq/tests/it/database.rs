//! Looking into the database past every policy, with the `psql` beside the running server.

use std::fs;
use std::process::Command;

use crate::installation::Installation;

/// The rows of a query, as `psql` prints them without decoration.
pub(crate) fn rows(installation: &Installation, sql: &str) -> Vec<String> {
    let server = fs::read_link(format!("/proc/{}/exe", installation.postmaster())).unwrap();
    let password = fs::read_to_string(installation.data().join("cluster.password")).unwrap();
    let output = Command::new(server.with_file_name("psql"))
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", sql])
        .arg("--host")
        .arg(installation.data().join("cluster/run"))
        .args(["--username", "postgres", "--dbname", "autolytiq"])
        .env("PGPASSWORD", password.trim())
        .output()
        .unwrap();
    assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}
