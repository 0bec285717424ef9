//! Where a store stands, as far as tax and paper need it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A place in the United States. Which counties and cities exist is for `service/places` to say; here the parts only
/// have to look like ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StorePlace {
    /// The state's two letters, `TX`.
    pub state: StateCode,
    /// The county, without the word: `Travis`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 80)]
    pub county: Option<PlaceName>,
    /// The city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 80)]
    pub city: Option<PlaceName>,
    /// Five digits, or nine as `78701-1234`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{5}(-[0-9]{4})?$")]
    pub zip: Option<Zip>,
}

/// A text that is no part of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPlace {
    /// Not a state, a district or a territory.
    #[error("write the state as two capital letters, like TX")]
    State,
    /// Empty, long, or with control characters.
    #[error("the name of a county or city has 1 to 80 characters on one line")]
    Name,
    /// Not a ZIP code.
    #[error("a ZIP code has 5 digits, or 9 as 78701-1234")]
    Zip,
}

/// A text newtype that is read with a check; `$check` gets the trimmed text.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $error:ident, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAPlace;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                let check: fn(&str) -> bool = $check;
                let text = text.trim();
                check(text).then(|| Self(text.to_owned())).ok_or(NotAPlace::$error)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

checked_text! {
    /// A state, the District of Columbia or a territory by its postal code.
    StateCode, State, autolytiq_kernel::is_state
}
checked_text! {
    /// The name of a county or city.
    PlaceName, Name, |text| (1..=80).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}
checked_text! {
    /// A ZIP or ZIP+4 code.
    Zip, Zip, is_zip
}

impl utoipa::PartialSchema for StateCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[A-Z]{2}$"))
            .description(Some("A state, the District of Columbia or a territory by its postal code."))
            .into()
    }
}

impl ToSchema for StateCode {}

fn is_zip(text: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('-') {
        None => digits(text, 5),
        Some((five, four)) => digits(five, 5) && digits(four, 4),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::StorePlace;

    fn reads(value: serde_json::Value) -> bool {
        serde_json::from_value::<StorePlace>(value).is_ok()
    }

    #[test]
    fn a_place_is_checked_part_by_part() {
        assert!(reads(json!({"state": "TX"})));
        assert!(reads(json!({"state": "TX", "county": "Travis", "city": "Austin", "zip": "78701-1234"})));
        for wrong in [
            json!({}),
            json!({"state": "tx"}),
            json!({"state": "ZZ"}),
            json!({"state": "TX", "zip": "7870"}),
            json!({"state": "TX", "zip": "78701-12"}),
            json!({"state": "TX", "county": " "}),
            json!({"state": "TX", "city": "a\u{0}b"}),
            json!({"state": "TX", "planet": "Earth"}),
        ] {
            assert!(!reads(wrong.clone()), "{wrong}");
        }
    }
}
