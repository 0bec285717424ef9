//! Looking into the database past every policy, with the `psql` beside the running server.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::installation::{Installation, postmaster};

/// The rows of a query, as `psql` prints them without decoration.
pub(crate) fn rows(installation: &Installation, sql: &str) -> Vec<String> {
    rows_in(&installation.data(), sql)
}

/// The rows of a query in the running cluster of a data folder.
pub(crate) fn rows_in(data: &Path, sql: &str) -> Vec<String> {
    let server = fs::read_link(format!("/proc/{}/exe", postmaster(data))).unwrap();
    let password = fs::read_to_string(data.join("cluster.password")).unwrap();
    let output = Command::new(server.with_file_name("psql"))
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", sql])
        .arg("--host")
        .arg(data.join("cluster/run"))
        .args(["--username", "postgres", "--dbname", "autolytiq"])
        .env("PGPASSWORD", password.trim())
        .output()
        .unwrap();
    assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}
