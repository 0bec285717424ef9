//! A person's own second factors: setting one up, taking one away, and the recovery codes.
//!
//! Whoever sets one up is either in the middle of a first log-in, with a ticket whose next step it is, or signed in and
//! lately confirmed. A ticket alone never adds a factor to an account that has one.

use autolytiq_db::{AuditRecord, SystemTx, SystemUse};
use autolytiq_kernel::{Actor, DealershipId, FactorId, Origin, PersonId, SessionId, TenantCtx};
use autolytiq_secrets::{Protected, SecretsError};
use serde_json::json;

use super::{
    entry::{self, Entry, Step},
    passkeys::holder_of,
    session::{ClientInfo, person_of},
};
use crate::{
    domain::{
        factor::{Factor, Method},
        name::Name,
        recovery_code,
        totp::TotpSecret,
    },
    error::IdentityError,
    identity::Identity,
    store::{factor as factors, member, person, ticket},
};

/// Who sets a factor up before a session is open.
const AT_THE_DOOR: Actor = Actor::Job("identity.sign_in");

/// Who sets a factor up.
pub(crate) enum Enrolling<'a> {
    /// Somebody in the middle of a log-in.
    Ticket { text: &'a str, client: &'a ClientInfo, origin: Origin },
    /// Somebody who is signed in and lately confirmed.
    Session(&'a TenantCtx),
}

/// Whom it is for, and in whose trail it is written.
pub(crate) struct Whose<'a> {
    pub(crate) person: PersonId,
    store: DealershipId,
    actor: &'a Actor,
    origin: Origin,
    ticket: Option<ticket::Ticket>,
    session: Option<SessionId>,
}

impl Whose<'_> {
    /// In whose trail it is written.
    pub(super) fn store(&self) -> DealershipId {
        self.store
    }

    /// What a challenge is bound to.
    pub(crate) fn holder(&self) -> [u8; 32] {
        holder_of(self.ticket.as_ref(), self.session)
    }
}

impl Enrolling<'_> {
    pub(crate) async fn whose(&self, tx: &mut SystemTx) -> Result<Whose<'_>, IdentityError> {
        match self {
            Self::Session(ctx) => Ok(Whose {
                person: person_of(ctx)?.person,
                store: ctx.acting(),
                actor: ctx.actor(),
                origin: ctx.origin(),
                ticket: None,
                session: Some(person_of(ctx)?.session),
            }),
            Self::Ticket { text, origin, .. } => {
                let ticket = entry::take(tx, text).await?;
                if entry::next_step(tx, &ticket).await? != Some(Step::Enrol) {
                    return Err(IdentityError::TicketRefused);
                }
                let store = member::any_store_of(tx, ticket.person).await?.ok_or(IdentityError::TicketRefused)?;
                let (person, origin) = (ticket.person, *origin);
                Ok(Whose { person, store, actor: &AT_THE_DOOR, origin, ticket: Some(ticket), session: None })
            }
        }
    }
}

/// An authenticator app to be set up.
pub(crate) struct NewTotp {
    pub(crate) id: FactorId,
    pub(crate) secret: String,
    pub(crate) uri: String,
}

/// Makes a secret for an authenticator app. It counts for nothing until [`confirm_totp`] has seen a code of it.
///
/// # Errors
/// [`IdentityError::TicketRefused`], or a failure of ours.
pub(crate) async fn begin_totp(identity: &Identity, who: &Enrolling<'_>) -> Result<NewTotp, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let whose = who.whose(&mut tx).await?;
    let account = person::by_id(&mut tx, whose.person).await?.email;
    let secret = TotpSecret::generate()?;
    let id: FactorId = tx.new_id();
    let key = identity.vault().person_key(&mut tx, whose.person).await?;
    let sealed = key.seal("factor.secret", id.uuid().as_bytes(), &Protected::new(secret.text()))?;
    factors::insert_waiting(&mut tx, whose.person, id, Method::Totp.as_str(), "Authenticator app", Some(&sealed))
        .await?;
    tx.commit().await?;
    Ok(NewTotp { id, secret: secret.text(), uri: secret.uri(&account) })
}

/// What a new factor brings with it.
pub(crate) struct Added {
    /// The recovery codes, if there were none.
    pub(crate) recovery_codes: Option<Vec<String>>,
    /// How the log-in goes on, if it was set up in one.
    pub(crate) entry: Option<Entry>,
}

/// Confirms an authenticator app by its first code.
///
/// # Errors
/// [`IdentityError::FactorRefused`] for a wrong code, [`IdentityError::NotFound`] when nothing waits for one.
pub(crate) async fn confirm_totp(
    identity: &Identity,
    who: &Enrolling<'_>,
    id: FactorId,
    code: &str,
    name: Option<&Name>,
) -> Result<Added, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let whose = who.whose(&mut tx).await?;
    let waiting = factors::lock_new_totp(&mut tx, whose.person, id).await?;
    let waiting = waiting.ok_or(IdentityError::NotFound("factor that waits for its first code"))?;
    let key = identity.vault().existing_person_key(&mut tx, whose.person).await?;
    let secret = key.open("factor.secret", id.uuid().as_bytes(), &waiting.secret)?;
    let secret = TotpSecret::parse(secret.expose()).ok_or(SecretsError::DoesNotOpen)?;
    let step = secret.step_of(code, identity.clock().now(), None).ok_or(IdentityError::FactorRefused)?;
    factors::step_taken(&mut tx, id, step).await?;
    if let Some(name) = name {
        factors::rename(&mut tx, id, name.as_str()).await?;
    }
    let added = added(identity, &mut tx, who, whose, (id, Method::Totp)).await?;
    tx.commit().await?;
    Ok(added)
}

/// Writes a confirmed factor down, makes the recovery codes with the first one, and goes on with the log-in.
pub(crate) async fn added(
    identity: &Identity,
    tx: &mut SystemTx,
    who: &Enrolling<'_>,
    whose: Whose<'_>,
    (id, method): (FactorId, Method),
) -> Result<Added, IdentityError> {
    let record = AuditRecord::new("factor.added", whose.person).after(&json!({ "id": id, "method": method.as_str() }));
    tx.audit(whose.store, whose.actor, whose.origin, record).await?;
    let recovery_codes = match factors::recovery_codes_left(tx, whose.person).await? {
        0 => Some(new_recovery_codes(tx, whose.person).await?),
        _ => None,
    };
    let entry = match (who, whose.ticket) {
        (Enrolling::Ticket { text, client, origin }, Some(mut ticket)) => {
            ticket::factor_done(tx, &mut ticket).await?;
            Some(entry::go_on(identity, tx, (&ticket, text), Some(method), client, *origin).await?)
        }
        _ => None,
    };
    Ok(Added { recovery_codes, entry })
}

async fn new_recovery_codes(tx: &mut SystemTx, person: PersonId) -> Result<Vec<String>, IdentityError> {
    let codes: Vec<String> = (0..recovery_code::COUNT).map(|_| recovery_code::generate()).collect::<Result<_, _>>()?;
    let digests: Vec<[u8; 32]> = codes.iter().map(|code| recovery_code::digest(person, code)).collect();
    factors::replace_recovery_codes(tx, person, &digests).await?;
    Ok(codes)
}

/// Makes ten new recovery codes; the old ones are worthless.
///
/// # Errors
/// [`IdentityError::NoFactor`] when there is no factor to recover from, or a failure of ours.
pub(crate) async fn renew_recovery_codes(identity: &Identity, ctx: &TenantCtx) -> Result<Vec<String>, IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    if factors::confirmed(&mut tx, actor.person).await?.is_empty() {
        return Err(IdentityError::NoFactor);
    }
    let before = factors::recovery_codes_left(&mut tx, actor.person).await?;
    let codes = new_recovery_codes(&mut tx, actor.person).await?;
    let record = AuditRecord::new("factor.recovery_codes_renewed", actor.person)
        .before(&json!({ "left": before }))
        .after(&json!({ "left": codes.len() }));
    tx.audit(ctx.acting(), ctx.actor(), ctx.origin(), record).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Takes a factor away. The last one stays while the person's role asks for one.
///
/// # Errors
/// [`IdentityError::NotFound`], [`IdentityError::LastFactor`], or a failure of ours.
pub(crate) async fn remove(identity: &Identity, ctx: &TenantCtx, id: FactorId) -> Result<(), IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let access = member::access_of(&mut tx, actor.person).await?;
    let confirmed = factors::lock_confirmed(&mut tx, actor.person).await?;
    if !confirmed.contains(&id) {
        return Err(IdentityError::NotFound("factor"));
    }
    if confirmed.len() == 1 && entry::must_have_factor(&mut tx, actor.person, &access).await? {
        return Err(IdentityError::LastFactor);
    }
    factors::delete(&mut tx, actor.person, id).await?;
    if confirmed.len() == 1 {
        factors::delete_all(&mut tx, actor.person).await?;
    }
    let record = AuditRecord::new("factor.removed", actor.person).before(&json!({ "id": id }));
    tx.audit(ctx.acting(), ctx.actor(), ctx.origin(), record).await?;
    tx.commit().await?;
    Ok(())
}

/// What a person has, and what is asked of them.
pub(crate) struct Standing {
    pub(crate) factors: Vec<Factor>,
    pub(crate) recovery_codes_left: i64,
    pub(crate) required: bool,
    /// What can be set up besides.
    pub(crate) offered: Vec<Method>,
}

/// The factors of the person of a session.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn standing(identity: &Identity, ctx: &TenantCtx) -> Result<Standing, IdentityError> {
    let person = person_of(ctx)?.person;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let access = member::access_of(&mut tx, person).await?;
    let factors = factors::confirmed(&mut tx, person).await?;
    let has = |method| factors.iter().any(|factor| factor.method == method);
    let offered = Method::ENROLLED
        .into_iter()
        .filter(|method| identity.offers(*method) && !(method.is_sent() && has(*method)))
        .collect();
    let standing = Standing {
        offered,
        recovery_codes_left: factors::recovery_codes_left(&mut tx, person).await?,
        required: entry::must_have_factor(&mut tx, person, &access).await?,
        factors,
    };
    tx.commit().await?;
    Ok(standing)
}

/// Marks the present people of a demonstration store as the demonstration's, who sign in with their password alone.
/// There is no way to it but this, and it counts in demonstration stores only.
///
/// # Errors
/// [`IdentityError::NotFound`] for a store that is none, or a failure of the database.
pub async fn mark_demo_people(identity: &Identity, store: DealershipId) -> Result<(), IdentityError> {
    let mut tx = identity.db().system(SystemUse::Demo).await?;
    if !person::mark_demo(&mut tx, store).await? {
        return Err(IdentityError::NotFound("demonstration store"));
    }
    tx.commit().await?;
    Ok(())
}
