//! Access tokens: JWT, RS256, 15 minutes (RFC 7519, profile of RFC 9068).

use autolytiq_kernel::{DealershipId, PersonId, Role, SessionId};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};

use super::keys::{KeyError, KeyRing};

/// How long an access token is good for.
pub(crate) const LIFETIME: SignedDuration = SignedDuration::from_mins(15);
/// Who the tokens are for: the product's own API.
const AUDIENCE: &str = "autolytiq-api";
/// The header's `typ` (RFC 9068 section 2.1): no other kind of JWT passes for an access token.
const TYPE: &str = "at+jwt";

/// What an access token says. All of it is a hint but the session: who may do what is looked up at each request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    pub(crate) aud: String,
    /// The person.
    pub(crate) sub: PersonId,
    /// The session, which can be ended at any moment.
    pub(crate) sid: SessionId,
    /// The store the token acts for.
    pub(crate) act: DealershipId,
    /// The role there when the token was made.
    pub(crate) role: Role,
    /// When the person last proved who they are (OpenID Connect Core, section 2). Tokens of before it count as never.
    #[serde(default)]
    pub(crate) auth_time: i64,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
}

/// Why a token is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    /// Not one of our tokens: shape, algorithm, key, signature, issuer or audience.
    #[error("this is no access token of ours: {0}")]
    Invalid(&'static str),
    /// It was good once.
    #[error("the access token has expired")]
    Expired,
}

/// Who a new token is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) person: PersonId,
    pub(crate) session: SessionId,
    pub(crate) acting: DealershipId,
    pub(crate) role: Role,
    /// When the person last proved who they are.
    pub(crate) confirmed_at: Timestamp,
    /// When the session ends, and every token of it.
    pub(crate) not_after: Timestamp,
}

/// Makes and checks access tokens for one issuer.
#[derive(Debug)]
pub(crate) struct AccessTokens {
    keys: KeyRing,
    issuer: String,
    validation: Validation,
}

impl AccessTokens {
    pub(crate) fn new(keys: KeyRing, issuer: &str) -> Self {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library would ask the operating system for the time; `verify` asks the clock it is given.
        validation.validate_exp = false;
        Self { keys, issuer: issuer.to_owned(), validation }
    }

    pub(crate) fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// Signs a token for the subject.
    pub(crate) fn issue(&self, subject: Subject, now: Timestamp) -> Result<String, KeyError> {
        let key = self.keys.signing();
        let iat = now.as_second();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: subject.person,
            sid: subject.session,
            act: subject.acting,
            role: subject.role,
            auth_time: subject.confirmed_at.as_second(),
            iat,
            exp: (iat + LIFETIME.as_secs()).min(subject.not_after.as_second()),
        };
        let header =
            Header { typ: Some(TYPE.to_owned()), kid: Some(key.kid().to_owned()), ..Header::new(Algorithm::RS256) };
        jsonwebtoken::encode(&header, &claims, key.encoding()).map_err(KeyError::Sign)
    }

    /// What the token says, if it is ours and still good.
    ///
    /// The algorithm is decided here and never by the token, and the key by a `kid` that we made: a token that asks for
    /// `none`, for HS256 with our public key as the secret, or for a key of its own, fails before its claims are read.
    pub(crate) fn verify(&self, token: &str, now: Timestamp) -> Result<Claims, TokenError> {
        let header =
            jsonwebtoken::decode_header(token).map_err(|_| TokenError::Invalid("its header cannot be read"))?;
        if header.alg != Algorithm::RS256 || header.typ.as_deref() != Some(TYPE) {
            return Err(TokenError::Invalid("wrong algorithm or type"));
        }
        let kid = header.kid.ok_or(TokenError::Invalid("no key is named"))?;
        let key = self.keys.verifying(&kid, now).ok_or(TokenError::Invalid("unknown key"))?;
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &self.validation)
            .map_err(|_| TokenError::Invalid("signature, issuer or audience"))?
            .claims;
        if claims.exp <= now.as_second() { Err(TokenError::Expired) } else { Ok(claims) }
    }
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::{Ids, Role};
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::{AccessTokens, Subject};
    use crate::crypto::keys::KeyRing;

    fn noon() -> Timestamp {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    /// Tokens of a fresh key, with one that is good. The key lives in memory once it is read.
    fn tokens() -> (AccessTokens, String) {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyRing::open(folder.path().join("keys"), noon()).unwrap();
        let tokens = AccessTokens::new(keys, "http://localhost:8080");
        let ids = Ids::sequence(1);
        let subject = Subject {
            person: ids.next(),
            session: ids.next(),
            acting: ids.next(),
            role: Role::Salesperson,
            confirmed_at: noon(),
            not_after: Timestamp::MAX,
        };
        let good = tokens.issue(subject, noon()).unwrap();
        (tokens, good)
    }

    #[test]
    fn any_change_of_any_character_is_noticed() {
        let (tokens, good) = tokens();
        assert!(tokens.verify(&good, noon()).is_ok());
        proptest!(|(at in 0..good.len(), with in "[A-Za-z0-9_.-]")| {
            let mut changed = good.clone();
            changed.replace_range(at..=at, &with);
            prop_assert_eq!(tokens.verify(&changed, noon()).is_ok(), changed == good);
        });
    }

    #[test]
    fn no_text_makes_the_verifier_stumble() {
        let (tokens, good) = tokens();
        let header = good.split('.').next().unwrap();
        proptest!(|(text in ".*", claims in "[A-Za-z0-9_-]{0,80}", signature in "[A-Za-z0-9_-]{0,80}")| {
            prop_assert!(tokens.verify(&text, noon()).is_err());
            let forged = format!("{header}.{claims}.{signature}");
            prop_assert!(tokens.verify(&forged, noon()).is_err());
        });
    }
}
