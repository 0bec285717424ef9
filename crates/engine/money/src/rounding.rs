//! Rounding, by name, where an exact quotient becomes a whole number of units.

use crate::MoneyError;
use std::cmp::Ordering;

/// How an exact value becomes a whole number of cents (or of a rate's last place). Always given explicitly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Rounding {
    /// To the nearest; a half goes away from zero. What statutes and lenders mean by "to the nearest cent".
    HalfUp,
    /// To the nearest; a half goes to the even neighbour.
    HalfEven,
    /// Away from zero: any remainder counts as a whole unit ("or fraction thereof").
    Up,
    /// Toward zero: the remainder is dropped.
    Down,
}

impl Rounding {
    /// The rounding in words, for the trace.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::HalfUp => "to the cent, half up",
            Self::HalfEven => "to the cent, half to even",
            Self::Up => "up to the next cent",
            Self::Down => "down to the cent",
        }
    }

    /// `numerator / denominator` as a whole number, rounded this way.
    ///
    /// # Errors
    /// [`MoneyError::DivideByZero`] for a zero denominator, [`MoneyError::OutOfRange`] if the result leaves `i64`.
    pub fn divide(self, numerator: i128, denominator: i128) -> Result<i64, MoneyError> {
        // Hardware division where both fit a machine word, as they nearly always do; a 128-bit division is many times slower,
        // most of all in WebAssembly.
        if let (Ok(n), Ok(d)) = (i64::try_from(numerator), i64::try_from(denominator)) {
            let quotient = n.checked_div(d);
            let remainder = n.checked_rem(d);
            return match (quotient, remainder) {
                (Some(q), Some(0)) => Ok(q),
                (Some(q), Some(r)) => {
                    // The remainder is smaller than the divisor, so that the rest cannot wrap, and no doubling is needed.
                    let (r, d) = (r.unsigned_abs(), d.unsigned_abs());
                    self.settle(q, r.cmp(&(d - r)), (n < 0) != (denominator < 0))
                }
                _ if d == 0 => Err(MoneyError::DivideByZero),
                _ => Err(MoneyError::OutOfRange),
            };
        }
        if denominator == 0 {
            return Err(MoneyError::DivideByZero);
        }
        let quotient = numerator.checked_div(denominator).ok_or(MoneyError::OutOfRange)?;
        // Multiplying back is far cheaper than dividing again, and cannot leave the range of the numerator.
        let remainder = numerator - quotient * denominator;
        let quotient = i64::try_from(quotient).map_err(|_| MoneyError::OutOfRange)?;
        if remainder == 0 {
            return Ok(quotient);
        }
        let (rest, divisor) = (remainder.unsigned_abs(), denominator.unsigned_abs());
        self.settle(quotient, rest.cmp(&(divisor - rest)), (numerator < 0) != (denominator < 0))
    }

    /// Decides whether a quotient truncated toward zero moves one unit away from it, its remainder not being nothing. `half` is
    /// how the remainder compares with what it lacks to the divisor.
    fn settle(self, quotient: i64, half: Ordering, negative: bool) -> Result<i64, MoneyError> {
        let away = match self {
            Self::HalfUp => half.is_ge(),
            Self::HalfEven => half.is_gt() || (half.is_eq() && quotient % 2 != 0),
            Self::Up => true,
            Self::Down => false,
        };
        match (away, negative) {
            (false, _) => Ok(quotient),
            (true, false) => quotient.checked_add(1).ok_or(MoneyError::OutOfRange),
            (true, true) => quotient.checked_sub(1).ok_or(MoneyError::OutOfRange),
        }
    }
}
