//! Rounding, by name, where an exact quotient becomes a whole number of units.

use crate::MoneyError;

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
                    self.settle(q, r.unsigned_abs().into(), d.unsigned_abs().into(), (n < 0) != (d < 0))
                }
                _ if d == 0 => Err(MoneyError::DivideByZero),
                _ => Err(MoneyError::OutOfRange),
            };
        }
        if denominator == 0 {
            return Err(MoneyError::DivideByZero);
        }
        let quotient = numerator.checked_div(denominator).ok_or(MoneyError::OutOfRange)?;
        let remainder = numerator.checked_rem(denominator).ok_or(MoneyError::OutOfRange)?;
        let quotient = i64::try_from(quotient).map_err(|_| MoneyError::OutOfRange)?;
        self.settle(
            quotient,
            remainder.unsigned_abs(),
            denominator.unsigned_abs(),
            (numerator < 0) != (denominator < 0),
        )
    }

    /// Decides whether a quotient truncated toward zero moves one unit away from it.
    fn settle(self, quotient: i64, remainder: u128, divisor: u128, negative: bool) -> Result<i64, MoneyError> {
        if remainder == 0 {
            return Ok(quotient);
        }
        // remainder < divisor, so `divisor - remainder` cannot wrap, and comparing with it avoids doubling.
        let rest = divisor - remainder;
        let away = match self {
            Self::HalfUp => remainder >= rest,
            Self::HalfEven => remainder > rest || (remainder == rest && quotient % 2 != 0),
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
