//! The rules of every jurisdiction, as the build script compiled and packed them from `rules/`.

use crate::error::RuleError;
use crate::outcome::RulesStamp;
use crate::rule::{Jurisdiction, JurisdictionVersion};
use crate::unpack::{Unpack, Unpacker};
use jiff::civil::Date;
use std::sync::OnceLock;

/// The generated index: code of each jurisdiction, and where its values and its texts begin; where all texts begin; the
/// file's length; and the SHA-256 of all that follows it in the file.
mod data {
    include!(concat!(env!("OUT_DIR"), "/index.rs"));

    /// A program carries the rules with it; the browser's module is handed them, see [`supply`](super::supply).
    #[cfg(not(target_family = "wasm"))]
    pub(super) static CARRIED: Option<&[u8]> = Some(include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin")));
    #[cfg(target_family = "wasm")]
    pub(super) static CARRIED: Option<&[u8]> = None;
}

static SUPPLIED: OnceLock<&'static [u8]> = OnceLock::new();

/// Hands over the packed rules to a module that does not carry them (the browser's). They must be those of the same build:
/// results and the hashes in them are then the same as where rules are carried. Before that, no jurisdiction is known.
/// Supplying again changes nothing.
///
/// The file is known by its length and by the digest it begins with, which the build wrote. The digest is not computed anew: in
/// WebAssembly that took most of the time in which the engine loads. So a file of another build and a truncated one are
/// refused; bytes altered in between are not noticed here, but unpacking them cannot fail.
///
/// # Errors
/// [`RuleError::ForeignRules`] for a file of another length or with another digest.
pub fn supply(rules: Vec<u8>) -> Result<(), RuleError> {
    if rules.len() != data::LENGTH || !rules.starts_with(&data::SHA256) {
        return Err(RuleError::ForeignRules);
    }
    SUPPLIED.get_or_init(|| rules.leak());
    Ok(())
}

/// The packed rules, behind the digest.
fn packed() -> Option<&'static [u8]> {
    data::CARRIED.or_else(|| SUPPLIED.get().copied())?.get(data::SHA256.len()..)
}

static UNPACKED: [OnceLock<Jurisdiction>; data::PACKED.len()] = [const { OnceLock::new() }; data::PACKED.len()];

/// The jurisdiction at a place in the list, unpacked at its first use.
fn at(place: usize) -> Option<&'static Jurisdiction> {
    let (_, values, texts) = data::PACKED.get(place)?;
    let (all_values, all_texts) = packed()?.split_at_checked(data::TEXTS)?;
    let unpack = || Jurisdiction::unpack(&mut Unpacker::new(tail(all_values, *values), tail(all_texts, *texts)));
    Some(UNPACKED.get(place)?.get_or_init(unpack))
}

fn tail(bytes: &'static [u8], from: usize) -> &'static [u8] {
    bytes.get(from..).unwrap_or_default()
}

/// Every jurisdiction that has rules, in order of its code.
#[must_use]
pub fn jurisdictions() -> &'static [&'static Jurisdiction] {
    static ALL: OnceLock<Vec<&'static Jurisdiction>> = OnceLock::new();
    if packed().is_none() {
        return &[];
    }
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
