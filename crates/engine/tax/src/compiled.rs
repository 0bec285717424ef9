//! The rules of every jurisdiction, as the build script compiled them from `rules/`.

use crate::error::RuleError;
use crate::outcome::RulesStamp;
use crate::rule::{Jurisdiction, JurisdictionVersion};
use jiff::civil::Date;

/// The generated statics.
mod data {
    use crate::kinds::*;
    use crate::rule::*;
    use autolytiq_money::{Money, Rate, Rounding};
    use jiff::civil::date;
    use rust_decimal::Decimal;

    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

/// Every jurisdiction that has rules, in order of its code.
#[must_use]
pub fn jurisdictions() -> &'static [&'static Jurisdiction] {
    data::ALL
}

/// The rules of a jurisdiction that are in force on a day.
///
/// # Errors
/// [`RuleError::UnknownJurisdiction`], and [`RuleError::BeforeFirstVersion`] for a day before the rules begin.
pub fn jurisdiction(code: &str, date: Date) -> Result<&'static JurisdictionVersion, RuleError> {
    let found = data::ALL.binary_search_by(|known| known.code.cmp(code)).ok().and_then(|index| data::ALL.get(index));
    let jurisdiction = found.ok_or_else(|| RuleError::UnknownJurisdiction { code: code.chars().take(8).collect() })?;
    jurisdiction.on(date)
}

impl Jurisdiction {
    /// The version in force on a day.
    ///
    /// # Errors
    /// [`RuleError::BeforeFirstVersion`] for a day before the rules begin.
    pub fn on(&'static self, date: Date) -> Result<&'static JurisdictionVersion, RuleError> {
        self.versions.iter().rev().find(|version| version.effective <= date).ok_or(RuleError::BeforeFirstVersion {
            code: self.code,
            first: self.versions.first().map_or(date, |version| version.effective),
            date,
        })
    }
}

impl JurisdictionVersion {
    /// What a result records about the rules that made it.
    #[must_use]
    pub const fn stamp(&self) -> RulesStamp {
        RulesStamp { jurisdiction: self.code, effective: self.effective, hash: self.hash }
    }
}
