//! What there are versions of.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A page of settings that keeps its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Setting {
    /// Desk defaults and tax settings.
    Desk,
    /// How long people stay signed in.
    Sessions,
    /// The store's profile.
    Profile,
    /// What the store has switched off.
    Features,
    /// How deals and stock are numbered.
    Numbering,
}

impl Setting {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Sessions => "sessions",
            Self::Profile => "profile",
            Self::Features => "features",
            Self::Numbering => "numbering",
        }
    }
}
