//! What a store tells of itself, on paper and to its people.

use std::collections::BTreeMap;

use autolytiq_kernel::{StoreZone, problem::FieldError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{name::Name, place::StorePlace};

/// The days on which a store may be open, as the wire names them.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What can be changed of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = StoreProfile)]
pub(crate) struct StoreCard {
    /// Its name, 1 to 120 characters.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub(crate) name: Name,
    /// Its time zone by IANA name. Deals that exist keep their dates.
    #[schema(examples("America/Chicago"))]
    pub(crate) time_zone: String,
    /// Where it stands: the dealer's place of its new deals.
    pub(crate) place: StorePlace,
    /// Street and number, 1 to 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 120)]
    pub(crate) street: Option<Name>,
    /// Where customers call: 7 to 30 digits, spaces, points, hyphens, parentheses, one leading plus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 7, max_length = 30)]
    pub(crate) phone: Option<String>,
    /// Dealer licence and the like, as they stand on papers, 1 to 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 120)]
    pub(crate) licence_numbers: Option<Name>,
    /// When it is open, by `monday` to `sunday`; closed on the days that are not there.
    #[serde(default)]
    pub(crate) hours: BTreeMap<String, OpenHours>,
    /// The picture on its papers, as [`StoreLogo`](super::logo) names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub(crate) logo: Option<String>,
}

/// From when to when, as `09:00` and `18:30`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OpenHours {
    /// When it opens.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    opens: String,
    /// When it closes, later on the same day.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    closes: String,
}

impl StoreCard {
    /// What cannot be accepted of it.
    pub(crate) fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut refuse = |pointer: String, code, detail| faults.push(FieldError::new(pointer, code, detail));
        if StoreZone::named(&self.time_zone).is_err() {
            refuse("/timeZone".to_owned(), "unknown-zone", "a time zone by its IANA name");
        }
        if self.phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
            refuse("/phone".to_owned(), "malformed", "write 7 to 30 digits, spaces, points, hyphens and parentheses");
        }
        for (day, hours) in &self.hours {
            let pointer = format!("/hours/{day}");
            if !WEEKDAYS.contains(&day.as_str()) {
                refuse(pointer, "unknown-day", "a day from monday to sunday");
            } else if !is_time(&hours.opens) || !is_time(&hours.closes) {
                refuse(pointer, "malformed", "write times as 09:00 and 18:30");
            } else if hours.opens >= hours.closes {
                refuse(pointer, "out-of-order", "the store closes after it opens");
            }
        }
        faults
    }
}

fn is_phone(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    (7..=30).contains(&text.len())
        && rest.bytes().all(|byte| byte.is_ascii_digit() || b" .-()".contains(&byte))
        && rest.bytes().filter(u8::is_ascii_digit).count() >= 7
}

/// Two digits, a colon, two digits, on a day of 24 hours; such texts sort as the times do.
fn is_time(text: &str) -> bool {
    let in_range = |part: &str, below: u8| {
        part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u8>().is_ok_and(|n| n < below)
    };
    text.split_once(':').is_some_and(|(hour, minute)| in_range(hour, 24) && in_range(minute, 60))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::StoreCard;

    fn pointers(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut value = json!({
            "name": "Prairie", "timeZone": "America/Chicago", "place": { "state": "TX" }, "phone": "+1 (214) 555-0100",
            "licenceNumbers": "P-12345", "hours": { "monday": { "opens": "09:00", "closes": "18:30" } },
        });
        change(&mut value);
        let card: StoreCard = serde_json::from_value(value).unwrap();
        card.faults().into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn each_fault_names_its_field() {
        assert!(pointers(|_| {}).is_empty());
        for (field, wrong) in
            [("timeZone", "America/Nowhere"), ("phone", "555-01"), ("phone", "call (214) 555"), ("phone", "(((((((((")]
        {
            assert_eq!(pointers(|value| value[field] = json!(wrong)), [format!("/{field}")], "{wrong}");
        }
        for (opens, closes) in
            [("9:00", "18:00"), ("09:00", "24:00"), ("09:60", "18:00"), ("18:00", "09:00"), ("09:00", "09:00")]
        {
            let hours = json!({ "monday": { "opens": opens, "closes": closes } });
            assert_eq!(pointers(|value| value["hours"] = hours), ["/hours/monday"], "{opens} {closes}");
        }
        let hours = json!({ "someday": { "opens": "09:00", "closes": "18:00" } });
        assert_eq!(pointers(|value| value["hours"] = hours), ["/hours/someday"]);
    }
}
