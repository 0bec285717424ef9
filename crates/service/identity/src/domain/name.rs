//! Names of people, stores and groups, and other short texts of one line.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name as people write it: 1 to 120 characters on one line, trimmed, inner runs of spaces made one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

/// A text that is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write 1 to 120 characters on one line")]
pub struct NotAName;

const LONGEST: usize = 120;

impl Name {
    /// Reads a name as a person typed it.
    ///
    /// # Errors
    /// [`NotAName`] when nothing is left after trimming, when it is too long, or when it has control characters.
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        if text.chars().any(char::is_control) {
            return Err(NotAName);
        }
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        ((1..=LONGEST).contains(&name.chars().count())).then_some(Self(name)).ok_or(NotAName)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = NotAName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn names_are_trimmed_and_stay_on_one_line() {
        assert_eq!(Name::parse("  Ada   Lovelace ").unwrap().as_str(), "Ada Lovelace");
        assert!(Name::parse("  ").is_err());
        assert!(Name::parse("Ada\nLovelace").is_err());
        assert!(Name::parse(&"é".repeat(120)).is_ok());
        assert!(Name::parse(&"é".repeat(121)).is_err());
    }
}
