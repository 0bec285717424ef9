//! Replacing a password: before the session opens, where somebody else chose it, and one's own.

use autolytiq_db::{AuditRecord, SystemTx, SystemUse};
use autolytiq_kernel::{Actor, Origin, PersonId, TenantCtx, problem::FieldError};
use autolytiq_mail::{Letter, To, notify};
use serde_json::json;

use super::{
    entry::{self, Entry, Step},
    session::{ClientInfo, find, person_of},
};
use crate::{
    domain::{
        email::{self, Email},
        name::Name,
        password::{NewPassword, TypedPassword, WeakPassword},
    },
    error::IdentityError,
    identity::Identity,
    store::{
        change,
        member::{self, Access},
        person, session,
        throttle::{self, Attempt},
    },
};

/// Goes on with a log-in by replacing the password that the person was given.
///
/// # Errors
/// [`IdentityError::TicketRefused`], [`IdentityError::WeakPassword`], [`IdentityError::Busy`], or a failure of ours.
pub(crate) async fn replace(
    identity: &Identity,
    ticket_text: &str,
    password: TypedPassword,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let person = holder(&mut tx, ticket_text).await?;
    let access = member::access_of(&mut tx, person).await?;
    let old = person::password_hash(&mut tx, person).await?;
    tx.commit().await?;
    let Some(store) = access.first() else { return Ok(Entry::Nowhere) };
    let hash = hashed(identity, store, password, &old).await?;
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    // Again, since somebody else may have come with the same ticket meanwhile.
    if holder(&mut tx, ticket_text).await? != person {
        return Err(IdentityError::TicketRefused);
    }
    person::replace_password(&mut tx, person, &hash).await?;
    let actor = Actor::Job("identity.sign_in");
    tx.audit(
        store.dealership,
        &actor,
        origin,
        AuditRecord::new("account.password_changed", person).after(&json!({ "at": "sign-in" })),
    )
    .await?;
    let ticket = entry::take(&mut tx, ticket_text).await?;
    let entry = entry::go_on(identity, &mut tx, (&ticket, ticket_text), None, client, origin).await?;
    tx.commit().await?;
    Ok(entry)
}

/// Whose log-in the ticket is, if the password is the next step of it.
async fn holder(tx: &mut SystemTx, ticket_text: &str) -> Result<PersonId, IdentityError> {
    let ticket = entry::take(tx, ticket_text).await?;
    match entry::next_step(tx, &ticket).await? {
        Some(Step::ChangePassword) => Ok(ticket.person),
        _ => Err(IdentityError::TicketRefused),
    }
}

/// Replaces one's own password, and signs every other device out. A wrong present one counts as a failed sign-in.
///
/// # Errors
/// [`IdentityError::Invalid`], [`IdentityError::SignInLocked`], [`IdentityError::WeakPassword`],
/// [`IdentityError::Busy`], or a failure of ours.
pub(crate) async fn change_own(
    identity: &Identity,
    ctx: &TenantCtx,
    present: &TypedPassword,
    password: TypedPassword,
) -> Result<(), IdentityError> {
    let actor = person_of(ctx)?;
    let room = identity.hasher().room()?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let access = member::access_of(&mut tx, actor.person).await?;
    let old = person::password_hash(&mut tx, actor.person).await?;
    let store = find(&access, ctx.acting())?;
    let account = email::account_digest(&store.email);
    let attempt = throttle::count(&mut tx, account).await?;
    tx.commit().await?;
    if let Attempt::Locked(until) = attempt {
        return Err(IdentityError::SignInLocked { until, now: identity.clock().now() });
    }
    if !room.verify(present, Some(&old)).await? {
        // Not a 401: the session is good, and the client would renew it and ask again.
        let wrong = FieldError::new("/present", "wrong", "this is not your present password");
        return Err(IdentityError::Invalid(vec![wrong]));
    }
    let hash = hashed(identity, store, password, &old).await?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    throttle::clear(&mut tx, account).await?;
    person::replace_password(&mut tx, actor.person, &hash).await?;
    let ended = session::end_others(&mut tx, actor.person, actor.session).await?;
    let record = AuditRecord::new("account.password_changed", actor.person).after(&json!({ "sessionsEnded": ended }));
    let (by, origin) = (Actor::Person(actor), ctx.origin());
    tx.audit(ctx.acting(), &by, origin, record).await?;
    let to = To { name: store.name.clone(), email: store.email.clone() };
    notify(&mut tx, ctx.acting(), &by, origin, &to, &Letter::PasswordChanged).await?;
    change::record(&mut tx, actor.person).await?;
    tx.commit().await?;
    identity.cache().forget(actor.person);
    Ok(())
}

/// The hash of a password that may be set, and is not the one there was.
async fn hashed(
    identity: &Identity,
    access: &Access,
    password: TypedPassword,
    old: &str,
) -> Result<String, IdentityError> {
    let weak = |weak| IdentityError::WeakPassword("/password", weak);
    let (Ok(email), Ok(name)) = (Email::parse(&access.email), Name::parse(&access.name)) else {
        return Err(IdentityError::NotFound("user"));
    };
    let accepted = NewPassword::accept(password, &email, &name).map_err(weak)?;
    if identity.hasher().room()?.verify(accepted.typed(), Some(old)).await? {
        return Err(weak(WeakPassword::Same));
    }
    Ok(identity.hasher().hash(&accepted).await?)
}
