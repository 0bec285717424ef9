//! An amount of money: whole minor units of one currency.

use crate::{Currency, MoneyError, ParseError, Rate, Rounding, Usd, text};
use rust_decimal::Decimal;
use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// An exact amount in minor units (cents) of the currency `C`; negative amounts are credits.
///
/// On the wire it is a string with the currency's decimal places (`"41250.00"`). Reading accepts fewer places (`"41250"`,
/// `"41250.0"`) and refuses JSON numbers, exponents, separators, more places, and more than twelve digits before the point.
///
/// ```
/// use autolytiq_money::{Money, Rate, Rounding};
/// let price: Money = "29250.00".parse()?;
/// let rate: Rate = "0.0625".parse()?;
/// assert_eq!(price.times(rate, Rounding::HalfUp)?.to_string(), "1828.13");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money<C: Currency = Usd> {
    minor: i64,
    currency: PhantomData<C>,
}

/// Digits before the point that the wire form accepts.
const WHOLE_DIGITS: u32 = 12;

impl Money<Usd> {
    /// Nothing.
    pub const ZERO: Self = Self::from_cents(0);
    /// One cent.
    pub const CENT: Self = Self::from_cents(1);

    /// An amount of US cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self { minor: cents, currency: PhantomData }
    }

    /// An amount of whole US dollars.
    #[must_use]
    pub const fn from_dollars(dollars: i32) -> Self {
        Self::from_cents(dollars as i64 * 100)
    }

    /// The amount in cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.minor
    }
}

impl<C: Currency> Money<C> {
    /// An amount in the currency's minor unit.
    #[must_use]
    pub const fn from_minor(minor: i64) -> Self {
        Self { minor, currency: PhantomData }
    }

    /// The amount in the currency's minor unit.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Whether this is exactly nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether this is below nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// Whether this is above nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// This amount, or nothing if it is negative.
    #[must_use]
    pub const fn or_zero(self) -> Self {
        if self.minor < 0 { Self::from_minor(0) } else { self }
    }

    /// Sum.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`], as every operation here whose result may not fit.
    pub fn try_add(self, other: Self) -> Result<Self, MoneyError> {
        self.minor.checked_add(other.minor).map(Self::from_minor).ok_or(MoneyError::OutOfRange)
    }

    /// Difference.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn try_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.minor.checked_sub(other.minor).map(Self::from_minor).ok_or(MoneyError::OutOfRange)
    }

    /// The amount with the other sign.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn try_neg(self) -> Result<Self, MoneyError> {
        self.minor.checked_neg().map(Self::from_minor).ok_or(MoneyError::OutOfRange)
    }

    /// The amount a whole number of times: the total of that many equal payments.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn times_count(self, count: u32) -> Result<Self, MoneyError> {
        self.minor.checked_mul(count.into()).map(Self::from_minor).ok_or(MoneyError::OutOfRange)
    }

    /// The part of the amount that a rate names, rounded as asked: tax on a base, interest on a balance.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn times(self, rate: Rate, rounding: Rounding) -> Result<Self, MoneyError> {
        let product = i128::from(self.minor) * i128::from(rate.units());
        rounding.divide(product, Rate::SCALE.into()).map(Self::from_minor)
    }

    /// The amount × `numerator` / `denominator` with a single rounding at the end.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`], or [`MoneyError::DivideByZero`].
    pub fn times_ratio(self, numerator: i64, denominator: i64, rounding: Rounding) -> Result<Self, MoneyError> {
        rounding.divide(i128::from(self.minor) * i128::from(numerator), denominator.into()).map(Self::from_minor)
    }

    /// What part of `whole` this amount is, to the last place of a rate: loan to value, share of gross.
    ///
    /// # Errors
    /// [`MoneyError::DivideByZero`] for a zero `whole`, [`MoneyError::OutOfRange`].
    pub fn ratio_of(self, whole: Self, rounding: Rounding) -> Result<Rate, MoneyError> {
        let numerator = i128::from(self.minor) * i128::from(Rate::SCALE);
        rounding.divide(numerator, whole.minor.into()).map(Rate::from_units)
    }

    /// Sum of many.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn try_sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::from_minor(0), Self::try_add)
    }

    /// The amount in major units, for calculations that need more places than cents.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, C::PLACES)
    }

    /// A decimal amount of major units as money, rounded as asked.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn from_decimal(amount: Decimal, rounding: Rounding) -> Result<Self, MoneyError> {
        decimal_units(amount, C::PLACES, rounding).map(Self::from_minor)
    }
}

/// A decimal as whole units of 10^-places.
pub(crate) fn decimal_units(value: Decimal, places: u32, rounding: Rounding) -> Result<i64, MoneyError> {
    let scale = value.scale();
    if scale <= places {
        let factor = 10_i128.checked_pow(places - scale).ok_or(MoneyError::OutOfRange)?;
        let units = value.mantissa().checked_mul(factor).ok_or(MoneyError::OutOfRange)?;
        return i64::try_from(units).map_err(|_| MoneyError::OutOfRange);
    }
    let divisor = 10_i128.checked_pow(scale - places).ok_or(MoneyError::OutOfRange)?;
    rounding.divide(value.mantissa(), divisor)
}

impl<C: Currency> fmt::Display for Money<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(text::format(self.minor, C::PLACES, false).as_str())
    }
}

impl<C: Currency> fmt::Debug for Money<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::format(self.minor, C::PLACES, false).as_str())?;
        f.write_str(" ")?;
        f.write_str(C::CODE)
    }
}

impl<C: Currency> FromStr for Money<C> {
    type Err = ParseError;

    fn from_str(s: &str) -> Result<Self, ParseError> {
        text::parse(s, WHOLE_DIGITS, C::PLACES).map(Self::from_minor)
    }
}

impl<C: Currency> Serialize for Money<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text::format(self.minor, C::PLACES, false).as_str())
    }
}

impl<'de, C: Currency> Deserialize<'de> for Money<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AmountVisitor(PhantomData))
    }
}

struct AmountVisitor<C>(PhantomData<C>);

impl<C: Currency> Visitor<'_> for AmountVisitor<C> {
    type Value = Money<C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount as a string of decimal digits such as \"41250.00\"")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Self::Value, E> {
        value.parse().map_err(|error: ParseError| match error {
            ParseError::Malformed => E::invalid_value(Unexpected::Other("this text"), &self),
            other => E::custom(other),
        })
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::{Currency, Money};
    use std::borrow::Cow;
    use utoipa::openapi::schema::{ObjectBuilder, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl<C: Currency> utoipa::PartialSchema for Money<C> {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .description(Some("An exact amount of US dollars as a string with two decimal places."))
                .pattern(Some(r"^-?\d{1,12}(\.\d{1,2})?$"))
                .examples(["41250.00"])
                .into()
        }
    }

    impl<C: Currency> utoipa::ToSchema for Money<C> {
        fn name() -> Cow<'static, str> {
            Cow::Borrowed("Money")
        }
    }
}
