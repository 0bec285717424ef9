//! Looking into the database past every policy, with the `psql` beside the running server.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::installation::{Installation, PATIENCE};

/// The rows of a query, as `psql` prints them without decoration.
pub(crate) fn rows(installation: &Installation, sql: &str) -> Vec<String> {
    rows_in(&installation.data(), sql)
}

/// The rows of a query in the running cluster of a data folder.
pub(crate) fn rows_in(data: &Path, sql: &str) -> Vec<String> {
    try_rows(data, sql).unwrap_or_else(|why| panic!("{sql}: {why}"))
}

/// As [`rows_in`], while the cluster may be on its way from one process to another.
pub(crate) fn rows_when_back(data: &Path, sql: &str) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match try_rows(data, sql) {
            Ok(rows) => return rows,
            Err(why) => assert!(Instant::now() < deadline, "{sql}: {why}"),
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn try_rows(data: &Path, sql: &str) -> Result<Vec<String>, String> {
    let postmaster = fs::read_to_string(data.join("cluster/data/postmaster.pid")).map_err(|error| error.to_string())?;
    let pid = postmaster.lines().next().unwrap_or_default().trim();
    let server = fs::read_link(format!("/proc/{pid}/exe")).map_err(|error| error.to_string())?;
    let password = fs::read_to_string(data.join("cluster.password")).map_err(|error| error.to_string())?;
    let output = Command::new(server.with_file_name("psql"))
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", sql])
        .arg("--host")
        .arg(data.join("cluster/run"))
        .args(["--username", "postgres", "--dbname", "autolytiq"])
        .env("PGPASSWORD", password.trim())
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
