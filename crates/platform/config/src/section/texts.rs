//! `[texts]`

use serde::{Deserialize, Serialize};

/// How text messages leave.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Texts {
    /// What carries them. Without it nobody is offered codes by text message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<TextCarrier>,
}

/// What carries text messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextCarrier {
    /// The folder `texts` of the data folder.
    File,
}
