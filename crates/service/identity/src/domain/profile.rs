//! Stores as other crates and the wire see them.

use autolytiq_kernel::{DealershipId, GroupId, StoreZone};
use serde::{Deserialize, Deserializer, de::Error};
use utoipa::ToSchema;

use super::{email::Email, name::Name, password::TypedPassword, place::StorePlace};

/// A store's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreProfile {
    /// The store, which is the tenant.
    pub id: DealershipId,
    /// Its group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Its time zone: the civil dates of its deals are in it.
    pub zone: StoreZone,
    /// Where it stands; the dealer's place of its deals.
    pub place: StorePlace,
    /// Street and number.
    pub street: Option<String>,
    /// Whether it is a demonstration store.
    pub demo: bool,
}

/// The one currency of every store.
pub const CURRENCY: &str = "USD";

/// A store to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewStore {
    /// Its name, 1 to 120 characters.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub name: Name,
    /// Its time zone by IANA name.
    #[serde(rename = "timeZone")]
    pub zone: StoreZone,
    /// Where it stands.
    pub place: StorePlace,
    /// Street and number; a blank is as good as none.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[schema(value_type = Option<String>, max_length = 120)]
    pub street: Option<Name>,
    /// Only the demonstration sets it.
    #[serde(skip)]
    pub demo: bool,
}

/// A person to be given an account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPerson {
    /// The name, as the store calls them.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub name: Name,
    /// The address they sign in with.
    #[schema(value_type = String, format = Email)]
    pub email: Email,
    /// Their first password, 12 to 128 characters.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    pub password: TypedPassword,
}

/// A form sends an empty text for what nobody filled in.
fn blank_is_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Name>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    text.filter(|text| !text.trim().is_empty()).map(|text| Name::parse(&text).map_err(D::Error::custom)).transpose()
}
