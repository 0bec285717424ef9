//! E-mail addresses, by which people sign in.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// An address a person signs in with, in the one spelling we keep: trimmed, lower case, ASCII.
///
/// The local part is lowered too. RFC 5321 lets a host tell cases apart, and no mail host that people use does; two
/// accounts that differ only in case would be one person locked out of one of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A text that is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write an e-mail address like ada@example.com, at most 254 characters, without accents or spaces")]
pub struct NotAnEmail;

/// The longest address SMTP can carry (RFC 5321 section 4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;
/// The longest part before the at sign (RFC 5321 section 4.5.3.1.1).
const LONGEST_LOCAL_PART: usize = 64;

impl Email {
    /// Reads an address as a person typed it.
    ///
    /// # Errors
    /// [`NotAnEmail`] when it has not the shape `local@host.domain`.
    pub fn parse(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim().to_ascii_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let dotted = |part: &str, allowed: fn(u8) -> bool| {
            !part.is_empty() && part.split('.').all(|piece| !piece.is_empty() && piece.bytes().all(allowed))
        };
        let local_fits = local.len() <= LONGEST_LOCAL_PART && dotted(local, is_atom_byte);
        let domain_fits = domain.contains('.') && dotted(domain, |b| b.is_ascii_alphanumeric() || b == b'-');
        (text.len() <= LONGEST && local_fits && domain_fits).then_some(Self(text)).ok_or(NotAnEmail)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the at sign.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, host)| host)
    }

    /// The part before the at sign.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or(self.0.as_str(), |(local, _)| local)
    }
}

/// What may stand in a dot-atom (RFC 5322 section 3.2.3). Quoted local parts are refused.
fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// What stands for an account in the table of failed log-ins: the hash of whatever was typed as the address.
///
/// It is the same for known and unknown accounts, so the count tells nobody which exist; and since people type
/// passwords into the wrong field, the text itself is not kept.
#[must_use]
pub(crate) fn account_digest(typed: &str) -> [u8; 32] {
    Sha256::digest(typed.trim().to_ascii_lowercase()).into()
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Email, account_digest};

    proptest! {
        #[test]
        fn what_was_read_reads_the_same_again(text in ".{0,80}", local in "[a-zA-Z0-9.+_-]{1,20}", host in "[a-zA-Z0-9.-]{1,20}") {
            for typed in [text, format!("{local}@{host}.com")] {
                if let Ok(email) = Email::parse(&typed) {
                    prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
                    prop_assert_eq!(account_digest(&typed), account_digest(email.as_str()), "one count for one account");
                }
            }
        }
    }

    #[test]
    fn one_spelling_for_what_people_type() {
        assert_eq!(Email::parse("  Ada.Lovelace@Example.COM ").unwrap().as_str(), "ada.lovelace@example.com");
        assert_eq!(account_digest(" Ada@example.com"), account_digest("ada@EXAMPLE.com"));
    }

    #[test]
    fn what_is_no_address() {
        let long = format!("{}@example.com", "a".repeat(65));
        for text in [
            "",
            "@",
            "ada",
            "ada@",
            "@example.com",
            "a b@example.com",
            "ada@localhost",
            "ada@.com",
            "ä@example.com",
            "a..b@example.com",
            &long,
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }
}
