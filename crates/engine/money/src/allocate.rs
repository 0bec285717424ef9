//! Splitting an amount so that the parts sum to it exactly.

use crate::{Currency, Money, MoneyError, Rounding};

impl<C: Currency> Money<C> {
    /// Splits the amount over `weights` in proportion; the parts sum to the amount exactly.
    ///
    /// Each part is first rounded toward zero; the cents left over go one each to the parts that lost most by it, the earlier
    /// one first where they lost the same (the method of the largest remainder).
    ///
    /// # Errors
    /// [`MoneyError::DivideByZero`] when the weights sum to nothing, [`MoneyError::OutOfRange`] when they overflow.
    pub fn allocate(self, weights: &[u32]) -> Result<Vec<Self>, MoneyError> {
        let total: i64 =
            weights.iter().try_fold(0_i64, |sum, w| sum.checked_add((*w).into())).ok_or(MoneyError::OutOfRange)?;
        if total == 0 {
            return Err(MoneyError::DivideByZero);
        }
        let mut parts = Vec::with_capacity(weights.len());
        let mut lost = Vec::with_capacity(weights.len());
        let mut left = self.minor();
        for (index, weight) in weights.iter().enumerate() {
            let product = i128::from(self.minor()) * i128::from(*weight);
            let part = Rounding::Down.divide(product, total.into())?;
            left -= part;
            parts.push(part);
            lost.push(((product % i128::from(total)).unsigned_abs(), index));
        }
        lost.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let step = left.signum();
        // Fewer cents are left than there are parts with a remainder.
        for (_, index) in lost.into_iter().take(usize::try_from(left.unsigned_abs()).unwrap_or(usize::MAX)) {
            if let Some(part) = parts.get_mut(index) {
                *part += step;
            }
        }
        Ok(parts.into_iter().map(Self::from_minor).collect())
    }
}
