//! Rule values as bytes, and the hash of a version's content.
//!
//! Both come from one walk. Packed, a variant is its number, and a text or a source that came before is its place among
//! them; the texts themselves stand in a stream of their own, which compresses better. For the hash everything is written
//! out with its name, so that it depends on the content alone and not on what else is packed.

use crate::kinds::*;
use crate::rule::*;
use autolytiq_money::{Money, Rate, Rounding};
use jiff::civil::Date;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

/// SHA-256 of a version's content as 64 hexadecimal digits; its own `hash` field does not count.
pub(crate) fn hash(version: &JurisdictionVersion) -> String {
    let mut content = Packer { by_name: true, ..Packer::default() };
    JurisdictionVersion { hash: "", ..*version }.pack(&mut content);
    Sha256::digest(&content.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where packed values go.
#[derive(Default)]
pub(crate) struct Packer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) texts: String,
    seen_texts: Vec<&'static str>,
    seen_sources: Vec<&'static Source>,
    by_name: bool,
}

impl Packer {
    /// Seven bits a byte, the lowest first.
    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    /// Small negative numbers stay short.
    fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    fn name(&mut self, name: &str) {
        self.length(name.len());
        self.bytes.extend_from_slice(name.as_bytes());
    }

    fn variant(&mut self, index: Option<usize>, name: &str) {
        if self.by_name {
            self.name(name);
        } else {
            self.length(index.unwrap_or_default());
        }
    }
}

/// A value that can be packed.
pub(crate) trait Pack {
    fn pack(&self, to: &mut Packer);
}

macro_rules! structs {
    ($($type:ident { $($field:ident),+ })+) => { $(
        impl Pack for $type {
            fn pack(&self, to: &mut Packer) {
                let Self { $($field),+ } = self;
                $(
                    if to.by_name {
                        to.name(stringify!($field));
                    }
                    $field.pack(to);
                )+
            }
        }
    )+ };
}

macro_rules! words {
    ($($type:ident,)+) => { $(
        impl Pack for $type {
            fn pack(&self, to: &mut Packer) {
                to.variant(Self::ALL.iter().position(|word| word == self), self.word());
            }
        }
    )+ };
}

macro_rules! enums {
    ($($type:ident { $($variant:ident $(($($part:ident),+))?),+ })+) => { $(
        impl Pack for $type {
            fn pack(&self, to: &mut Packer) {
                let names = [$(stringify!($variant)),+];
                match self { $(
                    Self::$variant $(($($part),+))? => {
                        let name = stringify!($variant);
                        to.variant(names.iter().position(|known| *known == name), name);
                        $($($part.pack(to);)+)?
                    }
                )+ }
            }
        }
    )+ };
}

rule_types!(structs, words, enums);

impl Pack for &'static str {
    fn pack(&self, to: &mut Packer) {
        if to.by_name {
            return to.name(self);
        }
        if let Some(place) = to.seen_texts.iter().position(|text| text == self) {
            return to.length(place + 1);
        }
        to.seen_texts.push(self);
        to.length(0);
        to.length(self.len());
        to.texts.push_str(self);
    }
}

impl Pack for &'static Source {
    fn pack(&self, to: &mut Packer) {
        if to.by_name {
            return (**self).pack(to);
        }
        if let Some(place) = to.seen_sources.iter().position(|source| source == self) {
            return to.length(place + 1);
        }
        to.seen_sources.push(self);
        to.length(0);
        (**self).pack(to);
    }
}

impl Pack for &'static Matrix {
    fn pack(&self, to: &mut Packer) {
        (**self).pack(to);
    }
}

impl Pack for &'static TradeFilter {
    fn pack(&self, to: &mut Packer) {
        (**self).pack(to);
    }
}

impl<T: Pack> Pack for &'static [T] {
    fn pack(&self, to: &mut Packer) {
        to.length(self.len());
        self.iter().for_each(|item| item.pack(to));
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, to: &mut Packer) {
        to.number(u64::from(self.is_some()));
        self.iter().for_each(|value| value.pack(to));
    }
}

impl Pack for bool {
    fn pack(&self, to: &mut Packer) {
        to.number(u64::from(*self));
    }
}

impl Pack for u8 {
    fn pack(&self, to: &mut Packer) {
        to.number(u64::from(*self));
    }
}

impl Pack for u16 {
    fn pack(&self, to: &mut Packer) {
        to.number(u64::from(*self));
    }
}

impl Pack for Money {
    fn pack(&self, to: &mut Packer) {
        to.signed(self.cents());
    }
}

impl Pack for Rate {
    fn pack(&self, to: &mut Packer) {
        to.signed(self.units());
    }
}

impl Pack for Date {
    fn pack(&self, to: &mut Packer) {
        to.signed(self.year().into());
        to.signed(self.month().into());
        to.signed(self.day().into());
    }
}

impl Pack for Decimal {
    fn pack(&self, to: &mut Packer) {
        let parts = self.unpack();
        to.number(u64::from(parts.scale << 1) | u64::from(parts.negative));
        [parts.lo, parts.mid, parts.hi].into_iter().for_each(|part| to.number(part.into()));
    }
}
