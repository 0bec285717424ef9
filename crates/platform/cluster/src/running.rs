//! A running cluster and the thread that keeps it so.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use secrecy::SecretString;
use tokio::sync::watch;
use tokio::task;

use crate::binaries::Binaries;
use crate::error::{ClusterError, io_at};
use crate::layout::{Layout, PORT};
use crate::postmaster::{PidFile, Recipe};
use crate::{ClusterConfig, ServerAddress, initdb, processes};

/// A fast shutdown ends with a checkpoint, which on a slow disk takes its time.
const STOP_PATIENCE: Duration = Duration::from_secs(60);
/// After a fast shutdown that did not end comes an immediate one, which recovers at the next start.
const QUIT_PATIENCE: Duration = Duration::from_secs(10);
/// The pause before the first restart, doubled up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// A server that ran this long has recovered: the next failure starts with the first pause again.
const STEADY: Duration = Duration::from_secs(60);

/// What the cluster does right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterState {
    /// It accepts connections.
    Ready,
    /// The postmaster died and is being started again.
    Restarting,
    /// It was stopped.
    Stopped,
}

/// The way to a running cluster.
#[derive(Debug)]
pub struct Cluster;

impl Cluster {
    /// Finds binaries, initialises an empty folder, stops what an earlier process left behind, starts the server and
    /// waits until it accepts connections.
    ///
    /// # Errors
    /// When no binaries serve, the folder is in use, was made by another major version or is out of reach, or the
    /// server does not start. Every [`ClusterError`] says what to do.
    pub async fn open(config: ClusterConfig) -> Result<RunningCluster, ClusterError> {
        let opened = task::spawn_blocking(move || open(&config)).await;
        opened.unwrap_or_else(|error| Err(interrupted(error)))
    }

    /// How to reach the cluster of a folder that another process runs, after [`Cluster::open`] said
    /// [`ClusterError::InUse`]. Nothing is started, and nothing tells when that process stops it.
    ///
    /// # Errors
    /// When the folder holds no cluster, or its password cannot be read.
    pub fn address_of(data_dir: &Path) -> Result<ServerAddress, ClusterError> {
        let layout = Layout::prepare(data_dir)?;
        let password = initdb::password(&layout)?;
        Ok(address(&layout, password))
    }

    /// Whether the cluster of a folder that another process runs accepts connections.
    #[must_use]
    pub fn is_ready(data_dir: &Path) -> bool {
        Layout::prepare(data_dir).is_ok_and(|layout| PidFile::read(&layout.data).is_some_and(|file| file.ready))
    }
}

/// A cluster that is kept running until [`RunningCluster::stop`]. Dropped, it asks the server to stop and does not wait.
#[derive(Debug)]
pub struct RunningCluster {
    address: ServerAddress,
    bin_dir: PathBuf,
    log: PathBuf,
    shared: Arc<Shared>,
    ended: Mutex<mpsc::Receiver<()>>,
    /// The folder's lock, held as long as we are.
    _lock: File,
}

/// What the supervising thread and its owner both see.
#[derive(Debug)]
struct Shared {
    /// The postmaster's process id; 0 while there is none.
    pid: AtomicU32,
    stopping: AtomicBool,
    state: watch::Sender<ClusterState>,
}

impl RunningCluster {
    /// How to connect.
    pub fn address(&self) -> &ServerAddress {
        &self.address
    }

    /// The state now and every change of it.
    pub fn state(&self) -> watch::Receiver<ClusterState> {
        self.shared.state.subscribe()
    }

    /// The folder of the binaries in use (`psql`, `pg_dump` beside `postgres`).
    pub fn bin_dir(&self) -> &Path {
        &self.bin_dir
    }

    /// The server's own log.
    pub fn log_file(&self) -> &Path {
        &self.log
    }

    /// The postmaster's process id; none while it is being restarted.
    pub fn pid(&self) -> Option<u32> {
        Some(self.shared.pid.load(Ordering::Acquire)).filter(|pid| *pid != 0)
    }

    /// Stops the server: running transactions are rolled back, everything committed is on disk.
    ///
    /// # Errors
    /// When the server outlives even an immediate shutdown.
    pub async fn stop(self) -> Result<(), ClusterError> {
        let stopped = task::spawn_blocking(move || self.stop_and_wait()).await;
        stopped.unwrap_or_else(|error| Err(interrupted(error)))
    }

    fn stop_and_wait(&self) -> Result<(), ClusterError> {
        self.shared.stopping.store(true, Ordering::Release);
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        for (signal, patience) in
            [(Signal::SIGINT, STOP_PATIENCE), (Signal::SIGQUIT, QUIT_PATIENCE), (Signal::SIGKILL, QUIT_PATIENCE)]
        {
            let pid = self.pid();
            if let Some(pid) = pid {
                processes::signal(pid, signal);
            }
            match ended.recv_timeout(patience) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {
                    tracing::warn!(pid, after = signal.as_str(), "PostgreSQL is still running");
                }
            }
        }
        Err(ClusterError::Stop { pid: self.pid().unwrap_or_default() })
    }
}

impl Drop for RunningCluster {
    fn drop(&mut self) {
        if !self.shared.stopping.swap(true, Ordering::AcqRel)
            && let Some(pid) = self.pid()
        {
            processes::signal(pid, Signal::SIGINT);
        }
    }
}

fn open(config: &ClusterConfig) -> Result<RunningCluster, ClusterError> {
    let layout = Layout::prepare(&config.data_dir)?;
    let lock = layout.lock()?;
    let (recipe, address) = prepare(config, layout)?;
    recipe.stop_orphans()?;
    let shared = Arc::new(Shared {
        pid: AtomicU32::new(0),
        stopping: AtomicBool::new(false),
        state: watch::Sender::new(ClusterState::Ready),
    });
    let child = recipe.start(&shared.stopping)?;
    shared.pid.store(child.id(), Ordering::Release);
    tracing::info!(pid = child.id(), major = recipe.binaries.major, folder = %recipe.layout.data.display(), "PostgreSQL is ready");
    let (bin_dir, log) = (recipe.binaries.bin.clone(), recipe.layout.log.clone());
    let (end, ended) = mpsc::channel();
    let watched = Arc::clone(&shared);
    thread::Builder::new()
        .name("postgres-supervisor".to_owned())
        .spawn(move || {
            supervise(&recipe, child, &watched);
            // Nobody listens when the owner was dropped.
            let _ = end.send(());
        })
        .map_err(|source| ClusterError::Io { doing: "starting the supervising thread".to_owned(), source })?;
    Ok(RunningCluster { address, bin_dir, log, shared, ended: Mutex::new(ended), _lock: lock })
}

/// Binaries, data folder and address; nothing is started.
pub(crate) fn prepare(config: &ClusterConfig, layout: Layout) -> Result<(Recipe, ServerAddress), ClusterError> {
    let binaries = Binaries::find(config, &layout)?;
    let durable = config.settings.get("fsync").is_none_or(|value| value != "off");
    let password = initdb::ensure(&layout, &binaries, durable)?;
    let address = address(&layout, password);
    let mut settings = config.settings.clone();
    if let Some(archive) = &config.archive {
        settings.extend(archive.prepare(layout.account)?);
    }
    Ok((Recipe { layout, binaries, settings }, address))
}

fn address(layout: &Layout, password: SecretString) -> ServerAddress {
    ServerAddress {
        socket_dir: layout.socket_dir.clone(),
        port: PORT,
        superuser: initdb::SUPERUSER.to_owned(),
        database: "postgres".to_owned(),
        password,
    }
}

/// Waits for the postmaster's end, again and again: an end that nobody asked for is followed by a restart.
fn supervise(recipe: &Recipe, mut child: Child, shared: &Shared) {
    let mut pause = FIRST_PAUSE;
    loop {
        let started = Instant::now();
        let ended = child.wait();
        shared.pid.store(0, Ordering::Release);
        if shared.stopping.load(Ordering::Acquire) {
            break;
        }
        shared.state.send_replace(ClusterState::Restarting);
        match ended {
            Ok(status) => tracing::error!(%status, "PostgreSQL ended unexpectedly; restarting it"),
            Err(error) => tracing::error!(%error, "PostgreSQL cannot be waited for; restarting it"),
        }
        if started.elapsed() >= STEADY {
            pause = FIRST_PAUSE;
        }
        let Some(next) = restart(recipe, shared, &mut pause) else { break };
        child = next;
        shared.pid.store(child.id(), Ordering::Release);
        if shared.stopping.load(Ordering::Acquire) {
            // Asked to stop between the start and the line above: nobody signalled this one.
            processes::signal(child.id(), Signal::SIGINT);
        }
        shared.state.send_replace(ClusterState::Ready);
        tracing::info!(pid = child.id(), "PostgreSQL is ready again");
    }
    shared.state.send_replace(ClusterState::Stopped);
}

/// Tries until the server is up or we are asked to stop.
fn restart(recipe: &Recipe, shared: &Shared, pause: &mut Duration) -> Option<Child> {
    loop {
        thread::sleep(*pause);
        *pause = (*pause * 2).min(LONGEST_PAUSE);
        if shared.stopping.load(Ordering::Acquire) {
            return None;
        }
        match recipe.stop_orphans().and_then(|()| recipe.start(&shared.stopping)) {
            Ok(child) => return Some(child),
            Err(error) => tracing::error!(%error, "PostgreSQL did not restart"),
        }
    }
}

/// A blocking task ended without a result: the runtime is shutting down, or it panicked.
pub(crate) fn interrupted(error: task::JoinError) -> ClusterError {
    io_at("working in", Path::new("the background"))(std::io::Error::other(error))
}
