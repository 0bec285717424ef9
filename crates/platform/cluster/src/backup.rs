//! A copy of a running cluster, as a stream.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::thread::{self, JoinHandle};

use secrecy::ExposeSecret;

use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::{ClusterError, io_at};
use crate::layout::Layout;
use crate::{ClusterConfig, ServerAddress};

/// The stream of a base backup: a tar file with the server's folder as it was at one moment, the write-ahead log that
/// brings it there, and PostgreSQL's own manifest (`backup_manifest`) as the last entry. Everybody goes on working
/// meanwhile. Read it to its end, then call [`BaseBackup::finish`]; only that tells whether it is whole.
#[derive(Debug)]
pub struct BaseBackup {
    child: Child,
    /// None once it is closed.
    out: Option<ChildStdout>,
    complaints: Option<JoinHandle<String>>,
    major: u32,
}

impl BaseBackup {
    /// Starts copying the running cluster of a folder.
    ///
    /// The log must be kept for as long as the copy takes, which is the caller's to arrange (a replication slot).
    ///
    /// # Errors
    /// When no binaries serve, or they lack `pg_basebackup`.
    pub fn start(config: &ClusterConfig, address: &ServerAddress) -> Result<Self, ClusterError> {
        let layout = Layout::prepare(&config.data_dir)?;
        let binaries = Binaries::find(config, &layout)?;
        let program = binaries.tool("pg_basebackup")?;
        // As ourselves: it talks to the socket and writes to a pipe, and needs no right of the server's account.
        let mut command = Account::ours().command(&program);
        command.args(["--format=tar", "--pgdata=-", "--wal-method=fetch", "--checkpoint=fast", "--no-password"]);
        command.args(["--label=autolytiq", "--manifest-checksums=CRC32C"]);
        command.arg("--host").arg(&address.socket_dir).arg("--port").arg(address.port.to_string());
        command.arg("--username").arg(&address.superuser);
        command.env("PGPASSWORD", address.password.expose_secret());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = || io_at("reading from", &program);
        let mut child = command.spawn().map_err(io_at("starting", &program))?;
        let missing = || io::Error::other("the pipe is missing");
        let out = child.stdout.take().ok_or_else(missing).map_err(failed())?;
        let mut errors = child.stderr.take().ok_or_else(missing).map_err(failed())?;
        // Read beside the data: a full pipe of complaints would stop the copy.
        let complaints = thread::spawn(move || {
            let mut text = Vec::new();
            let _ = errors.read_to_end(&mut text);
            String::from_utf8_lossy(&text).trim().to_owned()
        });
        Ok(Self { child, out: Some(out), complaints: Some(complaints), major: binaries.major })
    }

    /// The major version of PostgreSQL that makes the copy, and that can read it.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.major
    }

    /// Waits for the end of the copy.
    ///
    /// # Errors
    /// [`ClusterError::Backup`] when PostgreSQL could not copy everything: what was read is worth nothing then.
    pub fn finish(mut self) -> Result<(), ClusterError> {
        // Given up before its end, it would wait for a reader for ever.
        drop(self.out.take());
        let ended = self.child.wait().map_err(io_at("waiting for", Path::new("pg_basebackup")))?;
        let said = self.complaints.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        if ended.success() { Ok(()) } else { Err(ClusterError::Backup { detail: format!("{ended}: {said}") }) }
    }
}

impl Read for BaseBackup {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.read(buffer))
    }
}

impl Drop for BaseBackup {
    fn drop(&mut self) {
        // Given up half-way: the server must not go on copying for nobody.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
