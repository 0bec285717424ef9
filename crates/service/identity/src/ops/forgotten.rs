//! A forgotten password: asking for a link, and setting another password with it.

use std::sync::Arc;

use autolytiq_db::{AuditRecord, SystemUse};
use autolytiq_kernel::{Actor, Origin, TenantCtx};
use autolytiq_mail::{Letter, To, notify, send};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::json;

use crate::{
    crypto::refresh::{RefreshDigest, random_text},
    domain::{
        email::{self, Email},
        name::Name,
        password::{NewPassword, TypedPassword},
    },
    error::IdentityError,
    identity::Identity,
    store::{
        change,
        link::{self, Link, Purpose},
        member, person, session, throttle, ticket,
    },
};

/// How long a link to set a new password is good.
const RESET_LIFETIME: SignedDuration = SignedDuration::from_mins(30);
/// A person is sent at most this many within that time: nobody fills somebody's mailbox.
const MOST_LINKS: i64 = 3;
/// Who acts before anybody is signed in.
const DOORMAN: &str = "identity.forgotten";

/// Sends a link to whoever has an account under the address. All of it happens after the answer, which is the same for
/// every address and takes the same time.
pub(crate) fn forgotten_later(identity: &Arc<Identity>, typed_email: String, origin: Origin) {
    let owned = Arc::clone(identity);
    identity.tasks().spawn(async move {
        if let Err(error) = forgotten(&owned, &typed_email, origin).await {
            tracing::error!(error = &error as &dyn std::error::Error, request = %origin.request, "identity.forgotten");
        }
    });
}

async fn forgotten(identity: &Identity, typed_email: &str, origin: Origin) -> Result<(), IdentityError> {
    let Ok(email) = Email::parse(typed_email) else { return Ok(()) };
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let Some(known) = person::by_email(&mut tx, &email).await? else { return Ok(()) };
    let since = tx.now() - RESET_LIFETIME;
    let sent = link::sent_since(&mut tx, known.id, Purpose::Reset, since).await?;
    let access = member::access_of(&mut tx, known.id).await?;
    tx.commit().await?;
    let Some(store) = access.first().filter(|_| sent < MOST_LINKS) else { return Ok(()) };
    #[expect(clippy::disallowed_methods, reason = "the store is that of a membership of ours")]
    let ctx = TenantCtx::for_job(DOORMAN, store.dealership, origin.request);
    let mut tx = identity.db().tenant(&ctx).await?;
    let token = random_text()?;
    let until = tx.now() + RESET_LIFETIME;
    link::issue(&mut tx, RefreshDigest::of(&token), Purpose::Reset, known.id, until).await?;
    let to = To { name: store.name.clone(), email: email.as_str().to_owned() };
    let letter =
        Letter::ResetPassword { link: SecretString::from(identity.link(&format!("/reset-password#token={token}"))) };
    send(&mut tx, identity.vault(), &to, &letter, Some(until)).await?;
    let address = json!({ "address": origin.address });
    tx.audit(AuditRecord::new("account.reset_requested", known.id).after(&address)).await?;
    Ok(tx.commit().await?)
}

/// What a link is good for, for the page that it opens.
///
/// # Errors
/// [`IdentityError::LinkSpent`], or a failure of the database.
pub(crate) async fn look_at(identity: &Identity, token: &str) -> Result<Link, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let link = link::good(&mut tx, RefreshDigest::of(token)).await?;
    tx.commit().await?;
    link.ok_or(IdentityError::LinkSpent)
}

/// Follows a link: sets the password where it does that, signs every device out and lifts a lock. The link is used up.
///
/// # Errors
/// [`IdentityError::LinkSpent`], [`IdentityError::WeakPassword`], [`IdentityError::Busy`], or a failure of ours.
pub(crate) async fn follow(
    identity: &Identity,
    token: &str,
    password: Option<TypedPassword>,
    origin: Origin,
) -> Result<(), IdentityError> {
    let digest = RefreshDigest::of(token);
    let link = look_at(identity, token).await?;
    let hash = match (link.sets_password(), password) {
        (true, password) => Some(accepted(identity, &link, password).await?),
        (false, _) => None,
    };
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    if !link::spend(&mut tx, digest).await? {
        return Err(IdentityError::LinkSpent);
    }
    let actor = Actor::Job(DOORMAN);
    let (person, store) = (link.person, link.dealership);
    let Some(hash) = hash else {
        tx.audit(store, &actor, origin, AuditRecord::new("account.invitation_accepted", person)).await?;
        return Ok(tx.commit().await?);
    };
    person::set_password(&mut tx, person, &hash).await?;
    link::spend_others(&mut tx, person).await?;
    throttle::clear(&mut tx, email::account_digest(&link.email)).await?;
    let ended = session::end_all(&mut tx, person).await?;
    // A sign-in that began with the old password does not go on.
    ticket::delete_all(&mut tx, person).await?;
    let action = match link.purpose {
        Purpose::Reset => "account.password_reset",
        Purpose::Invitation => "account.invitation_accepted",
    };
    let after = json!({ "sessionsEnded": ended, "address": origin.address });
    tx.audit(store, &actor, origin, AuditRecord::new(action, person).after(&after)).await?;
    if link.purpose == Purpose::Reset {
        let to = To { name: link.name, email: link.email };
        notify(&mut tx, store, &actor, origin, &to, &Letter::PasswordChanged).await?;
    }
    change::record(&mut tx, person).await?;
    tx.commit().await?;
    identity.cache().forget(person);
    Ok(())
}

async fn accepted(identity: &Identity, link: &Link, password: Option<TypedPassword>) -> Result<String, IdentityError> {
    let weak = |weak| IdentityError::WeakPassword("/password", weak);
    let (email, name) = (Email::parse(&link.email), Name::parse(&link.name));
    let (Ok(email), Ok(name)) = (email, name) else { return Err(IdentityError::NotFound("user")) };
    let typed = password.unwrap_or_else(|| TypedPassword::new(""));
    let password = NewPassword::accept(typed, &email, &name).map_err(weak)?;
    Ok(identity.hasher().hash(&password).await?)
}
