//! Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, six digits, 30 seconds.

use aws_lc_rs::{hmac, rand};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::crypto::refresh::NoRandomness;

/// Seconds of a step.
const STEP: i64 = 30;
/// RFC 4226 section 4 recommends 160 bits.
const SECRET_BYTES: usize = 20;
/// A code of the step before and of the one after is taken too: clocks differ, and people type slowly.
const DRIFT: i64 = 1;
const MODULUS: u32 = 1_000_000;

/// The secret that an authenticator app shares with us.
pub(crate) struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    /// A new secret.
    pub(crate) fn generate() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new(vec![0; SECRET_BYTES]);
        rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(bytes))
    }

    /// A secret in the form in which people type it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        BASE32_NOPAD.decode(text.as_bytes()).ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The form in which people type it.
    pub(crate) fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The step of the code, if it is the code of about now and of a step after `last`: a code that was taken once, or
    /// is older than one that was, is refused.
    pub(crate) fn step_of(&self, code: &str, now: Timestamp, last: Option<i64>) -> Option<i64> {
        let typed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if typed.len() != 6 {
            return None;
        }
        let present = now.as_second().div_euclid(STEP);
        let fresh = |step: &i64| last.is_none_or(|last| *step > last);
        // All of them are computed, whichever is right.
        let right: Vec<i64> = (present - DRIFT..=present + DRIFT).filter(|step| self.code_at(*step) == typed).collect();
        right.into_iter().find(fresh)
    }

    /// The code of a step (RFC 4226 section 5.3).
    fn code_at(&self, step: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let digest = tag.as_ref();
        let offset = digest.last().map_or(0, |byte| usize::from(byte & 0x0f));
        let part = digest.get(offset..offset + 4).and_then(|part| <[u8; 4]>::try_from(part).ok()).unwrap_or_default();
        format!("{:06}", (u32::from_be_bytes(part) & 0x7fff_ffff) % MODULUS)
    }

    /// What the QR code says: the key URI that authenticator apps read.
    pub(crate) fn uri(&self, account: &str) -> String {
        let account: String = url_part(account);
        format!(
            "otpauth://totp/Autolytiq:{account}?secret={}&issuer=Autolytiq&algorithm=SHA1&digits=6&period=30",
            self.text()
        )
    }
}

/// Percent-encodes what is not unreserved (RFC 3986 section 2.3).
fn url_part(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use zeroize::Zeroizing;

    use super::{STEP, TotpSecret};

    fn rfc() -> TotpSecret {
        TotpSecret(Zeroizing::new(b"12345678901234567890".to_vec()))
    }

    /// RFC 6238 appendix B, the rows of SHA-1, of whose eight digits the last six are a six-digit code.
    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000_i64, "65353130"),
        ] {
            assert_eq!(rfc().code_at(seconds / STEP), code[2..], "{seconds}");
            let now = Timestamp::from_second(seconds).unwrap();
            assert_eq!(rfc().step_of(&code[2..], now, None), Some(seconds / STEP));
        }
    }

    #[test]
    fn a_code_is_taken_once_and_for_a_minute_and_a_half_at_most() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let (code, step) = ("287082", 59 / STEP);
        assert_eq!(rfc().step_of(" 287 082 ", at(59), None), Some(step));
        for late in [0, 29, 30, 89] {
            assert_eq!(rfc().step_of(code, at(late), None), Some(step), "{late}");
        }
        assert_eq!(rfc().step_of(code, at(90), None), None, "too late");
        assert_eq!(rfc().step_of(code, at(59), Some(step)), None, "taken already");
        assert_eq!(rfc().step_of(code, at(59), Some(step + 1)), None, "older than one that was taken");
        for wrong in ["287083", "28708", "2870822", "", "٢٨٧٠٨٢"] {
            assert_eq!(rfc().step_of(wrong, at(59), None), None, "{wrong}");
        }
    }

    #[test]
    fn the_uri_names_the_account_and_carries_the_secret_in_base32() {
        // RFC 4648 base32 of "12345678901234567890".
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert_eq!(rfc().text(), secret);
        assert_eq!(TotpSecret::parse(secret).unwrap().text(), secret);
        let uri = rfc().uri("ada+1@example.com");
        assert!(uri.starts_with("otpauth://totp/Autolytiq:ada%2B1%40example.com?secret=GEZDGNBV"), "{uri}");
        let (one, two) = (TotpSecret::generate().unwrap(), TotpSecret::generate().unwrap());
        assert!(one.text().len() == 32 && one.text() != two.text());
    }
}
