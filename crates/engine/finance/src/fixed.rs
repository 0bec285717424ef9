//! Binary fixed point, for the two places where a deal is mostly multiplication: the level payment and the annual
//! percentage rate.
//!
//! A [`Fixed`] counts units of 2⁻⁶⁴, some nineteen decimal places, and multiplies in a few machine instructions where a decimal
//! of 28 digits takes a hundred times as many, in WebAssembly most of all. Products are cut off, never rounded up, and
//! whoever turns one into cents bounds what that lost: [`settle`] answers only where the whole range of what the exact value
//! may be rounds to the same cent. Otherwise the caller computes it in decimals.

use autolytiq_money::Rounding;

/// A number that is not below nothing, in units of 2⁻⁶⁴.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fixed(pub(crate) u128);

/// The part of a number below one.
const FRACTION: u128 = (1 << 64) - 1;

impl Fixed {
    pub(crate) const ZERO: Self = Self(0);
    pub(crate) const ONE: Self = Self(1 << 64);

    /// `numerator / denominator`, cut off. `None` for a numerator of 2⁶⁴ and more.
    pub(crate) fn ratio(numerator: u128, denominator: u128) -> Option<Self> {
        if numerator > FRACTION {
            return None;
        }
        (numerator << 64).checked_div(denominator).map(Self)
    }

    /// `1 / (1 + i)`, short by at most one unit.
    pub(crate) fn discount(i: Self) -> Self {
        // 2¹²⁸ does not fit, and one less divides to the same or, where it would come out even, to one less.
        if i.0 == 0 { Self::ONE } else { Self(u128::MAX / Self::ONE.0.saturating_add(i.0)) }
    }

    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The product, cut off.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (self.0 >> 64, other.0 >> 64);
        let (c, d) = (self.0 & FRACTION, other.0 & FRACTION);
        let low = (c * d) >> 64;
        if a | b == 0 {
            return Some(Self(low));
        }
        let whole = a * b;
        if whole > FRACTION {
            return None;
        }
        (whole << 64).checked_add(a * d)?.checked_add(b * c)?.checked_add(low).map(Self)
    }

    /// A whole power of a number that is at most one. It falls short of the exact one by less than twice the exponent, in
    /// units, if the base does by no more than one.
    pub(crate) fn power(self, exponent: u16) -> Option<Self> {
        self.powers(exponent).map(|(_, power)| power)
    }

    /// `1 + v + … + v^(count − 1)` of a number `v` that is at most one, and `v^count`.
    ///
    /// If `v` falls short of the exact base by at most one unit, the power falls short by less than `2 × count`: doubling the
    /// exponent doubles the shortfall and cuts off one unit, one more factor adds two. The sum falls short by at most `count²`:
    /// doubling it doubles that and adds the power's share of `count`, one more term adds the power's own.
    pub(crate) fn powers(self, count: u16) -> Option<(Self, Self)> {
        let (mut sum, mut power) = (Self::ZERO, Self::ONE);
        for bit in (0..u16::BITS - count.leading_zeros()).rev() {
            sum = sum.plus(sum.times(power)?)?;
            power = power.times(power)?;
            if count >> bit & 1 == 1 {
                sum = sum.plus(power)?;
                power = power.times(self)?;
            }
        }
        Some((sum, power))
    }
}

/// A number of either sign in units of 2⁻⁶⁴, with the units by which the exact one may lie above or below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Near {
    pub(crate) value: i128,
    pub(crate) error: u128,
}

impl Near {
    /// A whole number.
    pub(crate) fn whole(number: i64) -> Self {
        Self { value: i128::from(number) << 64, error: 0 }
    }

    /// The sum with a whole number.
    pub(crate) fn plus(self, number: i64) -> Option<Self> {
        self.value.checked_add(i128::from(number) << 64).map(|value| Self { value, ..self })
    }

    /// The product with a factor that falls short of the exact one by at most `short` units.
    pub(crate) fn times(self, factor: Fixed, short: u32) -> Option<Self> {
        let size = Fixed(self.value.unsigned_abs());
        let product = i128::try_from(size.times(factor)?.0).ok()?;
        // What was lost before grows with the factor; the factor's own shortfall counts once for each whole; one unit is cut
        // off here and one there.
        let own = (size.0 >> 64).checked_add(1)?.checked_mul(short.into())?;
        let grown = Fixed(self.error).times(factor.plus(Fixed(short.into()))?)?.0;
        let error = grown.checked_add(own)?.checked_add(2)?;
        Some(Self { value: if self.value < 0 { -product } else { product }, error })
    }

    /// The number times a scale, to the nearest whole, half up, and so by at most one away from the exact one rounded. `None`
    /// where it may be further away.
    pub(crate) fn scaled(self, scale: u32) -> Option<i128> {
        let (size, scale) = (self.value.unsigned_abs(), u128::from(scale));
        if self.error.checked_mul(scale)? > FRACTION {
            return None;
        }
        let part = ((size & FRACTION) * scale + (1 << 63)) >> 64;
        let all = i128::try_from((size >> 64).checked_mul(scale)?.checked_add(part)?).ok()?;
        Some(if self.value < 0 { -all } else { all })
    }
}

/// `dividend / divisor` as a whole number, rounded as asked, of a divisor above nothing: `None` where the exact values might round
/// to another one.
pub(crate) fn settle(dividend: Near, divisor: Near, rounding: Rounding) -> Option<i64> {
    let shift = |near: Near, up: bool| {
        let error = i128::try_from(near.error).ok()?;
        if up { near.value.checked_add(error) } else { near.value.checked_sub(error) }
    };
    let (least, most) = (shift(divisor, false)?, shift(divisor, true)?);
    if least <= 0 {
        return None;
    }
    let (low, high) = (shift(dividend, false)?, shift(dividend, true)?);
    // Of a negative dividend the smaller divisor gives the lower quotient.
    let low = rounding.divide(low, if low < 0 { least } else { most }).ok()?;
    let high = rounding.divide(high, if high < 0 { most } else { least }).ok()?;
    (low == high).then_some(low)
}

#[cfg(test)]
mod tests {
    use super::{Fixed, Near, settle};
    use autolytiq_money::Rounding;

    #[test]
    fn products_and_quotients_are_cut_off() {
        let third = Fixed::ratio(1, 3).unwrap();
        assert_eq!(third.0, (1_u128 << 64) / 3);
        assert_eq!(third.times(Fixed::ratio(3, 1).unwrap()).unwrap().0, (1 << 64) - 1);
        assert_eq!(Fixed::discount(Fixed::ONE), Fixed((1 << 63) - 1), "one unit short of a half");
        assert_eq!(Fixed::discount(Fixed::ZERO), Fixed::ONE);
        let large = Fixed::ratio(1 << 40, 1).unwrap();
        assert_eq!(large.times(large), None, "2^80 does not fit");
        assert_eq!(Fixed::ratio(1 << 63, 1).unwrap().times(Fixed::ONE), Some(Fixed(1 << 127)));
        assert_eq!(Fixed::ratio(1, 0), None);
    }

    /// Of one half the sums and powers are known: `2 − 2^(1 − n)` and `2^−n`.
    #[test]
    fn powers_and_their_sum() {
        let half = Fixed::ratio(1, 2).unwrap();
        for count in 0..64_u16 {
            let (sum, power) = half.powers(count).unwrap();
            let short = u128::from(count) * u128::from(count);
            let exact = (2_u128 << 64) - (2_u128 << (64 - count));
            assert!(sum.0 <= exact && exact - sum.0 <= short, "{count}: {} of {exact}", sum.0);
            assert_eq!(power.0, 1 << (64 - count));
        }
        assert_eq!(Fixed::ONE.powers(u16::MAX), Some((Fixed(u128::from(u16::MAX) << 64), Fixed::ONE)));
    }

    #[test]
    fn only_what_is_certain_is_settled() {
        let near = |value: i128, error| Near { value, error };
        let two = Near::whole(2);
        assert_eq!(settle(Near::whole(7), two, Rounding::HalfUp), Some(4));
        assert_eq!(settle(near(7 << 64, 1), two, Rounding::HalfUp), None, "3.5, more or less");
        assert_eq!(settle(near(7 << 64, 1), two, Rounding::Down), Some(3));
        assert_eq!(settle(near((8 << 64) - 1, 0), two, Rounding::Down), Some(3));
        assert_eq!(settle(near((8 << 64) - 1, 1), two, Rounding::Down), None, "3.99…, or 4");
        assert_eq!(settle(near(-7 << 64, 1), near(2 << 64, 1), Rounding::Down), Some(-3));
        assert_eq!(settle(Near::whole(7), near(3, 3), Rounding::HalfUp), None, "perhaps by nothing");
    }

    #[test]
    fn what_was_cut_off_is_counted() {
        let factor = Fixed::ratio(4, 3).unwrap();
        let mut near = Near::whole(-30_000_000);
        for _ in 0..20 {
            near = near.times(factor, 1).unwrap();
        }
        // −3 × 10⁷ × (4 ÷ 3)²⁰ = −10⁷ × 4²⁰ ÷ 3¹⁹, of which 64 bits are a fraction.
        let (dividend, divisor) = (10_000_000_i128 << 40, 1_162_261_467);
        let exact = -((dividend / divisor) << 64) - ((dividend % divisor) << 64) / divisor;
        assert!(near.value.abs_diff(exact) <= near.error, "{near:?} for {exact}");
        assert!(near.error < 1 << 40, "{near:?}");
    }

    #[test]
    fn decimals_are_rounded() {
        assert_eq!(Near::whole(-7).scaled(1_000), Some(-7_000));
        let third = Near { value: (1_i128 << 64) / 3, error: 1 };
        assert_eq!(third.scaled(1_000_000), Some(333_333));
        assert_eq!(Near { value: (2_i128 << 64) / 3, error: 1 }.scaled(1_000_000), Some(666_667));
        let near = |error| Near { value: 1 << 70, error };
        assert_eq!(near((1 << 54) - 1).scaled(1 << 10), Some(1 << 16));
        assert_eq!(near(1 << 54).scaled(1 << 10), None, "perhaps one more, or less");
    }
}
