//! Values with effective dates: `"0.07"`, or `{ 2025-01-01 = "0.07", 2026-01-01 = "0.0725" }`.

use super::Said;
use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// The day for which rules are made, and every day met on the way on which something changes.
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) changes: RefCell<BTreeSet<Date>>,
}

impl Day {
    pub(super) fn note(&self, date: Date) {
        self.changes.borrow_mut().insert(date);
    }
}

/// A number that may have changed over time, as the file writes it.
#[derive(Debug, Clone)]
pub(super) enum Dated {
    Always(String),
    From(BTreeMap<Date, String>),
}

impl Dated {
    /// The value in force on the day.
    pub(super) fn at<T: FromStr<Err: fmt::Display>>(&self, day: &Day, what: &str) -> Said<T> {
        number(self.text_at(day, what)?, what)
    }

    /// A limit that may have ended: `"none"` is written where there is no limit any more.
    pub(super) fn limit_at<T: FromStr<Err: fmt::Display>>(&self, day: &Day, what: &str) -> Said<Option<T>> {
        match self.text_at(day, what)? {
            "none" => Ok(None),
            text => number(text, what).map(Some),
        }
    }

    fn text_at(&self, day: &Day, what: &str) -> Said<&str> {
        Ok(match self {
            Self::Always(text) => text,
            Self::From(values) => {
                values.keys().for_each(|date| day.note(*date));
                let found = values.range(..=day.date).next_back();
                let first = values.keys().next().ok_or_else(|| format!("{what} has no value at all"))?;
                found.ok_or_else(|| format!("{what} begins on {first} but is needed on {}", day.date))?.1
            }
        })
    }
}

/// Reads one number.
pub(super) fn number<T: FromStr<Err: fmt::Display>>(text: &str, what: &str) -> Said<T> {
    text.parse().map_err(|error| format!("{what} \"{text}\": {error}"))
}

impl<'de> Deserialize<'de> for Dated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Dated;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number in quotes, or a table of dates and numbers in quotes")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Dated, E> {
                Ok(Dated::Always(value.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Dated, A::Error> {
                let values: BTreeMap<Date, String> = Deserialize::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Dated::From(values))
            }
        }
        deserializer.deserialize_any(Form)
    }
}
