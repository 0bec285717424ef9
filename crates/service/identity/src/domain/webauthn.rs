//! Passkeys: what an authenticator sends, verified as Web Authentication Level 3 says (sections 7.1 and 7.2).
//!
//! No attestation is asked for, so a registration carries no signature: whoever registers is already known, and what
//! counts is that every later proof is signed by the key that was registered. The key comes as the browser gives it,
//! a `SubjectPublicKeyInfo`.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, VerificationAlgorithm,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const USER_PRESENT: u8 = 0x01;
const HAS_CREDENTIAL: u8 = 0x40;
/// Hash, flags and counter.
const SHORTEST: usize = 37;

/// The site that passkeys are bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    /// The relying party's id: the host.
    pub(crate) id: String,
    /// The one origin; none for an installation without a public address, which is reached as localhost alone.
    pub(crate) origin: Option<String>,
}

/// What is wrong with what an authenticator sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadPasskey {
    #[error("it cannot be read")]
    Malformed,
    #[error("it is of another kind, challenge or site")]
    Foreign,
    #[error("nobody touched the authenticator")]
    NobodyThere,
    #[error("the key is of no kind that was asked for")]
    UnknownKey,
    #[error("the signature is wrong")]
    Signature,
    #[error("the counter went back: there is a copy of the authenticator")]
    Cloned,
}

/// A ceremony, as its message names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ceremony {
    Create,
    Get,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// A registered passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passkey {
    pub(crate) credential: Vec<u8>,
    pub(crate) public_key: Vec<u8>,
    pub(crate) counter: u32,
}

/// A new credential as the browser sends it.
pub(crate) struct Registration<'a> {
    pub(crate) credential: &'a [u8],
    pub(crate) client_data: &'a [u8],
    pub(crate) authenticator_data: &'a [u8],
    pub(crate) public_key: &'a [u8],
}

/// A proof as the browser sends it.
pub(crate) struct Assertion<'a> {
    pub(crate) client_data: &'a [u8],
    pub(crate) authenticator_data: &'a [u8],
    pub(crate) signature: &'a [u8],
}

/// Accepts a new passkey for a challenge (section 7.1).
pub(crate) fn register(site: &Site, challenge: &str, new: &Registration<'_>) -> Result<Passkey, BadPasskey> {
    check_client_data(site, Ceremony::Create, challenge, new.client_data)?;
    let data = AuthenticatorData::read(site, new.authenticator_data)?;
    if data.flags & HAS_CREDENTIAL == 0 || data.credential()? != new.credential {
        return Err(BadPasskey::Malformed);
    }
    algorithm_of(new.public_key)?;
    Ok(Passkey { credential: new.credential.to_vec(), public_key: new.public_key.to_vec(), counter: data.counter })
}

/// Verifies a proof for a challenge (section 7.2); gives the new counter.
pub(crate) fn verify(
    site: &Site,
    challenge: &str,
    passkey: &Passkey,
    proof: &Assertion<'_>,
) -> Result<u32, BadPasskey> {
    check_client_data(site, Ceremony::Get, challenge, proof.client_data)?;
    let data = AuthenticatorData::read(site, proof.authenticator_data)?;
    let mut signed = proof.authenticator_data.to_vec();
    signed.extend_from_slice(&Sha256::digest(proof.client_data));
    let key = ParsedPublicKey::new(algorithm_of(&passkey.public_key)?, &passkey.public_key)
        .map_err(|_| BadPasskey::UnknownKey)?;
    key.verify_sig(&signed, proof.signature).map_err(|_| BadPasskey::Signature)?;
    // An authenticator without a counter says zero each time.
    let counts = data.counter > 0 || passkey.counter > 0;
    if counts && data.counter <= passkey.counter { Err(BadPasskey::Cloned) } else { Ok(data.counter) }
}

fn check_client_data(site: &Site, ceremony: Ceremony, challenge: &str, bytes: &[u8]) -> Result<(), BadPasskey> {
    let data: ClientData = serde_json::from_slice(bytes).map_err(|_| BadPasskey::Malformed)?;
    let kind = match ceremony {
        Ceremony::Create => "webauthn.create",
        Ceremony::Get => "webauthn.get",
    };
    let at_home = match &site.origin {
        Some(origin) => data.origin == *origin,
        None => data.origin == "http://localhost" || data.origin.starts_with("http://localhost:"),
    };
    if data.kind == kind && data.challenge == challenge && at_home && !data.cross_origin {
        Ok(())
    } else {
        Err(BadPasskey::Foreign)
    }
}

struct AuthenticatorData<'a> {
    flags: u8,
    counter: u32,
    rest: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    fn read(site: &Site, bytes: &'a [u8]) -> Result<Self, BadPasskey> {
        let (head, rest) = bytes.split_at_checked(SHORTEST).ok_or(BadPasskey::Malformed)?;
        let (hash, head) = head.split_at_checked(32).ok_or(BadPasskey::Malformed)?;
        let (flags, counter) = head.split_first().ok_or(BadPasskey::Malformed)?;
        if hash != Sha256::digest(site.id.as_bytes()).as_slice() {
            return Err(BadPasskey::Foreign);
        }
        if flags & USER_PRESENT == 0 {
            return Err(BadPasskey::NobodyThere);
        }
        let counter = u32::from_be_bytes(counter.try_into().map_err(|_| BadPasskey::Malformed)?);
        Ok(Self { flags: *flags, counter, rest })
    }

    /// The id of a new credential: behind the authenticator's model of 16 bytes and a length of two.
    fn credential(&self) -> Result<&'a [u8], BadPasskey> {
        let (_, rest) = self.rest.split_at_checked(16).ok_or(BadPasskey::Malformed)?;
        let (length, rest) = rest.split_at_checked(2).ok_or(BadPasskey::Malformed)?;
        let length = u16::from_be_bytes(length.try_into().map_err(|_| BadPasskey::Malformed)?);
        rest.get(..usize::from(length)).ok_or(BadPasskey::Malformed)
    }
}

/// The algorithm of a key: ES256, EdDSA or RS256, which are all that is asked for.
fn algorithm_of(public_key: &[u8]) -> Result<&'static dyn VerificationAlgorithm, BadPasskey> {
    let known: [&'static dyn VerificationAlgorithm; 3] =
        [&ECDSA_P256_SHA256_ASN1, &ED25519, &RSA_PKCS1_2048_8192_SHA256];
    // Only the whole structure says what the key is for; a bare point is not taken.
    if public_key.first() != Some(&0x30) {
        return Err(BadPasskey::UnknownKey);
    }
    known
        .into_iter()
        .find(|algorithm| ParsedPublicKey::new(*algorithm, public_key).is_ok())
        .ok_or(BadPasskey::UnknownKey)
}

/// Bytes as they travel in JSON.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes as they travelled.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, BadPasskey> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| BadPasskey::Malformed)
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::{Assertion, BadPasskey, Passkey, Registration, Site, encode, register, verify};

    /// Web Authentication Level 3, section 16.2: an ES256 credential without attestation.
    const ID: &str = "f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4";
    const NEW_CHALLENGE: &str = "00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130";
    const NEW_CLIENT: &str = "7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d507434557878475453746e63647134313759447742466938767049612d7077386f4f755657345441222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a20426b5165446a646354427258426941774a544c453551227d";
    const NEW_DATA: &str = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220";
    /// The key's coordinates from the example, behind the `SubjectPublicKeyInfo` of P-256 (RFC 5480).
    const KEY: &str = "3059301306072a8648ce3d020106082a8648ce3d03010703420004afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220";
    const CHALLENGE: &str = "39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408";
    const CLIENT: &str = "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158756c5455506f334a5558543049393770767a7a59425039745a63685879617630314167222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73657d";
    const DATA: &str = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000";
    const SIGNATURE: &str = "3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87";

    fn hex(text: &str) -> Vec<u8> {
        HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    fn site() -> Site {
        Site { id: "example.org".to_owned(), origin: Some("https://example.org".to_owned()) }
    }

    fn registered() -> Result<Passkey, BadPasskey> {
        let (id, client, data, key) = (hex(ID), hex(NEW_CLIENT), hex(NEW_DATA), hex(KEY));
        let new = Registration { credential: &id, client_data: &client, authenticator_data: &data, public_key: &key };
        register(&site(), &encode(&hex(NEW_CHALLENGE)), &new)
    }

    fn proved(site: &Site, challenge: &str, passkey: &Passkey, signature: &str) -> Result<u32, BadPasskey> {
        let (client, data, signature) = (hex(CLIENT), hex(DATA), hex(signature));
        let proof = Assertion { client_data: &client, authenticator_data: &data, signature: &signature };
        verify(site, &encode(&hex(challenge)), passkey, &proof)
    }

    #[test]
    fn the_examples_of_the_specification_are_accepted() {
        let passkey = registered().unwrap();
        assert_eq!((passkey.credential.clone(), passkey.counter), (hex(ID), 0));
        assert_eq!(proved(&site(), CHALLENGE, &passkey, SIGNATURE), Ok(0));
    }

    #[test]
    fn another_challenge_site_key_or_counter_is_refused() {
        let passkey = registered().unwrap();
        assert_eq!(proved(&site(), NEW_CHALLENGE, &passkey, SIGNATURE), Err(BadPasskey::Foreign));
        let elsewhere = Site { origin: Some("https://example.net".to_owned()), ..site() };
        assert_eq!(proved(&elsewhere, CHALLENGE, &passkey, SIGNATURE), Err(BadPasskey::Foreign));
        let other_id = Site { id: "example.net".to_owned(), ..site() };
        assert_eq!(proved(&other_id, CHALLENGE, &passkey, SIGNATURE), Err(BadPasskey::Foreign));
        let at_home = Site { id: "localhost".to_owned(), origin: None };
        assert_eq!(proved(&at_home, CHALLENGE, &passkey, SIGNATURE), Err(BadPasskey::Foreign));
        let altered = format!("{}88", &SIGNATURE[..SIGNATURE.len() - 2]);
        assert_eq!(proved(&site(), CHALLENGE, &passkey, &altered), Err(BadPasskey::Signature));
        let seen = Passkey { counter: 7, ..passkey.clone() };
        assert_eq!(proved(&site(), CHALLENGE, &seen, SIGNATURE), Err(BadPasskey::Cloned));
        for key in ["", "04", "3000", &KEY[..60]] {
            let key = Passkey { public_key: hex(key), ..passkey.clone() };
            assert_eq!(proved(&site(), CHALLENGE, &key, SIGNATURE), Err(BadPasskey::UnknownKey));
        }
    }

    #[test]
    fn nobody_there_and_half_a_message_are_refused() {
        let passkey = registered().unwrap();
        let (client, mut data, signature) = (hex(CLIENT), hex(DATA), hex(SIGNATURE));
        let proof = |data: &[u8], client: &[u8]| {
            let proof = Assertion { client_data: client, authenticator_data: data, signature: &signature };
            verify(&site(), &encode(&hex(CHALLENGE)), &passkey, &proof)
        };
        for length in 0..data.len() {
            assert_eq!(proof(&data[..length], &client), Err(BadPasskey::Malformed), "{length}");
        }
        assert_eq!(proof(&data, b"{}"), Err(BadPasskey::Malformed));
        data[32] &= !1;
        assert_eq!(proof(&data, &client), Err(BadPasskey::NobodyThere));
    }
}
