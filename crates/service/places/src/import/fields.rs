//! Values of single fields.

use super::Faults;
use autolytiq_money::Rate;
use jiff::civil::Date;

/// Reads fields of one line and notes each that cannot be read.
pub(super) struct Field<'a> {
    pub(super) line: u64,
    pub(super) faults: &'a mut Faults,
}

impl Field<'_> {
    pub(super) fn fault(&mut self, field: &'static str, code: &'static str, detail: impl Into<String>) {
        self.faults.add(self.line, field, code, detail);
    }

    /// A rate as a fraction of one, at most all of the price.
    pub(super) fn rate(&mut self, field: &'static str, text: &str) -> Option<Rate> {
        // Published tables leave the digit before the point out.
        let read = if text.starts_with('.') { format!("0{text}").parse() } else { text.parse::<Rate>() };
        match read {
            Ok(rate) if rate.is_negative() => self.fault(field, "negative", "a rate is not negative"),
            Ok(rate) if rate > Rate::ONE => {
                self.fault(field, "too-high", "a rate is a fraction of one: 0.015 for 1.5 %");
            }
            Ok(rate) => return Some(rate),
            Err(error) => self.fault(field, "not-a-rate", format!("'{}': {error}", shown(text))),
        }
        None
    }

    /// A day written 2026-10-01.
    pub(super) fn day(&mut self, field: &'static str, text: &str) -> Option<Date> {
        let read = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
        self.plausible(field, text, read, "write it as 2026-10-01")
    }

    /// A day written 20261001.
    pub(super) fn compact_day(&mut self, field: &'static str, text: &str) -> Option<Date> {
        let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i16>().ok());
        let read = digits.then(|| {
            let (month, day) = (i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?);
            Date::new(part(0..4)?, month, day).ok()
        });
        self.plausible(field, text, read.flatten(), "write it as 20261001")
    }

    fn plausible(&mut self, field: &'static str, text: &str, read: Option<Date>, how: &str) -> Option<Date> {
        match read {
            Some(day) if day.year() >= 1900 => Some(day),
            Some(_) => {
                self.fault(field, "too-early", "no local rate is that old");
                None
            }
            None => {
                self.fault(field, "not-a-date", format!("'{}' is no day; {how}", shown(text)));
                None
            }
        }
    }

    /// A last day written 20261231; the far future stands for none.
    pub(super) fn compact_end(&mut self, field: &'static str, text: &str, first: Option<Date>) -> Option<Option<Date>> {
        if text.is_empty() {
            return Some(None);
        }
        let last = self.compact_day(field, text)?;
        let last = (last.year() < 2900).then_some(last);
        self.in_order(field, first, last).then_some(last)
    }

    pub(super) fn in_order(&mut self, field: &'static str, first: Option<Date>, last: Option<Date>) -> bool {
        match (first, last) {
            (Some(first), Some(last)) if last < first => {
                self.fault(field, "before-first", format!("the last day {last} is before the first, {first}"));
                false
            }
            _ => true,
        }
    }

    /// A text a person reads: not too long, no control characters.
    pub(super) fn name(&mut self, field: &'static str, text: &str, most: usize) -> Option<String> {
        if text.chars().count() > most {
            self.fault(field, "too-long", format!("at most {most} characters"));
            return None;
        }
        if text.chars().any(|letter| letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter)) {
            self.fault(field, "control-character", "no control characters");
            return None;
        }
        Some(text.to_owned())
    }
}

/// The beginning of a text, for a message.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).filter(|letter| !letter.is_control()).collect()
}

/// A code of digits without zeros before it, another in capitals: files of one state differ in how they pad.
pub(super) fn code(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let short = text.trim_start_matches('0');
        return if short.is_empty() { "0".to_owned() } else { short.to_owned() };
    }
    text.to_ascii_uppercase()
}

/// A place's name for comparison: letters and digits alone, in lower case, "St." as "Saint".
pub(crate) fn key(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(|word| word.to_lowercase()).map(|word| if word == "st" { "saint".to_owned() } else { word });
    words.collect()
}
