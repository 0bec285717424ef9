//! Asking for access oneself, and deciding about it.

use std::sync::Arc;

use autolytiq_authz::Role;
use autolytiq_db::{AuditRecord, SystemUse, TenantTx};
use autolytiq_kernel::{DealershipId, Origin, TenantCtx};
use autolytiq_mail::{Letter, To, send};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::json;

use super::{invite, users};
use crate::{
    crypto::refresh::{RefreshDigest, random_text},
    domain::{email::Email, name::Name, profile::NewPerson, user::User},
    error::IdentityError,
    identity::Identity,
    store::{
        member,
        registration::{self, New, RegistrationId},
    },
};

/// How long an address can be confirmed.
const CONFIRM: SignedDuration = SignedDuration::from_hours(48);
/// In a day so many requests of one address, and so many of all, are taken; the others get the same answer.
const DAY: SignedDuration = SignedDuration::from_hours(24);
const MOST_OF_ONE: i64 = 3;
const MOST_OF_ALL: i64 = 100;
/// Who acts before anybody is signed in.
const DOORMAN: &str = "identity.register";

/// The name of a store that people may ask for access to.
///
/// # Errors
/// [`IdentityError::NotFound`] for a store whose door is closed, or none at all.
pub(crate) async fn door(identity: &Identity, store: DealershipId) -> Result<String, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let name = registration::open_store(&mut tx, store).await?;
    tx.commit().await?;
    name.ok_or(IdentityError::NotFound("store that takes requests"))
}

/// Takes a request down and sends the link that confirms its address, all of it after the answer, which is the same for
/// everybody.
pub(crate) fn register_later(identity: &Arc<Identity>, store: DealershipId, name: Name, email: Email, origin: Origin) {
    let owned = Arc::clone(identity);
    identity.tasks().spawn(async move {
        if let Err(error) = register(&owned, store, &name, &email, origin).await {
            tracing::error!(error = &error as &dyn std::error::Error, request = %origin.request, "identity.register");
        }
    });
}

async fn register(
    identity: &Identity,
    store: DealershipId,
    name: &Name,
    email: &Email,
    origin: Origin,
) -> Result<(), IdentityError> {
    let mut tx = begin(identity, store, origin).await?;
    let since = tx.now() - DAY;
    let (of_one, of_all) = registration::since(&mut tx, email, since).await?;
    if of_one >= MOST_OF_ONE || of_all >= MOST_OF_ALL {
        return Ok(());
    }
    let known = member::works_here(&mut tx, email).await?;
    let token = random_text()?;
    let confirm_until = tx.now() + CONFIRM;
    let new = New { name, email, digest: RefreshDigest::of(&token), confirm_until, known };
    let id = registration::insert(&mut tx, &new).await?;
    let letter = match known {
        true => Letter::RegisteredAlready { link: identity.link("/sign-in") },
        false => {
            let link = identity.link(&format!("/confirm-address#token={token}"));
            Letter::VerifyEmail { link: SecretString::from(link) }
        }
    };
    let to = To { name: name.as_str().to_owned(), email: email.as_str().to_owned() };
    send(&mut tx, identity.vault(), &to, &letter, Some(confirm_until)).await?;
    let after = json!({ "name": name.as_str(), "email": email.as_str(), "address": origin.address });
    tx.audit(AuditRecord::new("registration.asked", id).after(&after)).await?;
    Ok(tx.commit().await?)
}

async fn begin(identity: &Identity, store: DealershipId, origin: Origin) -> Result<TenantTx, IdentityError> {
    #[expect(clippy::disallowed_methods, reason = "the store is that of a row of ours: its door, or a request")]
    let ctx = TenantCtx::for_job(DOORMAN, store, origin.request);
    Ok(identity.db().tenant(&ctx).await?)
}

/// Confirms an address and tells the store's administrators that somebody waits.
///
/// # Errors
/// [`IdentityError::LinkSpent`], or a failure of ours.
pub(crate) async fn confirm(identity: &Identity, token: &str, origin: Origin) -> Result<(), IdentityError> {
    let digest = RefreshDigest::of(token);
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let store = registration::store_of(&mut tx, digest).await?;
    tx.commit().await?;
    let mut tx = begin(identity, store.ok_or(IdentityError::LinkSpent)?, origin).await?;
    let confirmed = registration::confirm(&mut tx, digest).await?.ok_or(IdentityError::LinkSpent)?;
    for (name, email) in member::administrators(&mut tx).await? {
        let letter = Letter::AccessRequested {
            who: confirmed.name.clone(),
            address: confirmed.email.clone(),
            link: identity.link("/admin/people"),
        };
        send(&mut tx, identity.vault(), &To { name, email }, &letter, None).await?;
    }
    let after = json!({ "confirmed": true });
    let before = json!({ "confirmed": false });
    tx.audit(AuditRecord::new("registration.confirmed", confirmed.id).before(&before).after(&after)).await?;
    Ok(tx.commit().await?)
}

/// A request that waits for a decision.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) id: RegistrationId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) confirmed_at: Timestamp,
}

/// The requests that wait, the oldest first.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn waiting(tx: &mut TenantTx) -> Result<Vec<Waiting>, IdentityError> {
    let rows = registration::waiting(tx).await?;
    let waiting = |(id, name, email, at): (_, _, _, jiff_sqlx::Timestamp)| Waiting {
        id,
        name,
        email,
        confirmed_at: at.to_jiff(),
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Gives the access that was asked for, in a role, and sends the invitation with which it begins.
///
/// # Errors
/// [`IdentityError::NotFound`] when nothing waits under the id, [`IdentityError::AlreadyAMember`], or a failure of ours.
pub(crate) async fn approve(
    identity: &Identity,
    tx: &mut TenantTx,
    id: RegistrationId,
    role: Role,
) -> Result<User, IdentityError> {
    let request = registration::decide(tx, id, true).await?.ok_or(IdentityError::NotFound("request for access"))?;
    let (Ok(name), Ok(email)) = (Name::parse(&request.name), Email::parse(&request.email)) else {
        return Err(IdentityError::NotFound("request for access"));
    };
    let who = NewPerson { name, email, password: invite::nobodys_password()? };
    let prepared = users::prepare(identity, who).await?;
    let user = users::add_user(tx, &prepared, role).await?;
    invite::invite(identity, tx, &user).await?;
    let (before, after) = (json!({ "decision": null }), json!({ "decision": "approved", "personId": user.person }));
    tx.audit(AuditRecord::new("registration.approved", id).before(&before).after(&after)).await?;
    Ok(user)
}

/// Declines a request and says so to whoever asked.
///
/// # Errors
/// [`IdentityError::NotFound`] when nothing waits under the id, or a failure of ours.
pub(crate) async fn decline(identity: &Identity, tx: &mut TenantTx, id: RegistrationId) -> Result<(), IdentityError> {
    let request = registration::decide(tx, id, false).await?.ok_or(IdentityError::NotFound("request for access"))?;
    let to = To { name: request.name, email: request.email };
    send(tx, identity.vault(), &to, &Letter::AccessDeclined, None).await?;
    let (before, after) = (json!({ "decision": null }), json!({ "decision": "declined" }));
    tx.audit(AuditRecord::new("registration.declined", id).before(&before).after(&after)).await?;
    Ok(())
}

/// Opens or closes the door of the acting store, and gives its new version.
///
/// # Errors
/// [`IdentityError::VersionConflict`], or a failure of the database.
pub(crate) async fn set_door(tx: &mut TenantTx, open: bool, version: i64) -> Result<i64, IdentityError> {
    let (was, current) = registration::door(tx).await?;
    if current != version || !registration::set_door(tx, open, version).await? {
        return Err(IdentityError::VersionConflict { yours: version, current });
    }
    let record = AuditRecord::new("registration.door", tx.acting());
    tx.audit(record.before(&json!({ "open": was })).after(&json!({ "open": open }))).await?;
    Ok(version + 1)
}
