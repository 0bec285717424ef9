//! A store's time zone, and the civil dates that follow from it.

use std::fmt;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, schema::Schema, schema::Type},
};

/// The time zone of a store, by its IANA name (`America/Chicago`). A deal's date is a civil date in this zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreZone {
    name: String,
    zone: TimeZone,
}

/// A name that the time zone database does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no time zone of the IANA database; write it like America/Chicago")]
pub struct UnknownZone(pub String);

impl StoreZone {
    /// The zone of this IANA name, in the database's own spelling.
    ///
    /// # Errors
    /// [`UnknownZone`] when the database does not have it.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        let zone = TimeZone::get(name).map_err(|_| UnknownZone(name.to_owned()))?;
        let name = zone.iana_name().ok_or_else(|| UnknownZone(name.to_owned()))?.to_owned();
        Ok(Self { name, zone })
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The civil date in the store at this instant.
    #[must_use]
    pub fn date_at(&self, instant: Timestamp) -> Date {
        self.zone.to_datetime(instant).date()
    }

    /// The first instant of this date in the store, and the first of the next one: `start <= t < end`.
    ///
    /// A day has 23 or 25 hours when the clocks change; where midnight is skipped, the day starts at the first moment
    /// that exists. Nothing only at the very ends of the calendar (years -9999 and 9999).
    #[must_use]
    pub fn day(&self, date: Date) -> Option<(Timestamp, Timestamp)> {
        let start = date.to_zoned(self.zone.clone()).ok()?;
        let end = date.tomorrow().ok()?.to_zoned(self.zone.clone()).ok()?;
        Some((start.timestamp(), end.timestamp()))
    }
}

impl fmt::Display for StoreZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Serialize for StoreZone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for StoreZone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::named(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl PartialSchema for StoreZone {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A time zone by its IANA name."))
            .examples([serde_json::json!("America/Chicago")])
            .into()
    }
}

impl ToSchema for StoreZone {}

#[cfg(test)]
mod tests {
    use super::StoreZone;

    #[test]
    fn a_deal_late_in_the_evening_has_the_stores_date() {
        let chicago = StoreZone::named("America/Chicago").unwrap();
        let instant = "2026-03-01T03:30:00Z".parse().unwrap();
        assert_eq!(chicago.date_at(instant).to_string(), "2026-02-28");
    }

    #[test]
    fn a_day_of_23_hours() {
        let new_york = StoreZone::named("america/new_york").unwrap();
        assert_eq!(new_york.name(), "America/New_York");
        // Daylight time begins on the second Sunday of March (15 U.S.C. 260a): 8 March 2026.
        let (start, end) = new_york.day("2026-03-08".parse().unwrap()).unwrap();
        assert_eq!(start.to_string(), "2026-03-08T05:00:00Z");
        assert_eq!(end.to_string(), "2026-03-09T04:00:00Z");
    }

    #[test]
    fn an_offset_or_a_typo_is_no_zone() {
        for name in ["", "+05:00", "Chicago", "America/Chicagoo"] {
            assert!(StoreZone::named(name).is_err(), "{name}");
        }
    }
}
