//! Plain decimal text to and from a scaled integer, without floating point and without allocation.

use crate::ParseError;
use std::str;

/// Parses `-?digits(.digits)?` into units of 10^-places. `whole_digits` bounds the digits before the point, so that the
/// result always fits: `whole_digits + places` is at most 18.
pub(crate) fn parse(text: &str, whole_digits: u32, places: u32) -> Result<i64, ParseError> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((_, "")) => return Err(ParseError::Malformed),
        Some(parts) => parts,
        None => (unsigned, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(ParseError::Malformed);
    }
    if fraction.len() > places as usize {
        return Err(ParseError::TooManyPlaces(places));
    }
    if whole.len() > whole_digits as usize {
        return Err(ParseError::TooLarge(whole_digits));
    }
    let mut units: i64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        units = units * 10 + i64::from(digit - b'0');
    }
    for _ in fraction.len()..places as usize {
        units *= 10;
    }
    Ok(if negative { -units } else { units })
}

/// Longest text of an `i64`: sign, 19 digits, a point, and a leading zero.
const CAPACITY: usize = 24;

/// Decimal text on the stack: serialising an amount allocates nothing.
pub(crate) struct Text {
    bytes: [u8; CAPACITY],
    start: usize,
}

impl Text {
    pub(crate) fn as_str(&self) -> &str {
        // Only ASCII is ever written, so the empty fallback is never taken.
        self.bytes.get(self.start..).and_then(|b| str::from_utf8(b).ok()).unwrap_or_default()
    }

    fn push(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(self.start) {
            *slot = byte;
        }
    }
}

/// Writes `units` of 10^-places. With `trim`, zeros at the end of the fraction (and then the point) are left out.
pub(crate) fn format(units: i64, places: u32, trim: bool) -> Text {
    let mut text = Text { bytes: [0; CAPACITY], start: CAPACITY };
    let mut rest = units.unsigned_abs();
    let mut written = false;
    for _ in 0..places {
        let digit = (rest % 10) as u8;
        rest /= 10;
        if digit != 0 || written || !trim {
            text.push(b'0' + digit);
            written = true;
        }
    }
    if written {
        text.push(b'.');
    }
    loop {
        text.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if units < 0 {
        text.push(b'-');
    }
    text
}
