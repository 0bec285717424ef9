//! Exact money, rates, and the rounding that stands between them.
//!
//! What it is: [`Money`] counts whole minor units (cents) of one currency in an `i64`; [`Rate`] is a decimal fraction with
//! twelve places; [`Rounding`] is named wherever a product of the two becomes money again. Both types travel as strings.
//!
//! What it never does: floating point, silent rounding, wrapping, or panicking. Everything that can leave the range of the
//! type answers with a [`MoneyError`]. There are no `+` and `*` operators on purpose: a sum of money can fail.

mod allocate;
mod currency;
mod money;
mod rate;
mod rounding;
mod text;

pub use currency::{Currency, Usd};
pub use money::Money;
pub use rate::Rate;
pub use rounding::Rounding;

/// Why an operation on money or rates has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result does not fit the type.
    #[error("the result is out of range")]
    OutOfRange,
    /// A division, or an allocation, by nothing.
    #[error("division by zero")]
    DivideByZero,
}

/// Why a text is not an amount or a rate. The text itself is not repeated: it may be long, and it may be private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Not an optional minus sign, digits, and at most one point with digits on both sides.
    #[error("expected plain decimal digits such as 41250.00, without exponent, separators or spaces")]
    Malformed,
    /// More decimal places than the type holds.
    #[error("too many decimal places: at most {0} are allowed")]
    TooManyPlaces(u32),
    /// More digits before the point than the wire form allows.
    #[error("too large: at most {0} digits may stand before the decimal point")]
    TooLarge(u32),
}
