//! The wire form of a date: exactly `YYYY-MM-DD`. For `#[serde(with = "autolytiq_calendar::iso")]`.
//!
//! Narrower than what jiff reads: no time, no zone, no compact form, so that one date has one spelling.

use crate::CalendarError;
use jiff::civil::Date;
use serde::de::{Unexpected, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt;

/// Reads `YYYY-MM-DD`. The years are not limited here: see [`crate::supported`].
///
/// # Errors
/// [`CalendarError::Malformed`].
pub fn parse(text: &str) -> Result<Date, CalendarError> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return Err(CalendarError::Malformed) };
    let number =
        |digits: &[u8]| digits.iter().try_fold(0_i16, |n, d| d.is_ascii_digit().then(|| n * 10 + i16::from(d - b'0')));
    let part = |digits: &[u8]| number(digits).and_then(|n| i8::try_from(n).ok());
    let (Some(year), Some(month), Some(day)) = (number(&[y1, y2, y3, y4]), part(&[m1, m2]), part(&[d1, d2])) else {
        return Err(CalendarError::Malformed);
    };
    Date::new(year, month, day).map_err(|_| CalendarError::Malformed)
}

/// A date as text on the stack.
struct Text([u8; 10]);

impl Text {
    fn of(date: Date) -> Self {
        let digit = |n: i16| b'0' + (n % 10).unsigned_abs() as u8;
        let (y, m, d) = (date.year(), i16::from(date.month()), i16::from(date.day()));
        Self([
            digit(y / 1000),
            digit(y / 100),
            digit(y / 10),
            digit(y),
            b'-',
            digit(m / 10),
            digit(m),
            b'-',
            digit(d / 10),
            digit(d),
        ])
    }

    fn as_str(&self) -> &str {
        // Only ASCII is ever written.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Writes `YYYY-MM-DD`.
///
/// # Errors
/// The serializer's own.
pub fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(Text::of(*date).as_str())
}

/// Reads `YYYY-MM-DD`.
///
/// # Errors
/// When the value is not such a string.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    deserializer.deserialize_str(DateVisitor)
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a calendar date as a string such as \"2026-01-31\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
        parse(text).map_err(|_| E::invalid_value(Unexpected::Other("this text"), &self))
    }
}

/// The same for a date that may be absent: `#[serde(default, with = "autolytiq_calendar::iso::option")]`.
pub mod option {
    use super::DateVisitor;
    use jiff::civil::Date;
    use serde::de::Visitor;
    use serde::{Deserializer, Serializer};
    use std::fmt;

    /// Writes the date, or nothing.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => super::serialize(date, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads a date, or `null`.
    ///
    /// # Errors
    /// When the value is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        deserializer.deserialize_option(OptionVisitor)
    }

    struct OptionVisitor;

    impl<'de> Visitor<'de> for OptionVisitor {
        type Value = Option<Date>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            DateVisitor.expecting(f)
        }

        fn visit_none<E: serde::de::Error>(self) -> Result<Option<Date>, E> {
            Ok(None)
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Option<Date>, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Date>, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}
