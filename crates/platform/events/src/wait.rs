//! When to look into the outbox again.

use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How long an event of another process may go unseen.
const POLL: Duration = Duration::from_secs(1);

/// Why the wait is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Woken {
    /// There may be something.
    Look,
    /// The process stops.
    Stop,
}

/// Waits for a commit of this process, for a second to pass, or for the end.
pub(crate) async fn for_events(commits: &mut watch::Receiver<u64>, stop: &CancellationToken) -> Woken {
    tokio::select! {
        () = stop.cancelled() => Woken::Stop,
        changed = commits.changed() => match changed {
            Ok(()) => Woken::Look,
            // The database handle is gone, which happens only while everything stops.
            Err(_) => Woken::Stop,
        },
        () = tokio::time::sleep(POLL) => Woken::Look,
    }
}
