//! A new cluster from a copy of another.
//!
//! The copy is filled into a folder beside the final one. [`NewCluster::finish`] checks it against PostgreSQL's manifest,
//! lets the server replay the log of the copy once, on its own and reachable by nobody, gives it a password of this
//! installation, and renames it into place.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rand::Rng;
use secrecy::{ExposeSecret, SecretString};

use crate::ClusterConfig;
use crate::binaries::Binaries;
use crate::error::{ClusterError, io_at};
use crate::initdb::{SUPERUSER, secret_file};
use crate::layout::{Layout, private_folder};

/// Archived write-ahead log to be replayed beyond the copy, and how far.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The folder of the [`LogArchive`](crate::LogArchive).
    pub archive: PathBuf,
    /// The moment to stop at, as PostgreSQL reads it (`2026-11-14 21:00:00+00`); the end of the archive without one.
    pub until: Option<String>,
}

/// A cluster's folder while it is being filled. Dropped before [`NewCluster::finish`], it removes what it made.
#[derive(Debug)]
pub struct NewCluster {
    layout: Layout,
    binaries: Binaries,
    unfinished: PathBuf,
    done: bool,
    /// The folder's lock, held as long as we are.
    _lock: File,
}

impl NewCluster {
    /// Prepares a data folder that has no cluster yet.
    ///
    /// # Errors
    /// [`ClusterError::Restore`] when there is one; when no binaries serve; when the folder is in use or out of reach.
    pub fn prepare(config: &ClusterConfig) -> Result<Self, ClusterError> {
        let layout = Layout::prepare(&config.data_dir)?;
        let lock = layout.lock()?;
        if layout.data.exists() {
            return Err(restore(format!("{} holds a database already", layout.data.display())));
        }
        let binaries = Binaries::find(config, &layout)?;
        binaries.tool("pg_verifybackup")?;
        let unfinished = layout.data.with_file_name("data.unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(io_at("removing", &unfinished))?;
        }
        private_folder(&unfinished, layout.account)?;
        Ok(Self { layout, binaries, unfinished, done: false, _lock: lock })
    }

    /// The folder to fill with the entries of the copy. Folders need mode 0700, files 0600; owners are set at the end.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.unfinished
    }

    /// The major version of the binaries that will run it.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.binaries.major
    }

    /// Checks what was filled in, replays its log and puts it into place. `replay` goes on with archived log after that.
    ///
    /// # Errors
    /// [`ClusterError::Restore`] says which step failed and what PostgreSQL said.
    pub fn finish(mut self, replay: Option<&Replay>) -> Result<(), ClusterError> {
        self.hand_over(&self.unfinished.clone())?;
        let mut verify = self.tool("pg_verifybackup")?;
        verify.arg("--exit-on-error").arg(&self.unfinished);
        complete("the copy is not whole", &run(&mut verify, "")?)?;

        let password = SecretString::from(hex::encode(rand::rng().random::<[u8; 32]>()));
        self.recover(&password, replay)?;
        let mut sync = self.tool("initdb")?;
        sync.args(["--sync-only", "--pgdata"]).arg(&self.unfinished);
        complete("the files could not be brought to the disk", &run(&mut sync, "")?)?;

        secret_file(&self.layout.password, password.expose_secret())?;
        fs::rename(&self.unfinished, &self.layout.data).map_err(io_at("renaming", &self.unfinished))?;
        self.done = true;
        Ok(())
    }

    /// The server alone with one command: it replays the log first, as after a crash.
    fn recover(&self, password: &SecretString, replay: Option<&Replay>) -> Result<(), ClusterError> {
        let mut server = self.layout.account.command(&self.binaries.postgres());
        server.args(["--single", "-D"]).arg(&self.unfinished);
        if let Some(replay) = replay {
            let signal = self.unfinished.join("recovery.signal");
            File::create(&signal).map_err(io_at("creating", &signal))?;
            self.layout.account.own(&signal)?;
            for (name, value) in replay_settings(replay)? {
                server.arg("-c").arg(format!("{name}={value}"));
            }
        }
        server.arg("postgres");
        // Hexadecimal digits: nothing to quote. On the standard input, so that no process list shows it.
        let command = format!("alter role {SUPERUSER} password '{}'\n", password.expose_secret());
        let output = run(&mut server, &command)?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        complete("the log could not be replayed", &output)?;
        // A statement that fails does not end this kind of server with an error.
        match said.lines().find(|line| ["ERROR:", "FATAL:", "PANIC:"].iter().any(|word| line.contains(word))) {
            Some(line) => Err(restore(format!("the log could not be replayed: {line}"))),
            None => Ok(()),
        }
    }

    fn tool(&self, name: &'static str) -> Result<Command, ClusterError> {
        Ok(self.layout.account.command(&self.binaries.tool(name)?))
    }

    /// Gives a folder and everything in it to the server's account.
    fn hand_over(&self, folder: &Path) -> Result<(), ClusterError> {
        for entry in fs::read_dir(folder).map_err(io_at("reading", folder))? {
            let entry = entry.map_err(io_at("reading", folder))?;
            let path = entry.path();
            self.layout.account.own(&path)?;
            if entry.file_type().map_err(io_at("reading", &path))?.is_dir() {
                self.hand_over(&path)?;
            }
        }
        Ok(())
    }
}

impl Drop for NewCluster {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.unfinished);
        }
    }
}

fn replay_settings(replay: &Replay) -> Result<Vec<(&'static str, String)>, ClusterError> {
    let folder = crate::archive::quoted(&replay.archive)?;
    let mut settings = vec![
        ("restore_command", format!("gzip -dc {folder}/%f.gz > %p")),
        ("recovery_target_action", "promote".to_owned()),
        // A server on its own is nobody's standby, and would stumble over being one.
        ("hot_standby", "off".to_owned()),
    ];
    if let Some(until) = &replay.until {
        settings.push(("recovery_target_time", until.clone()));
    }
    Ok(settings)
}

fn run(command: &mut Command, input: &str) -> Result<Output, ClusterError> {
    let program = PathBuf::from(command.get_program());
    let failed = || io_at("running", &program);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed())?;
    if let Some(mut pipe) = child.stdin.take() {
        // One that ended already says why itself.
        let _ = pipe.write_all(input.as_bytes());
    }
    child.wait_with_output().map_err(failed())
}

fn complete(what: &str, output: &Output) -> Result<(), ClusterError> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let named: Vec<&str> = said.lines().filter(|line| line.contains("FATAL:") || line.contains("error:")).collect();
    let said = if named.is_empty() { said.trim().to_owned() } else { named.join(" | ") };
    Err(restore(format!("{what}: {said}")))
}

fn restore(detail: String) -> ClusterError {
    ClusterError::Restore { detail }
}
