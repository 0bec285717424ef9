//! Rule values from the bytes that the build script packed (`compile/pack.rs`), one jurisdiction at its first use.
//!
//! Reading is total: no bytes make it fail, nest without end or take more memory than a multiple of their own size, for the
//! browser's file may be damaged on its way. A law in the tests holds every unpacked version against its hash. Values are
//! leaked on purpose: a rule lives as long as the program.

use crate::kinds::*;
use crate::rule::*;
use autolytiq_money::{Money, Rate, Rounding};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What is left to read of a jurisdiction, and what was read that later values may name again.
pub(crate) struct Unpacker {
    bytes: &'static [u8],
    texts: &'static [u8],
    seen_texts: Vec<&'static str>,
    seen_sources: Vec<&'static Source>,
    depth: u8,
}

/// How deep lists may stand in lists; those of the rules stay well below.
const DEEPEST: u8 = 32;

impl Unpacker {
    pub(crate) const fn new(bytes: &'static [u8], texts: &'static [u8]) -> Self {
        Self { bytes, texts, seen_texts: Vec::new(), seen_sources: Vec::new(), depth: 0 }
    }

    /// Seven bits a byte, the lowest first; zero past the end.
    #[inline(never)]
    fn number(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let Some((byte, rest)) = self.bytes.split_first() else { break };
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }

    fn small(&mut self) -> u32 {
        self.number() as u32
    }

    fn length(&mut self) -> usize {
        self.number() as usize
    }

    fn signed(&mut self) -> i64 {
        let value = self.number();
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }
}

/// A value that can be unpacked.
pub(crate) trait Unpack {
    fn unpack(from: &mut Unpacker) -> Self;
}

macro_rules! structs {
    ($($type:ident { $($field:ident),+ })+) => { $(
        impl Unpack for $type {
            fn unpack(from: &mut Unpacker) -> Self {
                Self { $($field: Unpack::unpack(from)),+ }
            }
        }
    )+ };
}

macro_rules! words {
    ($($type:ident,)+) => { $(
        impl Unpack for $type {
            fn unpack(from: &mut Unpacker) -> Self {
                Self::ALL.get(from.length()).copied().unwrap_or(Self::ALL[0])
            }
        }
    )+ };
}

macro_rules! enums {
    ($($type:ident { $($variant:ident $(($($part:ident),+))?),+ })+) => { $(
        impl Unpack for $type {
            fn unpack(from: &mut Unpacker) -> Self {
                let index = from.small();
                let mut next = 0;
                $(
                    if index == next {
                        $($(let $part = Unpack::unpack(from);)+)?
                        return Self::$variant $(($($part),+))?;
                    }
                    next += 1;
                )+
                // Past the end everything is zero: the first variant.
                from.bytes = &from.bytes[..0];
                let _ = next;
                Self::unpack(from)
            }
        }
    )+ };
}

rule_types!(structs, words, enums);

impl Unpack for &'static str {
    fn unpack(from: &mut Unpacker) -> Self {
        let place = from.length();
        if place > 0 {
            return from.seen_texts.get(place - 1).copied().unwrap_or_default();
        }
        let length = from.length();
        let (text, rest) = from.texts.split_at_checked(length).unwrap_or_default();
        from.texts = rest;
        let text = std::str::from_utf8(text).unwrap_or_default();
        from.seen_texts.push(text);
        text
    }
}

impl Unpack for &'static Source {
    fn unpack(from: &mut Unpacker) -> Self {
        let place = from.length();
        if place > 0
            && let Some(source) = from.seen_sources.get(place - 1)
        {
            return source;
        }
        let source: Self = Box::leak(Box::new(Source::unpack(from)));
        from.seen_sources.push(source);
        source
    }
}

impl Unpack for &'static Matrix {
    fn unpack(from: &mut Unpacker) -> Self {
        Box::leak(Box::new(Matrix::unpack(from)))
    }
}

impl Unpack for &'static TradeFilter {
    fn unpack(from: &mut Unpacker) -> Self {
        Box::leak(Box::new(TradeFilter::unpack(from)))
    }
}

impl<T: Unpack> Unpack for &'static [T] {
    fn unpack(from: &mut Unpacker) -> Self {
        let length = from.length();
        if from.depth == DEEPEST {
            return &[];
        }
        from.depth += 1;
        // An item is at least a byte.
        let item = |_| (!from.bytes.is_empty()).then(|| T::unpack(from));
        let items: Box<[T]> = (0..length).map_while(item).collect();
        from.depth -= 1;
        Box::leak(items)
    }
}

impl<T: Unpack> Unpack for Option<T> {
    fn unpack(from: &mut Unpacker) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl Unpack for bool {
    fn unpack(from: &mut Unpacker) -> Self {
        from.number() != 0
    }
}

impl Unpack for u8 {
    fn unpack(from: &mut Unpacker) -> Self {
        from.number() as Self
    }
}

impl Unpack for u16 {
    fn unpack(from: &mut Unpacker) -> Self {
        from.number() as Self
    }
}

impl Unpack for Money {
    fn unpack(from: &mut Unpacker) -> Self {
        Self::from_cents(from.signed())
    }
}

impl Unpack for Rate {
    fn unpack(from: &mut Unpacker) -> Self {
        Self::from_units(from.signed())
    }
}

impl Unpack for Date {
    fn unpack(from: &mut Unpacker) -> Self {
        let (year, month, day) = (from.signed() as i16, from.signed() as i8, from.signed() as i8);
        Self::new(year, month, day).unwrap_or_default()
    }
}

impl Unpack for Decimal {
    fn unpack(from: &mut Unpacker) -> Self {
        let form = from.small();
        let (lo, mid, hi) = (from.small(), from.small(), from.small());
        Self::from_parts(lo, mid, hi, form & 1 == 1, (form >> 1).min(Self::MAX_SCALE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

    fn read(bytes: Vec<u8>) -> Jurisdiction {
        let bytes: &'static [u8] = bytes.leak();
        Jurisdiction::unpack(&mut Unpacker::new(bytes, bytes))
    }

    #[test]
    fn damaged_and_truncated_bytes_are_read_without_a_failure() {
        let values = &FILE[32..32 + 4_000];
        for at in (0..values.len()).step_by(19) {
            read(values[..at].to_vec());
            for damage in [0x01, 0x80, 0xff] {
                let mut bytes = values.to_vec();
                bytes[at] ^= damage;
                read(bytes);
            }
        }
        read(vec![0xff; 4_000]);
        read(Vec::new());
    }

    #[test]
    fn lists_do_not_nest_without_end() {
        // A list of one test, which is `Not` of a list of one test, and so on.
        let bytes: &'static [u8] = [1, 19].repeat(100_000).leak();
        let mut tests = <&'static [Test]>::unpack(&mut Unpacker::new(bytes, &[]));
        let mut depth = 0;
        while let [Test::Not(inner)] = tests {
            (tests, depth) = (inner, depth + 1);
        }
        assert_eq!(depth, DEEPEST);
    }
}
