//! Passkeys: the challenge, the new passkey, and the proof by one.

use autolytiq_db::{SystemTx, SystemUse};
use autolytiq_kernel::{FactorId, PersonId, SessionId, TenantCtx};
use autolytiq_secrets::Protected;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::{
    entry::{self, Step},
    factors::{self, Added, Enrolling},
    session::person_of,
};
use crate::{
    crypto::refresh::random_text,
    domain::{
        factor::Method,
        name::Name,
        webauthn::{self, Assertion, Registration, Site},
    },
    error::IdentityError,
    identity::Identity,
    store::{
        challenge::{self, NewChallenge},
        factor, person,
        ticket::Ticket,
    },
};

/// How long somebody may look for their key.
const LIFETIME: SignedDuration = SignedDuration::from_mins(5);
const PROOF: &str = "passkey";
const ENROLMENT: &str = "passkey_enrolment";

/// What a challenge is bound to: the ticket of the log-in, or the session.
pub(crate) fn holder_of(ticket: Option<&Ticket>, session: Option<SessionId>) -> [u8; 32] {
    match (ticket, session) {
        (Some(ticket), _) => ticket.digest.0,
        (None, Some(session)) => Sha256::digest(session.uuid().as_bytes()).into(),
        (None, None) => [0; 32],
    }
}

/// What a browser needs to make a passkey.
pub(crate) struct Creation {
    pub(crate) challenge: String,
    pub(crate) user: PersonId,
    pub(crate) account: String,
    /// Passkeys that the person has already.
    pub(crate) present: Vec<Vec<u8>>,
}

/// Begins to set a passkey up.
///
/// # Errors
/// [`IdentityError::TicketRefused`], or a failure of ours.
pub(crate) async fn begin(identity: &Identity, who: &Enrolling<'_>) -> Result<Creation, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let whose = who.whose(&mut tx).await?;
    let account = person::by_id(&mut tx, whose.person).await?.email;
    let present = factor::passkeys(&mut tx, whose.person).await?.into_iter().map(|(_, key)| key.credential).collect();
    let challenge = new_challenge(identity, &mut tx, whose.holder(), whose.person, ENROLMENT).await?;
    tx.commit().await?;
    Ok(Creation { challenge, user: whose.person, account, present })
}

/// Takes a new passkey in.
///
/// # Errors
/// [`IdentityError::FactorRefused`] when it does not fit its challenge, or a failure of ours.
pub(crate) async fn finish(
    identity: &Identity,
    who: &Enrolling<'_>,
    site: &Site,
    new: &Registration<'_>,
    name: Option<&Name>,
) -> Result<Added, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let whose = who.whose(&mut tx).await?;
    let challenge = taken(identity, &mut tx, whose.holder(), whose.person, ENROLMENT).await?;
    let challenge = challenge.ok_or(IdentityError::FactorRefused)?;
    let passkey = webauthn::register(site, &challenge, new).map_err(|why| {
        tracing::info!(%why, "identity.passkey.refused");
        IdentityError::FactorRefused
    })?;
    let id: FactorId = tx.new_id();
    let name = name.map_or("Passkey", Name::as_str);
    factor::insert_passkey(&mut tx, whose.person, id, name, &passkey).await.map_err(|error| {
        if error.is_duplicate_of("factor_credential_key") { IdentityError::FactorRefused } else { error.into() }
    })?;
    let added = factors::added(identity, &mut tx, who, whose, (id, Method::Passkey)).await?;
    tx.commit().await?;
    Ok(added)
}

/// What a browser needs to prove a passkey.
pub(crate) struct Request {
    pub(crate) challenge: String,
    pub(crate) allowed: Vec<Vec<u8>>,
}

/// A challenge for the next proof, of a log-in by its ticket, or of a session.
///
/// # Errors
/// [`IdentityError::TicketRefused`], or a failure of ours.
pub(crate) async fn challenge_for(
    identity: &Identity,
    ticket: Option<&str>,
    ctx: Option<&TenantCtx>,
) -> Result<Request, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let (person, holder) = match (ticket, ctx) {
        (Some(text), _) => {
            let ticket = entry::take(&mut tx, text).await?;
            if entry::next_step(&mut tx, &ticket).await? != Some(Step::Factor) {
                return Err(IdentityError::TicketRefused);
            }
            (ticket.person, holder_of(Some(&ticket), None))
        }
        (None, Some(ctx)) => {
            let actor = person_of(ctx)?;
            (actor.person, holder_of(None, Some(actor.session)))
        }
        (None, None) => return Err(IdentityError::TicketRefused),
    };
    let allowed = factor::passkeys(&mut tx, person).await?.into_iter().map(|(_, key)| key.credential).collect();
    let challenge = new_challenge(identity, &mut tx, holder, person, PROOF).await?;
    tx.commit().await?;
    Ok(Request { challenge, allowed })
}

/// A proof by a passkey.
#[derive(Debug)]
pub(crate) struct PasskeyProof {
    pub(crate) credential: Vec<u8>,
    pub(crate) client_data: Vec<u8>,
    pub(crate) authenticator_data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    pub(crate) site: Site,
}

/// Whether the proof is right; it uses the challenge up in any case.
pub(crate) async fn weigh(
    identity: &Identity,
    tx: &mut SystemTx,
    holder: [u8; 32],
    person: PersonId,
    proof: &PasskeyProof,
) -> Result<bool, IdentityError> {
    let Some(challenge) = taken(identity, tx, holder, person, PROOF).await? else { return Ok(false) };
    let known = factor::lock_passkey(tx, person, &proof.credential).await?;
    let Some((id, passkey)) = known else { return Ok(false) };
    let assertion = Assertion {
        client_data: &proof.client_data,
        authenticator_data: &proof.authenticator_data,
        signature: &proof.signature,
    };
    match webauthn::verify(&proof.site, &challenge, &passkey, &assertion) {
        Ok(counter) => {
            factor::counted(tx, id, counter).await?;
            Ok(true)
        }
        Err(why) => {
            tracing::info!(%why, "identity.passkey.refused");
            Ok(false)
        }
    }
}

async fn new_challenge(
    identity: &Identity,
    tx: &mut SystemTx,
    holder: [u8; 32],
    person: PersonId,
    kind: &'static str,
) -> Result<String, IdentityError> {
    let challenge = random_text()?;
    let key = identity.vault().person_key(tx, person).await?;
    let content = key.seal("factor_challenge.content", &holder, &Protected::new(challenge.clone()))?;
    let expires_at = tx.now() + LIFETIME;
    challenge::put(tx, &NewChallenge { holder, kind, person, content: &content, expires_at }).await?;
    Ok(challenge)
}

async fn taken(
    identity: &Identity,
    tx: &mut SystemTx,
    holder: [u8; 32],
    person: PersonId,
    kind: &'static str,
) -> Result<Option<String>, IdentityError> {
    let Some(content) = challenge::take(tx, holder, kind, person).await? else { return Ok(None) };
    let key = identity.vault().existing_person_key(tx, person).await?;
    let challenge = key.open("factor_challenge.content", &holder, &content)?;
    Ok(Some(challenge.expose().to_owned()))
}
