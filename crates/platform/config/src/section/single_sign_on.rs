//! `[single_sign_on]`

use serde::{Deserialize, Serialize};

/// Signing in with a store's own OpenID provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SingleSignOn {
    /// Whether a store may name a provider on this machine or in its private network. An administrator of a store could
    /// then make the product ask addresses there; otherwise it asks the public internet alone.
    pub private_network: bool,
}
