//! The product's private PostgreSQL as its superuser sees it, by `psql` from the same folder of binaries.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::figures::{Statements, durations, p95};

/// Begins and ends of transactions and their settings are no queries.
const QUERIES: &str = "query !~* '^\\s*(begin|commit|rollback|set|select set_config|deallocate)' and dbid = (select oid from pg_database where datname = current_database())";

pub(super) struct Server {
    psql: PathBuf,
    socket: String,
    port: String,
    password: String,
    pid: u32,
    log: PathBuf,
}

impl Server {
    /// The server that runs on this data folder.
    pub(super) fn of(data: &Path) -> Result<Self> {
        let cluster = data.join("cluster").canonicalize().context("the cluster's folder")?;
        let text = fs::read_to_string(cluster.join("data/postmaster.pid")).context("the server does not run")?;
        let lines: Vec<&str> = text.lines().collect();
        let [pid, _, _, port, socket, ..] = lines.as_slice() else { bail!("postmaster.pid: {text:?}") };
        let pid: u32 = pid.trim().parse()?;
        let postgres = fs::read_link(format!("/proc/{pid}/exe")).context("the server's executable")?;
        let password = fs::read_to_string(data.join("cluster.password")).context("the server's password")?;
        Ok(Self {
            psql: postgres.with_file_name("psql"),
            socket: (*socket).to_owned(),
            port: (*port).to_owned(),
            password: password.trim().to_owned(),
            pid,
            log: cluster.join("postgres.log"),
        })
    }

    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Runs a script; answers what it printed.
    pub(super) fn run(&self, script: &str, variables: &[(&str, &str)]) -> Result<String> {
        let mut psql = Command::new(&self.psql);
        psql.args(["--no-psqlrc", "--quiet", "--host", &self.socket, "--port", &self.port]);
        psql.args(["--username", "postgres", "--dbname", "autolytiq", "--set", "ON_ERROR_STOP=1"]);
        psql.args(["--tuples-only", "--no-align", "--field-separator", "\t"]).env("PGPASSWORD", &self.password);
        for (name, value) in variables {
            psql.arg("--set").arg(format!("{name}={value}"));
        }
        let mut child = psql
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("starting {}", self.psql.display()))?;
        child.stdin.take().context("psql takes no script")?.write_all(script.as_bytes())?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("psql ended with {}", output.status);
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    pub(super) fn number(&self, query: &str) -> Result<u64> {
        self.run(query, &[])?.parse().with_context(|| query.to_owned())
    }

    /// Begins to count statements anew.
    pub(super) fn forget_statements(&self) -> Result<()> {
        self.run("select pg_stat_statements_reset()", &[]).map(drop)
    }

    /// How long the server's log is.
    pub(super) fn log_length(&self) -> Result<u64> {
        Ok(fs::metadata(&self.log)?.len())
    }

    /// What was asked since, and how long it took: every statement is counted, and those that took longer than a
    /// millisecond are in the log.
    pub(super) fn statements(&self, log_from: u64) -> Result<Statements> {
        let count = self.number(&format!("select coalesce(sum(calls), 0) from pg_stat_statements where {QUERIES}"))?;
        let connections = self.number("select count(*) from pg_stat_activity where application_name = 'autolytiq'")?;
        let mut log = File::open(&self.log)?;
        log.seek(SeekFrom::Start(log_from))?;
        let lines = BufReader::new(log).split(b'\n').map_while(Result::ok);
        let slow = durations(lines.map(|line| String::from_utf8_lossy(&line).into_owned()));
        Ok(Statements { count, p95: p95(count, slow), connections })
    }

    /// The statements that took most of the time: calls, mean and longest in milliseconds, and their beginnings.
    pub(super) fn slowest(&self) -> Result<String> {
        self.run(
            &format!(
                "select calls, round(mean_exec_time::numeric, 2), round(max_exec_time::numeric, 1),
                        round(total_exec_time::numeric / 1000, 1), left(regexp_replace(query, '\\s+', ' ', 'g'), 100)
                 from pg_stat_statements where {QUERIES} order by total_exec_time desc limit 15"
            ),
            &[],
        )
    }
}
