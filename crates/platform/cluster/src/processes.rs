//! The server's processes as the operating system shows them.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// How often a process is looked at while we wait for it to go.
const LOOK: Duration = Duration::from_millis(20);

/// Processes whose working folder is `data`: a postmaster, its backends, and nothing else (every server process changes
/// into its data folder at start).
pub(crate) fn in_folder(data: &Path) -> Vec<u32> {
    let Ok(folder) = fs::metadata(data) else { return Vec::new() };
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| {
            fs::metadata(format!("/proc/{pid}/cwd"))
                .is_ok_and(|cwd| cwd.ino() == folder.ino() && cwd.dev() == folder.dev())
        })
        .collect()
}

/// Sends a signal; a process that is already gone is no error.
pub(crate) fn signal(pid: u32, signal: Signal) {
    if let Ok(raw) = i32::try_from(pid)
        && let Err(error) = kill(Pid::from_raw(raw), signal)
    {
        tracing::debug!(pid, %error, "signal not delivered");
    }
}

/// Waits until no process works in `data`, for at most `patience`.
pub(crate) fn wait_empty(data: &Path, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    while !in_folder(data).is_empty() {
        if Instant::now() >= deadline {
            return false;
        }
        thread::sleep(LOOK);
    }
    true
}
