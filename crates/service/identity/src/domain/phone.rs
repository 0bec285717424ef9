//! Numbers that text messages go to.

/// A number as E.164 writes it: a plus and at most fifteen digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextNumber(String);

impl TextNumber {
    /// Reads a number as people write it. Without a plus it is one of North America's: ten digits, or eleven that begin
    /// with a one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.chars().all(|c| c.is_ascii_digit() || "+-.() ".contains(c)) || text.rfind('+').is_some_and(|at| at > 0)
        {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let whole = match (text.starts_with('+'), digits.len()) {
            (true, 8..=15) if !digits.starts_with('0') => digits,
            (false, 10) => format!("1{digits}"),
            (false, 11) if digits.starts_with('1') => digits,
            _ => return None,
        };
        // In North America neither the area nor the exchange begins with a nought or a one.
        let in_plan = |from: usize| whole.as_bytes().get(from).is_some_and(|digit| (b'2'..=b'9').contains(digit));
        if whole.starts_with('1') && !(whole.len() == 11 && in_plan(1) && in_plan(4)) {
            return None;
        }
        Some(Self(format!("+{whole}")))
    }

    /// For the provider, and for what is sealed.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// As its person recognises it and nobody else learns it: the last four digits.
    pub(crate) fn masked(&self) -> String {
        let last: String = self.0.chars().skip(self.0.len().saturating_sub(4)).collect();
        format!("•••• {last}")
    }
}

#[cfg(test)]
mod tests {
    use super::TextNumber;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["(214) 555-0123", "214.555.0123", "1 214 555 0123", "+1 214-555-0123", " 2145550123 "] {
            assert_eq!(TextNumber::parse(text).unwrap().as_str(), "+12145550123", "{text}");
        }
        // An example of Ofcom's for drama.
        assert_eq!(TextNumber::parse("+44 7700 900123").unwrap().as_str(), "+447700900123");
        for text in [
            "",
            "5550123",
            "114 555 0123",
            "+1 214 055 0123",
            "+0123456789",
            "214 555 0123 x9",
            "2+14 555 0123",
            "+1234567890123456",
        ] {
            assert_eq!(TextNumber::parse(text), None, "{text}");
        }
        assert_eq!(TextNumber::parse("(214) 555-0123").unwrap().masked(), "•••• 0123");
    }
}
