//! A rate: a decimal fraction of one.

use crate::money::decimal_units;
use crate::{MoneyError, ParseError, Rounding, text};
use rust_decimal::Decimal;
use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A fraction of one with twelve decimal places: `0.0649` is 6.49 %, a money factor is `0.00185`.
///
/// Held as a whole number of 10⁻¹², so that the product with an amount is exact before it is rounded. On the wire it is a
/// string in canonical form, without zeros at the end (`"0.0649"`, `"1"`). Reading refuses JSON numbers, exponents, more
/// than twelve places, and more than six digits before the point.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate {
    units: i64,
}

/// Digits before the point that the wire form accepts.
const WHOLE_DIGITS: u32 = 6;

impl Rate {
    /// Decimal places a rate holds.
    pub const PLACES: u32 = 12;
    /// Units in one whole.
    pub const SCALE: i64 = 1_000_000_000_000;
    /// Nothing.
    pub const ZERO: Self = Self::from_units(0);
    /// The whole, 100 %.
    pub const ONE: Self = Self::from_units(Self::SCALE);

    /// A rate from its number of 10⁻¹² (for data compiled into the program).
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self { units }
    }

    /// The number of 10⁻¹².
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// The rate as a fraction without zeros at the end of both parts: 649 of 10,000. Products with it stay short.
    #[must_use]
    pub const fn fraction(self) -> (i64, i64) {
        let (mut numerator, mut denominator) = (self.units, Self::SCALE);
        let mut zeros = 10_000;
        while zeros > 1 {
            while numerator % zeros == 0 && denominator >= zeros {
                (numerator, denominator) = (numerator / zeros, denominator / zeros);
            }
            zeros /= 10;
        }
        (numerator, denominator)
    }

    /// Whether this is exactly nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether this is below nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Sum.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`], as every operation here whose result may not fit.
    pub fn try_add(self, other: Self) -> Result<Self, MoneyError> {
        self.units.checked_add(other.units).map(Self::from_units).ok_or(MoneyError::OutOfRange)
    }

    /// Difference.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn try_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.units.checked_sub(other.units).map(Self::from_units).ok_or(MoneyError::OutOfRange)
    }

    /// Product with a whole number: 24 × the money factor.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn times_count(self, count: u32) -> Result<Self, MoneyError> {
        self.units.checked_mul(count.into()).map(Self::from_units).ok_or(MoneyError::OutOfRange)
    }

    /// Product of two rates, rounded to the last place as asked.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn times(self, other: Self, rounding: Rounding) -> Result<Self, MoneyError> {
        rounding.divide(i128::from(self.units) * i128::from(other.units), Self::SCALE.into()).map(Self::from_units)
    }

    /// The rate rounded to fewer places, as a department publishes it.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn round(self, places: u32, rounding: Rounding) -> Result<Self, MoneyError> {
        let step = 10_i64.pow(Self::PLACES.saturating_sub(places));
        let whole = rounding.divide(self.units.into(), step.into())?;
        whole.checked_mul(step).map(Self::from_units).ok_or(MoneyError::OutOfRange)
    }

    /// The rate as a decimal, for calculations that need more places.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.units, Self::PLACES)
    }

    /// A decimal as a rate, rounded to the last place as asked.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn from_decimal(value: Decimal, rounding: Rounding) -> Result<Self, MoneyError> {
        decimal_units(value, Self::PLACES, rounding).map(Self::from_units)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(text::format(self.units, Self::PLACES, true).as_str())
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Rate {
    type Err = ParseError;

    fn from_str(s: &str) -> Result<Self, ParseError> {
        text::parse(s, WHOLE_DIGITS, Self::PLACES).map(Self::from_units)
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text::format(self.units, Self::PLACES, true).as_str())
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(RateVisitor)
    }
}

struct RateVisitor;

impl Visitor<'_> for RateVisitor {
    type Value = Rate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rate as a string with a fraction of one such as \"0.0649\"")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Rate, E> {
        value.parse().map_err(|error: ParseError| match error {
            ParseError::Malformed => E::invalid_value(Unexpected::Other("this text"), &self),
            other => E::custom(other),
        })
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::Rate;
    use utoipa::openapi::schema::{ObjectBuilder, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl utoipa::PartialSchema for Rate {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .description(Some("An exact fraction of one as a decimal string: \"0.0649\" is 6.49 %."))
                .pattern(Some(r"^-?\d{1,6}(\.\d{1,12})?$"))
                .examples(["0.0649"])
                .into()
        }
    }

    impl utoipa::ToSchema for Rate {}
}
