//! How a customer is reached: telephone number and e-mail address, in one form each.

use std::fmt;

use autolytiq_kernel::Fault;

/// A telephone number in international form (`+12145550123`). Ten digits are read as a number of the United States and
/// Canada.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Phone(String);

impl Phone {
    /// Reads a number as people write it: blanks, brackets, points and hyphens are dropped.
    ///
    /// # Errors
    /// A fault when characters remain that are no digits, or the number of digits is not that of a telephone number, or
    /// area code or exchange begin with 0 or 1, as none do in the North American plan.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let (international, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        let mut digits = String::new();
        for c in rest.chars() {
            match c {
                '0'..='9' if digits.len() < 16 => digits.push(c),
                ' ' | '(' | ')' | '-' | '.' | '/' | '\u{a0}' => {}
                '0'..='9' => return Err(Fault::new("phone", "a telephone number has at most 15 digits")),
                _ => {
                    return Err(Fault::new(
                        "phone",
                        "a telephone number has digits only; an extension belongs in the notes",
                    ));
                }
            }
        }
        let national = match (international, digits.len()) {
            (false, 10) => digits.as_str(),
            (_, 11) if digits.starts_with('1') => &digits[1..],
            (true, 8..=15) if !digits.starts_with(['0', '1']) => return Ok(Self(format!("+{digits}"))),
            _ => {
                return Err(Fault::new("phone", "give ten digits with the area code, or + and the country code"));
            }
        };
        let starts = |at: usize| national.as_bytes().get(at).is_some_and(|digit| (b'2'..=b'9').contains(digit));
        if starts(0) && starts(3) {
            Ok(Self(format!("+1{national}")))
        } else {
            Err(Fault::new("phone", "neither area code nor exchange begins with 0 or 1"))
        }
    }

    /// The number with `+` and country code.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits a person may type to find it: with the country code, so that both forms are contained.
    #[must_use]
    pub(crate) fn digits(&self) -> &str {
        self.0.strip_prefix('+').unwrap_or(&self.0)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An e-mail address, lower case: no mail system of our time tells `A@x.com` from `a@x.com`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Email(String);

impl Email {
    /// Reads an address. Only its shape is checked; whether it exists is known when a mail arrives.
    ///
    /// # Errors
    /// A fault when it has no name or no domain, blanks or control characters, or more than 254 characters.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let fault = |detail: &'static str| Fault::new("email", detail);
        if text.chars().nth(254).is_some() {
            return Err(fault("an e-mail address has at most 254 characters"));
        }
        let Some((name, domain)) = text.rsplit_once('@') else {
            return Err(fault("an e-mail address is written name@domain"));
        };
        let word = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '@' | '<' | '>' | ',' | ';' | '"');
        if name.is_empty() || name.chars().count() > 64 || !name.chars().all(word) {
            return Err(fault("the part before the @ is missing or has characters no address has"));
        }
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        if !domain.contains('.') || !domain.split('.').all(label) {
            return Err(fault("the part after the @ is no domain such as example.com"));
        }
        Ok(Self(text.to_lowercase()))
    }

    /// The address.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Email, Phone};

    #[test]
    fn one_number_however_it_is_written() {
        for text in
            ["2145550123", "(214) 555-0123", "214.555.0123", "1-214-555-0123", "+1 214 555 0123", " 214 555 0123 "]
        {
            assert_eq!(Phone::parse(text).map(|p| p.to_string()), Ok("+12145550123".to_owned()), "{text}");
        }
        assert_eq!(Phone::parse("+49 30 901820").map(|p| p.to_string()), Ok("+4930901820".to_owned()));
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "555-0123",
            "0145550123",
            "2140550123",
            "214555012x",
            "214-555-0123 ext 4",
            "+0123456789",
            "1234567890123456789",
        ] {
            assert_eq!(Phone::parse(text).map_err(|f| f.code), Err("phone"), "{text}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(
            Email::parse(" Ana.Rivera@Example.COM ").map(|e| e.to_string()),
            Ok("ana.rivera@example.com".to_owned())
        );
        for text in
            ["", "ana", "ana@", "@example.com", "ana@example", "a b@example.com", "a@-x.com", "a@x..com", "a@b@x.com"]
        {
            assert_eq!(Email::parse(text).map_err(|f| f.code), Err("email"), "{text}");
        }
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(1_000_000))).is_err());
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(text in "\\PC{0,40}") {
            let _ = (Phone::parse(&text), Email::parse(&text));
        }

        #[test]
        fn what_was_read_reads_back(text in "[2-9][0-9]{2}[2-9][0-9]{6}") {
            let phone = Phone::parse(&text).unwrap();
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
        }
    }
}
