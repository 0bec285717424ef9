//! ID tokens (OpenID Connect Core 1.0, section 3.1.3.7).

use jiff::Timestamp;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The algorithms a provider may sign with. None of them takes a shared secret: a token that asks for `none`, or for an
/// HMAC with the provider's public key as the secret, is refused before a key is looked for.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// How far the provider's clock may be from ours, in seconds.
const LEEWAY: i64 = 60;
/// A token is exchanged within seconds; one made longer ago is not of this sign-in.
const OLDEST: i64 = 10 * 60;

/// What the token must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The issuer, letter for letter.
    pub issuer: &'a str,
    /// Us, as the provider knows us.
    pub client_id: &'a str,
    /// What was sent with the browser.
    pub nonce: &'a str,
    /// The time.
    pub now: Timestamp,
}

/// Who the provider says that signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider's name for them, which never changes and is never given to another.
    pub subject: String,
    /// Whether the provider asked for a second factor (RFC 8176).
    pub second_factor: bool,
    claims: Map<String, Value>,
}

impl Identity {
    /// Their address, if the provider has verified it. Entra ID says so by a claim of its own (`xms_edov`: the owner of
    /// the address's domain is verified); some providers write the word instead of the value.
    #[must_use]
    pub fn verified_email(&self) -> Option<&str> {
        let says = |claim: &str| match self.claims.get(claim) {
            Some(Value::Bool(value)) => *value,
            Some(Value::String(text)) => text == "true" || text == "1",
            Some(Value::Number(number)) => number.as_u64() == Some(1),
            _ => false,
        };
        self.text("email").filter(|_| says("email_verified") || says("xms_edov"))
    }

    /// Their name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.text("name")
    }

    /// The texts of a claim: one, or several as an array. Others have none.
    #[must_use]
    pub fn texts(&self, claim: &str) -> Vec<&str> {
        match self.claims.get(claim) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the token tells an address; if not, the provider's user-information endpoint may.
    pub(crate) fn tells_email(&self) -> bool {
        self.claims.contains_key("email")
    }

    /// Adds what the user-information endpoint says; what the token said stays. An answer about somebody else is none
    /// (OpenID Connect Core 1.0, section 5.3.2).
    pub(crate) fn complete(&mut self, more: Map<String, Value>) -> Result<(), TokenRefused> {
        if more.get("sub").and_then(Value::as_str) != Some(&self.subject) {
            return Err(TokenRefused::NotForUs("somebody else's information"));
        }
        for (name, value) in more {
            self.claims.entry(name).or_insert(value);
        }
        Ok(())
    }

    fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim).and_then(Value::as_str)
    }
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// It is no token, or asks for an algorithm we do not take.
    #[error("its header cannot be used")]
    Header,
    /// The issuer publishes no such key.
    #[error("its key is not among those the issuer publishes")]
    Key,
    /// It was not made with that key, or its claims are none.
    #[error("its signature is wrong")]
    Signature,
    /// Another issuer, another client or another sign-in.
    #[error("it is not for us: {0}")]
    NotForUs(&'static str),
    /// Too old, or not yet good.
    #[error("it is not of this time")]
    Time,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn is_for(&self, client: &str, party: Option<&str>) -> bool {
        match self {
            _ if party.is_some_and(|party| party != client) => false,
            Self::One(only) => only == client,
            Self::Several(all) => all.iter().any(|one| one == client) && (all.len() == 1 || party.is_some()),
        }
    }
}

/// Verifies a token against the keys the issuer publishes.
///
/// # Errors
/// [`TokenRefused`].
pub fn verify(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<Identity, TokenRefused> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| TokenRefused::Header)?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(TokenRefused::Header);
    }
    let key = key_for(keys, header.kid.as_deref(), header.alg).filter(|key| verifies(key)).ok_or(TokenRefused::Key)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| TokenRefused::Key)?;
    let mut validation = Validation::new(header.alg);
    // Everything below is checked by us, against the clock we are given and with the reasons apart.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| TokenRefused::Signature)?.claims;
    checked(claims, expected)
}

/// Whether a published key can verify a token of an algorithm that we take.
pub(crate) fn verifies(key: &Jwk) -> bool {
    !matches!(key.algorithm, AlgorithmParameters::OctetKey(_)) && DecodingKey::from_jwk(key).is_ok()
}

/// The key a token names; without a name, the only one there is.
fn key_for<'a>(keys: &'a JwkSet, kid: Option<&str>, algorithm: Algorithm) -> Option<&'a Jwk> {
    let fits = |key: &&Jwk| {
        let for_signatures = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
        let named = key.common.key_algorithm.and_then(|name| name.to_string().parse::<Algorithm>().ok());
        for_signatures && named.is_none_or(|named| named == algorithm)
    };
    match kid {
        Some(kid) => keys.find(kid).filter(fits),
        None => match keys.keys.as_slice() {
            [only] => Some(only).filter(fits),
            _ => None,
        },
    }
}

fn checked(claims: Claims, expected: &Expected<'_>) -> Result<Identity, TokenRefused> {
    if claims.iss != expected.issuer {
        return Err(TokenRefused::NotForUs("another issuer"));
    }
    if !claims.aud.is_for(expected.client_id, claims.azp.as_deref()) {
        return Err(TokenRefused::NotForUs("another audience"));
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(TokenRefused::NotForUs("another sign-in"));
    }
    let now = expected.now.as_second();
    if claims.exp <= now - LEEWAY || claims.iat > now + LEEWAY || claims.iat < now - OLDEST {
        return Err(TokenRefused::Time);
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err(TokenRefused::NotForUs("no subject"));
    }
    let second_factor = claims.amr.iter().any(|method| method == "mfa");
    Ok(Identity { subject: claims.sub, second_factor, claims: claims.others })
}
