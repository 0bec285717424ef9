//! The parts of the product that a store can switch off.
//!
//! This list is all there is: a route names the feature it belongs to as it names its permission, the page of switches
//! shows these words, and a test calls every operation of every feature in both positions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{Problem, codes};

/// A part of the product that a store can do without. Each is there until the store switches it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Leases on the desk.
    Leases,
    /// Who else is at a deal.
    Presence,
    /// API keys of one's own.
    PersonalKeys,
    /// Giving many people access by a list.
    PeopleImport,
    /// The file of everything that is held on a customer.
    CustomerExport,
    /// The audit trail as a file.
    AuditExport,
}

impl Feature {
    /// Every feature, as the page of switches lists them.
    pub const ALL: [Self; 6] =
        [Self::Leases, Self::Presence, Self::PersonalKeys, Self::PeopleImport, Self::CustomerExport, Self::AuditExport];

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Leases => "leases",
            Self::Presence => "presence",
            Self::PersonalKeys => "personal-keys",
            Self::PeopleImport => "people-import",
            Self::CustomerExport => "customer-export",
            Self::AuditExport => "audit-export",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Leases => "Leases",
            Self::Presence => "Who else is at a deal",
            Self::PersonalKeys => "API keys of one's own",
            Self::PeopleImport => "Importing people",
            Self::CustomerExport => "Export of a customer's data",
            Self::AuditExport => "Export of the audit trail",
        }
    }

    /// What changes when it is off.
    #[must_use]
    pub const fn when_off(self) -> &'static str {
        match self {
            Self::Leases => {
                "Off: no deal is offered as a lease. Deals that have a lease in their newest pencil are worked to their end."
            }
            Self::Presence => "Off: a deal's page does not tell who else has it open, or is typing in it.",
            Self::PersonalKeys => {
                "Off: nobody makes an API key for themselves, and those that were made are refused. Keys of service \
                 accounts work on."
            }
            Self::PeopleImport => "Off: people are given access one by one. What a list gave can still be taken back.",
            Self::CustomerExport => {
                "Off: nobody takes the file of everything that is held on a customer. Their requests to know are answered \
                 elsewhere."
            }
            Self::AuditExport => "Off: the audit trail is read in the product and taken out of it as no file.",
        }
    }

    /// The refusal of what belongs to it, where it is off.
    #[must_use]
    pub fn refusal(self) -> Problem {
        let detail = format!("your store has switched this off: {}", self.title());
        Problem::new(&codes::FEATURE_OFF, detail).with("feature", self.id())
    }
}

/// The features that a store has switched off. Small enough to be copied with every request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SwitchedOff(u32);

impl SwitchedOff {
    /// Nothing is.
    pub const NONE: Self = Self(0);

    /// Whether this one is.
    #[must_use]
    pub const fn has(self, feature: Feature) -> bool {
        self.0 & bit(feature) != 0
    }

    /// Those that are, as [`Feature::ALL`] lists them.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        Feature::ALL.into_iter().filter(move |feature| self.has(*feature))
    }
}

impl FromIterator<Feature> for SwitchedOff {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Self {
        Self(features.into_iter().fold(0, |off, feature| off | bit(feature)))
    }
}

const fn bit(feature: Feature) -> u32 {
    1 << feature as u32
}

#[cfg(test)]
mod tests {
    use super::{Feature, SwitchedOff};

    #[test]
    fn one_spelling_everywhere_and_a_place_for_each() {
        for feature in Feature::ALL {
            assert_eq!(serde_json::to_value(feature).unwrap(), feature.id());
            let off: SwitchedOff = [feature].into_iter().collect();
            assert_eq!(off.iter().collect::<Vec<_>>(), [feature]);
            assert!(!SwitchedOff::NONE.has(feature));
        }
        assert!(Feature::ALL.into_iter().collect::<SwitchedOff>().iter().eq(Feature::ALL));
    }
}
