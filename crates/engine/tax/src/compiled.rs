//! The rules of every jurisdiction, as the build script compiled and packed them from `rules/`.

use crate::error::RuleError;
use crate::outcome::RulesStamp;
use crate::rule::{Jurisdiction, JurisdictionVersion};
use crate::unpack::{Unpack, Unpacker};
use jiff::civil::Date;
use std::sync::OnceLock;

/// The generated `PACKED`: code of each jurisdiction, and where its bytes and its texts begin; and the two streams.
mod data {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
    pub(super) static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));
    pub(super) static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));
}

static UNPACKED: [OnceLock<Jurisdiction>; data::PACKED.len()] = [const { OnceLock::new() }; data::PACKED.len()];

/// The jurisdiction at a place in the list, unpacked at its first use.
fn at(place: usize) -> Option<&'static Jurisdiction> {
    let (_, bytes, texts) = data::PACKED.get(place)?;
    let unpack = || {
        let bytes = data::BYTES.get(*bytes..).unwrap_or_default();
        Jurisdiction::unpack(&mut Unpacker::new(bytes, data::TEXTS.get(*texts..).unwrap_or_default()))
    };
    Some(UNPACKED.get(place)?.get_or_init(unpack))
}

/// Every jurisdiction that has rules, in order of its code.
#[must_use]
pub fn jurisdictions() -> &'static [&'static Jurisdiction] {
    static ALL: OnceLock<Vec<&'static Jurisdiction>> = OnceLock::new();
    ALL.get_or_init(|| (0..data::PACKED.len()).filter_map(at).collect())
}

/// The rules of a jurisdiction that are in force on a day.
///
/// # Errors
/// [`RuleError::UnknownJurisdiction`], and [`RuleError::BeforeFirstVersion`] for a day before the rules begin.
pub fn jurisdiction(code: &str, date: Date) -> Result<&'static JurisdictionVersion, RuleError> {
    let found = data::PACKED.binary_search_by(|(known, ..)| (*known).cmp(code)).ok().and_then(at);
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
