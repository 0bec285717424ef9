//! Local rates as data: an input of every calculation, with a hash of its own.

use crate::kinds::{AppliesTo, Level, PlaceRole};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The local rates that reach one deal, resolved from its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResolvedRates {
    /// The day for which the rates were looked up.
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub as_of: Date,
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub entries: Vec<LocalRate>,
}

/// One levy of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LocalRate {
    /// Whose place it is.
    pub place_role: PlaceRole,
    pub level: Level,
    /// Which tax, where a place levies several: `general` unless the jurisdiction's rules name another (`use`, `lease`, `excise`).
    #[serde(default = "general", skip_serializing_if = "is_general")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub tax: Cow<'static, str>,
    /// The place or levy as a person knows it: "Knox County".
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub name: Cow<'static, str>,
    /// 0 to 1.
    pub rate: Rate,
    /// A fixed amount per vehicle, where the levy is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    pub applies_to: AppliesTo,
    /// First day of this rate, where known.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    #[serde(default, skip_serializing_if = "Option::is_none", with = "autolytiq_calendar::iso::option")]
    pub effective: Option<Date>,
    /// Where the rate was read.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub source: Cow<'static, str>,
    pub verified: bool,
    /// Why a rate is not verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub reason: Option<Cow<'static, str>>,
}

/// The ordinary local tax: what an entry means when it names no other.
pub const GENERAL: &str = "general";

fn general() -> Cow<'static, str> {
    Cow::Borrowed(GENERAL)
}

fn is_general(tax: &str) -> bool {
    tax == GENERAL
}

/// Which local rates made a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RatesStamp {
    /// SHA-256 of the rates, 64 hexadecimal digits.
    pub hash: String,
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub as_of: Date,
}

impl ResolvedRates {
    /// No local rates at all.
    #[must_use]
    pub const fn none(as_of: Date) -> Self {
        Self { as_of, entries: Vec::new() }
    }

    /// SHA-256 over every field of every entry in order, as 64 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut digest = Sha256::new();
        field(&mut digest, &date_bytes(self.as_of));
        for entry in &self.entries {
            field(&mut digest, entry.place_role.word().as_bytes());
            field(&mut digest, entry.level.word().as_bytes());
            field(&mut digest, entry.tax.as_bytes());
            field(&mut digest, entry.name.as_bytes());
            field(&mut digest, &entry.rate.units().to_be_bytes());
            field(&mut digest, &entry.amount.map_or([0xff; 8], |a| a.cents().to_be_bytes()));
            field(&mut digest, entry.applies_to.word().as_bytes());
            field(&mut digest, &entry.effective.map_or([0xff; 4], date_bytes));
            field(&mut digest, entry.source.as_bytes());
            field(&mut digest, &[u8::from(entry.verified)]);
            field(&mut digest, entry.reason.as_deref().unwrap_or_default().as_bytes());
        }
        hex(&digest.finalize())
    }

    /// What a result records about the rates that made it.
    #[must_use]
    pub fn stamp(&self) -> RatesStamp {
        RatesStamp { hash: self.hash(), as_of: self.as_of }
    }
}

/// Length before content, so that two different lists never make the same bytes.
fn field(digest: &mut Sha256, bytes: &[u8]) {
    digest.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    digest.update(bytes);
}

fn date_bytes(date: Date) -> [u8; 4] {
    let [high, low] = date.year().to_be_bytes();
    [high, low, date.month().unsigned_abs(), date.day().unsigned_abs()]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        text
    })
}
