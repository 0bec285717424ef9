//! `[targets]`

use serde::{Deserialize, Serialize};

/// Which modules this process serves.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// Names of modules, or `all`.
    pub run: Vec<String>,
}

impl Default for Targets {
    fn default() -> Self {
        Self { run: vec!["all".to_owned()] }
    }
}

impl Targets {
    pub(crate) fn faults(&self) -> Vec<String> {
        if self.run.is_empty() { vec!["targets.run must name a target, or all".to_owned()] } else { Vec::new() }
    }
}
