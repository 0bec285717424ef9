//! Running the built product as a child process.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::cmd;

/// How often the product is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(50);
/// How long it may take to stop: its requests end, then PostgreSQL's checkpoint.
const STOP_PATIENCE: Duration = Duration::from_secs(90);

/// How to start it.
pub(crate) struct Start<'a> {
    pub(crate) binary: &'a Path,
    pub(crate) data: &'a Path,
    pub(crate) port: u16,
    /// Everything it prints.
    pub(crate) log: &'a Path,
    /// Further arguments of `serve`.
    pub(crate) arguments: &'a [&'a str],
}

/// A running product; dropped without [`Product::stop`] it is asked to stop all the same.
pub(crate) struct Product {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Product {
    pub(crate) fn start(start: &Start<'_>) -> Result<Self> {
        if let Some(folder) = start.log.parent() {
            fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        }
        if start.log.exists() {
            fs::rename(start.log, start.log.with_extension("log.1"))?;
        }
        let log = File::create(start.log).with_context(|| format!("creating {}", start.log.display()))?;
        let mut command = Command::new(start.binary);
        command.current_dir(cmd::root()).args(["serve", "--port", &start.port.to_string(), "--data"]);
        command.arg(start.data).args(start.arguments).stdin(Stdio::null());
        // A group of its own: Ctrl-C reaches us alone, and we stop it once and in order.
        command.stdout(log.try_clone()?).stderr(log).process_group(0);
        let child = command.spawn().with_context(|| format!("starting {}", start.binary.display()))?;
        Ok(Self { child, port: start.port, log: start.log.to_owned() })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Waits until it says it is ready. `stop` ends the wait early and answers false.
    pub(crate) fn wait_ready(&mut self, patience: Duration, stop: impl Fn() -> bool) -> Result<bool> {
        let deadline = Instant::now() + patience;
        while !answers(self.port, "/ready") {
            if let Some(status) = self.ended()? {
                bail!("the product ended ({status}) before it was ready: {}", self.last_words());
            }
            if stop() {
                return Ok(false);
            }
            if Instant::now() >= deadline {
                bail!("the product is not ready after {} s; its log: {}", patience.as_secs(), self.log.display());
            }
            thread::sleep(LOOK);
        }
        Ok(true)
    }

    /// How it ended, when it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context("waiting for the product")
    }

    /// Stops it cleanly.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.interrupt();
        let deadline = Instant::now() + STOP_PATIENCE;
        loop {
            if let Some(status) = self.ended()? {
                if status.success() {
                    return Ok(());
                }
                bail!("the product stopped with {status}: {}", self.last_words());
            }
            if Instant::now() >= deadline {
                bail!("the product (pid {}) does not stop; its log: {}", self.id(), self.log.display());
            }
            thread::sleep(LOOK);
        }
    }

    /// The end of its log, which names the reason when it could not start.
    pub(crate) fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines.len().saturating_sub(5);
        format!("{}\n(whole log: {})", lines[last..].join("\n"), self.log.display())
    }

    fn interrupt(&self) {
        if let Ok(pid) = i32::try_from(self.child.id()) {
            // It may have ended in the meantime.
            let _ = kill(Pid::from_raw(pid), Signal::SIGINT);
        }
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.interrupt();
        }
    }
}

/// Whether a GET of this path on this machine answers 200.
pub(crate) fn answers(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<Vec<u8>> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")?;
        let mut status = vec![0; 12];
        stream.read_exact(&mut status)?;
        Ok(status)
    };
    ask().is_ok_and(|status| status == b"HTTP/1.1 200")
}

/// Whether nobody listens on a port.
pub(crate) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("finding a free port")?;
    Ok(listener.local_addr()?.port())
}
