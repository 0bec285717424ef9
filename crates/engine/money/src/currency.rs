//! The currency of an amount, as a type.

use std::fmt::Debug;
use std::hash::Hash;

/// A currency. Amounts of two currencies are two types, so they cannot be added by mistake.
pub trait Currency: Copy + Debug + Default + Eq + Ord + Hash + Send + Sync + 'static {
    /// ISO 4217 code.
    const CODE: &'static str;
    /// Decimal places of the minor unit, at most 4.
    const PLACES: u32;
}

/// United States dollars: the one place that names the product's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usd;

impl Currency for Usd {
    const CODE: &'static str = "USD";
    const PLACES: u32 = 2;
}
