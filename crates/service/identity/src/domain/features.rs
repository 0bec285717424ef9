//! What a store has switched off, as its page of features sends it.

use autolytiq_kernel::{Feature, SwitchedOff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The features that are off; every other one is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct FeatureSwitches {
    /// Those that are off.
    off: Vec<Feature>,
}

impl FeatureSwitches {
    pub(crate) fn set(&self) -> SwitchedOff {
        self.off.iter().copied().collect()
    }
}

impl From<SwitchedOff> for FeatureSwitches {
    /// Each once, in the order of the list.
    fn from(off: SwitchedOff) -> Self {
        Self { off: off.iter().collect() }
    }
}

/// The features of a row. One that the product no longer knows is nothing that could be off.
pub(crate) fn known(names: &[String]) -> SwitchedOff {
    Feature::ALL.into_iter().filter(|feature| names.iter().any(|name| name == feature.id())).collect()
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::Feature;

    use super::{FeatureSwitches, known};

    #[test]
    fn each_stands_once_and_an_unknown_one_is_nothing() {
        let sent: FeatureSwitches = serde_json::from_str(r#"{"off":["presence","leases","presence"]}"#).unwrap();
        assert_eq!(FeatureSwitches::from(sent.set()).off, [Feature::Leases, Feature::Presence]);
        assert!(serde_json::from_str::<FeatureSwitches>(r#"{"off":["telephony"]}"#).is_err());
        let off = known(&["telephony".to_owned(), "audit-export".to_owned()]);
        assert_eq!(off.iter().collect::<Vec<_>>(), [Feature::AuditExport]);
    }
}
