//! Codes that are sent: six digits, good once and for ten minutes, for whom they were sent to.

use aws_lc_rs::{constant_time, rand};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::factor::Method;
use crate::crypto::refresh::NoRandomness;

/// How long somebody may look for the message.
pub(crate) const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

const CODES: u32 = 1_000_000;
/// The numbers of 32 bits below this are so many millions whole, so each code is as likely as any other.
const FAIR: u32 = u32::MAX - u32::MAX % CODES;

/// How a code is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CodeChannel)]
pub(crate) enum Channel {
    /// To the address one signs in with.
    Email,
    /// As a text message, to the number of the factor.
    Sms,
}

impl Channel {
    /// What it proves.
    pub(crate) const fn method(self) -> Method {
        match self {
            Self::Email => Method::Email,
            Self::Sms => Method::Sms,
        }
    }

    /// The kind of factor, and of the challenge that proves it.
    pub(crate) const fn kind(self) -> &'static str {
        self.method().as_str()
    }

    /// The kind of the challenge that sets it up: a code for one is none for the other.
    pub(crate) const fn enrolment(self) -> &'static str {
        match self {
            Self::Email => "email_enrolment",
            Self::Sms => "sms_enrolment",
        }
    }

    /// The channel of a kind of factor.
    pub(crate) fn of_kind(kind: &str) -> Option<Self> {
        [Self::Email, Self::Sms].into_iter().find(|channel| channel.kind() == kind)
    }
}

/// A new code, as it is sent.
pub(crate) fn generate() -> Result<String, NoRandomness> {
    loop {
        let mut bytes = [0; 4];
        rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
        let drawn = u32::from_be_bytes(bytes);
        if drawn < FAIR {
            return Ok(format!("{:06}", drawn % CODES));
        }
    }
}

/// What is kept of a code, for the holder it was sent to. It is sealed besides: so few codes are soon tried.
pub(crate) fn digest(holder: [u8; 32], code: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(holder);
    hash.update(code.as_bytes());
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// Whether this is the code that was sent, whichever way it was typed.
pub(crate) fn is_it(kept: &str, holder: [u8; 32], typed: &str) -> bool {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    constant_time::verify_slices_are_equal(kept.as_bytes(), digest(holder, &typed).as_bytes()).is_ok()
}

/// An address as its person recognises it and nobody else learns it.
pub(crate) fn masked_address(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

#[cfg(test)]
mod tests {
    use super::{digest, generate, is_it, masked_address};

    #[test]
    fn a_code_has_six_digits_and_is_its_holders() {
        let (one, two) = ([1; 32], [2; 32]);
        let code = generate().unwrap();
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        let kept = digest(one, &code);
        assert!(!kept.contains(&code));
        assert!(is_it(&kept, one, &format!(" {} {} ", &code[..3], &code[3..])));
        assert!(!is_it(&kept, two, &code));
        assert!(!is_it(&kept, one, &code[..5]));
    }

    #[test]
    fn codes_with_noughts_at_the_front_come_too() {
        // One in ten begins with a nought: among 500 none does once in 10^22 times.
        assert!((0..500).any(|_| generate().unwrap().starts_with('0')));
    }

    #[test]
    fn an_address_is_told_by_its_first_letter_and_its_domain() {
        assert_eq!(masked_address("noor.haddad@prairie.example"), "n•••@prairie.example");
    }
}
