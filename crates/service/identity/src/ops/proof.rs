//! Proving a second factor: at a log-in, and again for a sensitive act.

use autolytiq_db::{AuditRecord, SystemTx, SystemUse};
use autolytiq_kernel::{Actor, DealershipId, Origin, PersonActor, PersonId, TenantCtx};
use autolytiq_secrets::SecretsError;
use serde_json::json;

use super::{
    codes,
    entry::{self, Entry},
    passkeys::{self, PasskeyProof, holder_of},
    session::{self, ClientInfo, SignedIn, Standing, find, person_of},
};
use crate::{
    domain::{
        email,
        factor::{Method, account_digest},
        password::TypedPassword,
        recovery_code,
        sent_code::Channel,
        totp::TotpSecret,
    },
    error::IdentityError,
    identity::Identity,
    store::{
        factor as factors, member, person, session as sessions,
        throttle::{self, Attempt},
        ticket,
    },
};

/// Who writes down attempts before anybody is known to act.
const WATCHMAN: Actor = Actor::Job("identity.sign_in");

/// What somebody offers as a proof.
#[derive(Debug)]
pub(crate) enum Proof {
    /// A code of an authenticator app.
    Totp(String),
    /// A passkey's signature.
    Passkey(PasskeyProof),
    /// A code that was sent.
    Sent(Channel, String),
    /// One of the printed codes.
    RecoveryCode(String),
}

impl Proof {
    pub(crate) const fn method(&self) -> Method {
        match self {
            Self::Totp(_) => Method::Totp,
            Self::Passkey(_) => Method::Passkey,
            Self::Sent(channel, _) => channel.method(),
            Self::RecoveryCode(_) => Method::RecoveryCode,
        }
    }
}

/// Goes on with a log-in by proving a second factor.
///
/// # Errors
/// [`IdentityError::TicketRefused`], [`IdentityError::FactorRefused`], [`IdentityError::SignInLocked`], or a failure of
/// ours.
pub(crate) async fn prove(
    identity: &Identity,
    ticket_text: &str,
    proof: &Proof,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let mut ticket = entry::take(&mut tx, ticket_text).await?;
    if entry::next_step(&mut tx, &ticket).await? != Some(entry::Step::Factor) {
        return Err(IdentityError::TicketRefused);
    }
    let person = ticket.person;
    let holder = holder_of(Some(&ticket), None);
    if !weigh(identity, &mut tx, (person, holder), proof).await? {
        let store = member::any_store_of(&mut tx, person).await?;
        return Err(refuse(identity, tx, person, proof.method(), (store, &WATCHMAN), origin).await?);
    }
    ticket::factor_done(&mut tx, &mut ticket).await?;
    let entry = entry::go_on(identity, &mut tx, (&ticket, ticket_text), Some(proof.method()), client, origin).await?;
    tx.commit().await?;
    Ok(entry)
}

/// Proves again in a session who one is; gives an access token that says so.
///
/// # Errors
/// As [`prove`].
pub(crate) async fn confirm(identity: &Identity, ctx: &TenantCtx, proof: &Proof) -> Result<SignedIn, IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let holder = holder_of(None, Some(actor.session));
    if !weigh(identity, &mut tx, (actor.person, holder), proof).await? {
        let acting = (Some(ctx.acting()), ctx.actor());
        return Err(refuse(identity, tx, actor.person, proof.method(), acting, ctx.origin()).await?);
    }
    confirmed(identity, tx, ctx, actor, proof.method()).await
}

/// The same by the password, for those who have no second factor. Whoever has one proves that.
///
/// # Errors
/// As [`prove`], and [`IdentityError::Busy`].
pub(crate) async fn confirm_by_password(
    identity: &Identity,
    ctx: &TenantCtx,
    password: &TypedPassword,
) -> Result<SignedIn, IdentityError> {
    let actor = person_of(ctx)?;
    let room = identity.hasher().room()?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    if !factors::confirmed(&mut tx, actor.person).await?.is_empty() {
        return Err(IdentityError::FactorRefused);
    }
    let credentials = person::by_id(&mut tx, actor.person).await?;
    let account = email::account_digest(&credentials.email);
    let attempt = throttle::count(&mut tx, account).await?;
    tx.commit().await?;
    let last = match attempt {
        Attempt::Locked(until) => return Err(locked(identity, until)),
        Attempt::Counted { last } => last,
    };
    let right = room.verify(password, Some(&credentials.password_hash)).await?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    if right {
        throttle::clear(&mut tx, account).await?;
        return confirmed(identity, tx, ctx, actor, Method::Password).await;
    }
    if last {
        throttle::lock(&mut tx, account).await?;
    }
    let record = AuditRecord::new("session.factor_refused", actor.person)
        .after(&json!({ "method": Method::Password.as_str(), "locked": last }));
    tx.audit(ctx.acting(), ctx.actor(), ctx.origin(), record).await?;
    tx.commit().await?;
    Err(IdentityError::FactorRefused)
}

async fn confirmed(
    identity: &Identity,
    mut tx: SystemTx,
    ctx: &TenantCtx,
    actor: PersonActor,
    method: Method,
) -> Result<SignedIn, IdentityError> {
    let access = member::access_of(&mut tx, actor.person).await?;
    let acting = find(&access, ctx.acting())?;
    let before = sessions::times(&mut tx, actor.session).await?.1;
    sessions::confirm(&mut tx, actor.session).await?;
    let record = AuditRecord::new("session.confirmed", actor.session)
        .before(&json!({ "at": before }))
        .after(&json!({ "at": tx.now(), "method": method.as_str() }));
    tx.audit(ctx.acting(), ctx.actor(), ctx.origin(), record).await?;
    let standing = Standing { person: actor.person, session: actor.session, acting, access: &access };
    let signed_in = session::signed_in(identity, &mut tx, &standing, None, ctx.origin()).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Counts the attempt and looks at the proof. One that was right is used up by it.
async fn weigh(
    identity: &Identity,
    tx: &mut SystemTx,
    (person, holder): (PersonId, [u8; 32]),
    proof: &Proof,
) -> Result<bool, IdentityError> {
    let account = account_digest(person);
    if let Attempt::Locked(until) = throttle::count(tx, account).await? {
        return Err(locked(identity, until));
    }
    let right = match proof {
        Proof::Totp(code) => totp(identity, tx, person, code).await?,
        Proof::Passkey(proof) => passkeys::weigh(identity, tx, holder, person, proof).await?,
        Proof::Sent(channel, code) => codes::weigh(identity, tx, (person, holder), *channel, code).await?,
        Proof::RecoveryCode(code) => {
            factors::use_recovery_code(tx, person, recovery_code::digest(person, code)).await?
        }
    };
    if right {
        throttle::clear(tx, account).await?;
    }
    Ok(right)
}

async fn totp(identity: &Identity, tx: &mut SystemTx, person: PersonId, code: &str) -> Result<bool, IdentityError> {
    let now = identity.clock().now();
    let waiting = factors::lock_totp(tx, person).await?;
    if waiting.is_empty() {
        return Ok(false);
    }
    let key = match identity.vault().existing_person_key(tx, person).await {
        // After a restore without its keys nobody can tell what a phone shows; recovery codes still work.
        Err(error @ SecretsError::UnknownMasterKey(_)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "identity.totp.unreadable");
            return Ok(false);
        }
        key => key?,
    };
    for stored in waiting {
        let secret = key.open("factor.secret", stored.id.uuid().as_bytes(), &stored.secret)?;
        let secret = TotpSecret::parse(secret.expose()).ok_or(SecretsError::DoesNotOpen)?;
        if let Some(step) = secret.step_of(code, now, stored.last_step) {
            factors::step_taken(tx, stored.id, step).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a wrong proof down; the last one within the window locks further ones out.
pub(super) async fn refuse(
    identity: &Identity,
    mut tx: SystemTx,
    person: PersonId,
    method: Method,
    (store, actor): (Option<DealershipId>, &Actor),
    origin: Origin,
) -> Result<IdentityError, IdentityError> {
    let locks = throttle::lock(&mut tx, account_digest(person)).await?;
    if let Some(store) = store {
        let details = json!({ "method": method.as_str(), "locked": locks });
        tx.audit(store, actor, origin, AuditRecord::new("session.factor_refused", person).after(&details)).await?;
    }
    tx.commit().await?;
    metrics::counter!("second_factor_refused_total").increment(1);
    tracing::info!(request = %origin.request, locks, clock = %identity.clock().now(), "identity.factor.refused");
    Ok(IdentityError::FactorRefused)
}

pub(super) fn locked(identity: &Identity, until: jiff::Timestamp) -> IdentityError {
    IdentityError::SignInLocked { until, now: identity.clock().now() }
}
