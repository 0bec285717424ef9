//! Whether the process takes requests: readiness that means it.

use std::sync::Arc;

use tokio::sync::watch;

/// Where the process is between its start and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Modules start, migrations or demo data are being applied.
    Starting,
    /// Requests are answered.
    Ready,
    /// Asked to stop: what is under way is finished, and a balancer should send nothing new.
    Draining,
}

/// The process's phase, shared. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Readiness(Arc<watch::Sender<Phase>>);

impl Readiness {
    /// A process that is starting.
    #[must_use]
    pub fn starting() -> Self {
        Self(Arc::new(watch::Sender::new(Phase::Starting)))
    }

    /// A process that answers, as tests want it.
    #[must_use]
    pub fn ready() -> Self {
        Self(Arc::new(watch::Sender::new(Phase::Ready)))
    }

    /// Moves to another phase.
    pub fn set(&self, phase: Phase) {
        self.0.send_replace(phase);
    }

    /// The phase.
    #[must_use]
    pub fn phase(&self) -> Phase {
        *self.0.borrow()
    }
}
