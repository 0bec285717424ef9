//! Starting one postmaster and seeing it become ready.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::binaries::Binaries;
use crate::error::{ClusterError, io_at};
use crate::layout::{Layout, PORT};
use crate::memory;
use crate::processes;

/// How often `postmaster.pid` is read while the server comes up.
const LOOK: Duration = Duration::from_millis(15);
/// Longest crash recovery we wait for; a server that says `starting` is working, not hanging.
const RECOVERY_PATIENCE: Duration = Duration::from_secs(600);
/// How long a start is tried again while the remains of a killed server still hold its lock or its shared memory.
const LOCK_PATIENCE: Duration = Duration::from_secs(30);
/// How long an orphan gets for a fast shutdown, which ends with a checkpoint.
const ORPHAN_PATIENCE: Duration = Duration::from_secs(60);
/// The log is set aside when it has grown beyond this at a start.
const LOG_MAX_BYTES: u64 = 16 * 1024 * 1024;
/// The line of `postmaster.pid` that holds the state.
const STATUS_LINE: usize = 7;

/// The product's settings. Durability is not negotiable: an acknowledged write survives `kill -9` and a power cut.
const SETTINGS: [(&str, &str); 18] = [
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    ("max_connections", "100"),
    ("work_mem", "8MB"),
    ("maintenance_work_mem", "64MB"),
    // Fewer checkpoints: the first change of a page after one writes the page whole into the log. The price is more log on
    // the disk, and more of it to read after a crash.
    ("max_wal_size", "4GB"),
    ("checkpoint_timeout", "15min"),
    ("fsync", "on"),
    ("full_page_writes", "on"),
    ("synchronous_commit", "on"),
    // A new store fills its empty tables within minutes, and until they are analysed no plan knows a key from a list.
    ("autovacuum_naptime", "5s"),
    // Our queries are short: compiling them costs more than it saves.
    ("jit", "off"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("log_line_prefix", "%m [%p] %q%u@%d "),
    // Statements and their parameters may hold personal data: they stay out of the log.
    ("log_min_error_statement", "panic"),
    // Filtered HNSW searches under row-level security return too few rows without both of these.
    ("session_preload_libraries", "vector"),
    ("hnsw.iterative_scan", "strict_order"),
];

/// What is needed to start the server, and to start it again.
#[derive(Debug, Clone)]
pub(crate) struct Recipe {
    pub(crate) layout: Layout,
    pub(crate) binaries: Binaries,
    /// Settings beyond [`SETTINGS`]; they win.
    pub(crate) settings: BTreeMap<String, String>,
}

impl Recipe {
    /// Starts the server and waits until it accepts connections. The remains of a killed predecessor are waited out
    /// with growing pauses. `given_up` ends the wait early.
    pub(crate) fn start(&self, given_up: &AtomicBool) -> Result<Child, ClusterError> {
        let deadline = Instant::now() + LOCK_PATIENCE;
        let mut pause = Duration::from_millis(50);
        loop {
            let log_start = self.rotate_log()?;
            let child = self.spawn()?;
            match self.wait_ready(child, given_up, log_start) {
                Ok(child) => return Ok(child),
                Err(ClusterError::Start { detail, .. })
                    if held_by_remains(&detail) && Instant::now() < deadline && !given_up.load(Ordering::Relaxed) =>
                {
                    tracing::warn!(
                        pause_ms = pause.as_millis(),
                        "remains of a killed PostgreSQL still hold the folder"
                    );
                    thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_secs(2));
                    self.remove_stale_pid_file()?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Stops a server that an earlier process of ours left behind, so that this process is the parent of the one it
    /// uses. The caller holds the folder's lock, so nobody else's server can be running here.
    pub(crate) fn stop_orphans(&self) -> Result<(), ClusterError> {
        let data = &self.layout.data;
        if processes::in_folder(data).is_empty() {
            return self.remove_stale_pid_file();
        }
        let postmaster = PidFile::read(data).map(|file| file.pid);
        if let Some(pid) = postmaster.filter(|pid| processes::in_folder(data).contains(pid)) {
            tracing::warn!(pid, "stopping the PostgreSQL of an earlier process");
            processes::signal(pid, Signal::SIGINT);
            if !processes::wait_empty(data, ORPHAN_PATIENCE) {
                processes::signal(pid, Signal::SIGQUIT);
            }
        }
        // Backends without a postmaster notice within moments and leave by themselves.
        if !processes::wait_empty(data, Duration::from_secs(10)) {
            for pid in processes::in_folder(data) {
                processes::signal(pid, Signal::SIGKILL);
            }
            if !processes::wait_empty(data, Duration::from_secs(10)) {
                let pid = processes::in_folder(data).first().copied().unwrap_or_default();
                return Err(ClusterError::Stop { pid });
            }
        }
        self.remove_stale_pid_file()
    }

    /// Removes a `postmaster.pid` whose server is gone. PostgreSQL does so by itself unless the process id has meanwhile
    /// been given to some other program, which then blocks every start.
    fn remove_stale_pid_file(&self) -> Result<(), ClusterError> {
        let path = self.layout.data.join("postmaster.pid");
        if path.exists() && processes::in_folder(&self.layout.data).is_empty() {
            fs::remove_file(&path).map_err(io_at("removing", &path))?;
        }
        Ok(())
    }

    fn spawn(&self) -> Result<Child, ClusterError> {
        let log = self.open_log()?;
        let errors = log.try_clone().map_err(io_at("opening", &self.layout.log))?;
        let program = self.binaries.postgres();
        let mut command = self.layout.account.command(&program);
        command.arg("-D").arg(&self.layout.data);
        command.arg("-c").arg(format!("port={PORT}"));
        command.arg("-c").arg(format!("unix_socket_directories={}", self.layout.socket_dir.display()));
        let ours = SETTINGS.iter().map(|(name, value)| (*name, *value));
        let memory = memory::shared_buffers();
        let given = self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in ours.chain([("shared_buffers", memory.as_str())]).chain(given) {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        // A group of its own: Ctrl-C in a terminal reaches us, and we decide when the server stops.
        command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(errors);
        command.spawn().map_err(io_at("starting", &program))
    }

    fn wait_ready(&self, mut child: Child, given_up: &AtomicBool, log_start: u64) -> Result<Child, ClusterError> {
        let deadline = Instant::now() + RECOVERY_PATIENCE;
        loop {
            if let Some(status) = child.try_wait().map_err(io_at("waiting for", &self.binaries.postgres()))? {
                let said = self.log_since(log_start);
                let detail = if said.is_empty() { format!("it ended with {status}") } else { said };
                return Err(ClusterError::Start { detail, log: self.layout.log.clone() });
            }
            if PidFile::read(&self.layout.data).is_some_and(|file| file.pid == child.id() && file.ready) {
                return Ok(child);
            }
            if Instant::now() >= deadline || given_up.load(Ordering::Relaxed) {
                processes::signal(child.id(), Signal::SIGQUIT);
                let _ = child.wait();
                let detail = format!("not ready, last words: {}", self.log_since(log_start));
                return Err(ClusterError::Start { detail, log: self.layout.log.clone() });
            }
            thread::sleep(LOOK);
        }
    }

    fn open_log(&self) -> Result<File, ClusterError> {
        let path = &self.layout.log;
        let log = File::options().append(true).create(true).mode(0o600).open(path).map_err(io_at("opening", path))?;
        self.layout.account.own(path)?;
        Ok(log)
    }

    /// Sets a large log aside; answers where this start's part of the log begins.
    fn rotate_log(&self) -> Result<u64, ClusterError> {
        let path = &self.layout.log;
        let bytes = fs::metadata(path).map_or(0, |meta| meta.len());
        if bytes <= LOG_MAX_BYTES {
            return Ok(bytes);
        }
        fs::rename(path, path.with_extension("log.1")).map_err(io_at("renaming", path))?;
        Ok(0)
    }

    /// The lines of this start that name a problem; all of them when none does.
    fn log_since(&self, start: u64) -> String {
        let log = fs::read(&self.layout.log).unwrap_or_default();
        let from = usize::try_from(start).unwrap_or(0).min(log.len());
        let text = String::from_utf8_lossy(&log[from..]).into_owned();
        let named: Vec<&str> =
            text.lines().filter(|line| ["FATAL:", "PANIC:", "HINT:"].iter().any(|word| line.contains(word))).collect();
        if named.is_empty() { text.trim().to_owned() } else { named.join(" | ") }
    }
}

/// Whether a failed start is the lock file or the shared memory of a server that was killed a moment ago.
fn held_by_remains(log: &str) -> bool {
    ["lock file \"postmaster.pid\"", ".lock\" already exists", "pre-existing shared memory block"]
        .iter()
        .any(|sign| log.contains(sign))
}

/// What the postmaster writes about itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: u32,
    pub(crate) ready: bool,
}

impl PidFile {
    pub(crate) fn read(data: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(data.join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        let ready = lines.nth(STATUS_LINE - 1).is_some_and(|status| status.trim() == "ready");
        Some(Self { pid, ready })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "4711\n/srv/data\n1763700000\n5432\n/srv/run\n\n  5432001   98304\n";

    #[test]
    fn line_eight_says_ready() {
        assert_eq!(PidFile::parse(&format!("{LINES}ready   \n")), Some(PidFile { pid: 4711, ready: true }));
        assert_eq!(PidFile::parse(&format!("{LINES}starting\n")), Some(PidFile { pid: 4711, ready: false }));
        assert_eq!(PidFile::parse(LINES), Some(PidFile { pid: 4711, ready: false }));
        assert_eq!(PidFile::parse(""), None);
    }

    #[test]
    fn only_remains_are_worth_another_try() {
        assert!(held_by_remains("FATAL:  lock file \"postmaster.pid\" already exists"));
        assert!(held_by_remains("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"));
        assert!(!held_by_remains("FATAL:  could not create shared memory segment: No space left on device"));
    }
}
