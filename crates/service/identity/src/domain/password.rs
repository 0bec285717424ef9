//! What we take for a password.

use std::{collections::BTreeSet, fmt};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

use super::{email::Email, name::Name};

/// A password as it came in, before anything is known about it. `Debug` shows nothing and memory is wiped on drop.
#[derive(Clone)]
pub struct TypedPassword(SecretString);

/// At most this many characters.
pub(crate) const LONGEST: usize = 128;
/// At least this many characters.
pub(crate) const SHORTEST: usize = 12;
/// At least this many different characters: refuses `aaaaaaaaaaaa` and `121212121212`.
const FEWEST_DIFFERENT: usize = 5;

impl TypedPassword {
    /// Wraps a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(SecretString::from(text))
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for TypedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedPassword(…)")
    }
}

impl<'de> Deserialize<'de> for TypedPassword {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(SecretString::from(text)))
    }
}

/// A password that may be set for a person.
#[derive(Debug, Clone)]
pub(crate) struct NewPassword(TypedPassword);

/// Why a password may not be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than 12 characters.
    #[error("a password has at least 12 characters")]
    TooShort,
    /// More than 128 characters.
    #[error("a password has at most 128 characters")]
    TooLong,
    /// Only a few different characters.
    #[error("use at least 5 different characters")]
    TooUniform,
    /// An attacker who knows how people make passwords would soon have it.
    #[error("this is too easy to guess: {0}")]
    Guessable(&'static str),
    /// The one it is to replace.
    #[error("take another one than before")]
    Same,
    /// The e-mail address or the name, perhaps repeated or with some digits after it.
    #[error("do not make the password of the e-mail address or the name")]
    Personal,
}

impl WeakPassword {
    /// The stable word for a program.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::TooUniform => "too-uniform",
            Self::Guessable(_) => "guessable",
            Self::Same => "same",
            Self::Personal => "personal",
        }
    }
}

impl NewPassword {
    /// A password that was drawn at random and that nobody will know: there is nothing in it to guess.
    pub(crate) const fn of_nobody(drawn: TypedPassword) -> Self {
        Self(drawn)
    }

    /// Accepts a password for the person with this name and address.
    ///
    /// # Errors
    /// [`WeakPassword`] says what is wrong with it.
    pub(crate) fn accept(typed: TypedPassword, email: &Email, name: &Name) -> Result<Self, WeakPassword> {
        let text = typed.expose();
        let length = text.chars().count();
        if length < SHORTEST {
            return Err(WeakPassword::TooShort);
        }
        if length > LONGEST {
            return Err(WeakPassword::TooLong);
        }
        if text.chars().collect::<BTreeSet<_>>().len() < FEWEST_DIFFERENT {
            return Err(WeakPassword::TooUniform);
        }
        if is_made_of(text, email, name) {
            return Err(WeakPassword::Personal);
        }
        super::guess::check(text, email, name)?;
        Ok(Self(typed))
    }

    pub(crate) fn typed(&self) -> &TypedPassword {
        &self.0
    }
}

/// Whether little is left of the text once the person's address and name are taken out of it.
fn is_made_of(text: &str, email: &Email, name: &Name) -> bool {
    /// What must remain of a password that mentions its owner.
    const OWN_PART: usize = 8;
    let squeeze = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<String>();
    let mut rest = squeeze(text);
    let whole = rest.chars().count();
    let mut parts = vec![squeeze(email.as_str()), squeeze(email.local_part()), squeeze(name.as_str())];
    parts.extend(name.as_str().split(' ').map(squeeze));
    parts.extend(email.as_str().split(['@', '.', '+', '-', '_']).map(squeeze));
    parts.retain(|part| part.chars().count() >= 3);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    for part in &parts {
        rest = rest.replace(part.as_str(), "");
    }
    let left = rest.chars().count();
    left < whole && left < OWN_PART
}

#[cfg(test)]
mod tests {
    use super::{NewPassword, TypedPassword, WeakPassword};
    use crate::domain::{email::Email, name::Name};

    fn accept(text: &str) -> Result<(), WeakPassword> {
        let (email, name) = (Email::parse("ada.lovelace@example.com").unwrap(), Name::parse("Ada Lovelace").unwrap());
        NewPassword::accept(TypedPassword::new(text), &email, &name).map(drop)
    }

    #[test]
    fn the_floor_is_twelve_characters_of_ones_own() {
        assert_eq!(accept("correct horse battery"), Ok(()));
        assert_eq!(accept("elf chars 1!"), Ok(()));
        assert_eq!(accept("eleven char"), Err(WeakPassword::TooShort));
        assert_eq!(accept(&"long enough, ".repeat(10)), Err(WeakPassword::TooLong));
        assert_eq!(accept("121212121212"), Err(WeakPassword::TooUniform));
    }

    #[test]
    fn the_owner_is_no_secret() {
        for text in ["ada.lovelace@example.com", "AdaLovelace2026", "lovelace.ada.1815", "LovelaceLovelace"] {
            assert_eq!(accept(text), Err(WeakPassword::Personal), "{text}");
        }
        assert_eq!(accept("ada writes looms in brass"), Ok(()));
    }

    #[test]
    fn nothing_is_shown_of_it() {
        assert!(!format!("{:?}", TypedPassword::new("correct horse battery")).contains("horse"));
    }
}
