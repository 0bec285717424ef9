//! One server for all processes of a test run.
//!
//! A test runner starts a process for each test; starting a server for each would cost more than the tests. The first
//! process to come starts the server, later ones join it, and a small keeper stops it when nobody has used it for a
//! while. Every user holds a shared lock for as long as it lives, so that being killed counts as leaving.
//!
//! The folder is disposable by contract: it usually runs without `fsync`, and a server that no longer starts from it is
//! made anew.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

use tokio::task;

use crate::error::{ClusterError, io_at};
use crate::layout::{Layout, open_lock};
use crate::postmaster::{PidFile, Recipe};
use crate::running::{interrupted, prepare};
use crate::{ClusterConfig, ServerAddress, processes};

/// Stops the server `$2` once nobody else holds the lock `$1`; looks every few seconds. `flock` is a part of util-linux,
/// which every Debian system has; without it the server simply stays.
const KEEPER: &str = r#"
while sleep 10 && kill -0 "$2" 2>/dev/null; do
    flock --exclusive --nonblock "$1" sh -c 'kill -INT "$0"; while kill -0 "$0" 2>/dev/null; do sleep 0.1; done' "$2"
done
"#;

/// A share in a server that other processes use too.
#[derive(Debug)]
pub struct SharedCluster {
    address: ServerAddress,
    /// Says that we use the server, for as long as we are.
    _user: File,
}

impl SharedCluster {
    /// Joins the server of a folder, starting it when nobody has yet.
    ///
    /// # Errors
    /// As [`crate::Cluster::open`].
    pub async fn join(config: ClusterConfig) -> Result<Self, ClusterError> {
        let joined = task::spawn_blocking(move || join(&config)).await;
        joined.unwrap_or_else(|error| Err(interrupted(error)))
    }

    /// How to connect.
    pub fn address(&self) -> &ServerAddress {
        &self.address
    }
}

fn join(config: &ClusterConfig) -> Result<SharedCluster, ClusterError> {
    let layout = Layout::prepare(&config.data_dir)?;
    let root = layout.root.clone();
    let door_path = root.join("cluster.start");
    let door = open_lock(&door_path)?;
    door.lock().map_err(io_at("locking", &door_path))?;
    let user_path = root.join("cluster.users");
    let user = open_lock(&user_path)?;
    // Waits while the keeper, who holds it alone, stops the server.
    user.lock_shared().map_err(io_at("locking", &user_path))?;

    let (recipe, address) = match prepare(config, layout.clone()) {
        Err(ClusterError::OtherMajor { .. }) => {
            remove(&layout)?;
            prepare(config, layout)?
        }
        other => other?,
    };
    if is_up(&recipe) {
        return Ok(SharedCluster { address, _user: user });
    }
    let (address, pid) = match start(&recipe) {
        Ok(pid) => (address, pid),
        Err(error) => {
            tracing::warn!(%error, "the shared test server does not start; making it anew");
            remove(&recipe.layout)?;
            let (recipe, address) = prepare(config, recipe.layout.clone())?;
            (address, start(&recipe)?)
        }
    };
    keep(&user_path, pid)?;
    Ok(SharedCluster { address, _user: user })
}

fn is_up(recipe: &Recipe) -> bool {
    let data = &recipe.layout.data;
    PidFile::read(data).is_some_and(|file| file.ready && processes::in_folder(data).contains(&file.pid))
}

fn start(recipe: &Recipe) -> Result<u32, ClusterError> {
    recipe.stop_orphans()?;
    let child = recipe.start(&AtomicBool::new(false))?;
    Ok(child.id())
}

fn remove(layout: &Layout) -> Result<(), ClusterError> {
    if layout.data.is_dir() {
        fs::remove_dir_all(&layout.data).map_err(io_at("removing", &layout.data))?;
    }
    Ok(())
}

fn keep(users: &Path, pid: u32) -> Result<(), ClusterError> {
    let shell = Path::new("/bin/sh");
    let mut keeper = Command::new(shell);
    keeper.args(["-c", KEEPER, "autolytiq-keeper"]).arg(users).arg(pid.to_string()).current_dir("/");
    keeper.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    keeper.spawn().map(drop).map_err(io_at("starting", shell))
}
