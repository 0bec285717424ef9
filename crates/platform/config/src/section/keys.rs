//! `[keys]`

use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// The master keys of protected fields, for an installation that keeps no file of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// The lines of the key file, the newest first, with `;` between them or each on a line of its own. Given by the
    /// environment (`AUTOLYTIQ__KEYS__MASTER`); without it they stand in `keys/master.keys` of the data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master: Option<Secret>,
}
