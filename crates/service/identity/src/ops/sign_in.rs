//! Signing in with an address and a password.

use autolytiq_db::{AuditRecord, SystemUse};
use autolytiq_kernel::{Actor, Origin, PersonId};
use serde_json::json;

use super::{
    entry::{self, Entry, FirstStep},
    session::ClientInfo,
};
use crate::{
    domain::{
        email::{self, Email},
        password::TypedPassword,
    },
    error::IdentityError,
    identity::Identity,
    store::{
        member, person,
        throttle::{self, Attempt},
    },
};

/// Who writes down attempts before anybody is known to act.
const WATCHMAN: Actor = Actor::Job("identity.sign_in");

/// Lets in whoever knows the password: to a session, or to the next step of the log-in.
///
/// An account that does not exist costs the same work and gets the same answers as one that does, a lock included; what
/// is written down about a failure is written after the answer.
///
/// # Errors
/// [`IdentityError::SignInRefused`], [`IdentityError::SignInLocked`], [`IdentityError::Busy`], or a failure of ours.
pub async fn sign_in(
    identity: &Identity,
    typed_email: &str,
    password: &TypedPassword,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    let account = email::account_digest(typed_email);
    // Before anything is read or counted: a flood costs the database nothing.
    let room = identity.hasher().room().inspect_err(|_| {
        metrics::counter!("sign_in_total", "outcome" => "busy").increment(1);
    })?;
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let attempt = throttle::count(&mut tx, account).await?;
    let known = match Email::parse(typed_email) {
        Ok(email) => person::by_email(&mut tx, &email).await?,
        Err(_) => None,
    };
    tx.commit().await?;
    let last = match attempt {
        Attempt::Locked(until) => return Err(locked(identity, until)),
        Attempt::Counted { last } => last,
    };

    let stored = known.as_ref().map(|known| known.password_hash.as_str());
    let right = room.verify(password, stored).await?;
    let person = known.map(|known| known.id);
    let entry = match person.filter(|_| right) {
        Some(person) => enter(identity, account, person, client, origin).await?,
        None => Entry::Nowhere,
    };
    let outcome = match &entry {
        Entry::Open(_) => "opened",
        Entry::Pending(_) => "pending",
        Entry::Nowhere => "refused",
    };
    metrics::counter!("sign_in_total", "outcome" => outcome).increment(1);
    if !matches!(entry, Entry::Nowhere) {
        return Ok(entry);
    }
    if last {
        let mut tx = identity.db().system(SystemUse::LogIn).await?;
        throttle::lock(&mut tx, account).await?;
        tx.commit().await?;
    }
    write_down_later(identity, person, last, client, origin);
    Err(IdentityError::SignInRefused)
}

/// The password is right: forgets the failures and goes to the door.
async fn enter(
    identity: &Identity,
    account: [u8; 32],
    person: PersonId,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let entry = entry::enter(identity, &mut tx, person, &FirstStep::Password, client, origin).await?;
    if !matches!(entry, Entry::Nowhere) {
        throttle::clear(&mut tx, account).await?;
    }
    tx.commit().await?;
    Ok(entry)
}

fn locked(identity: &Identity, until: jiff::Timestamp) -> IdentityError {
    metrics::counter!("sign_in_total", "outcome" => "locked").increment(1);
    IdentityError::SignInLocked { until, now: identity.clock().now() }
}

/// Writes a failed attempt on an existing account into the audit trail of one of the person's stores, after the answer:
/// an answer that waited for it would tell that the account exists.
fn write_down_later(identity: &Identity, person: Option<PersonId>, locks: bool, client: &ClientInfo, origin: Origin) {
    let Some(person) = person else {
        tracing::info!(request = %origin.request, "identity.sign_in.unknown_account");
        return;
    };
    let (db, user_agent) = (identity.db().clone(), client.kept_user_agent());
    identity.tasks().spawn(async move {
        let write = async {
            let mut tx = db.system(SystemUse::LogIn).await?;
            if let Some(store) = member::any_store_of(&mut tx, person).await? {
                let details = json!({ "userAgent": user_agent });
                let refused = AuditRecord::new("session.refused", person).after(&details);
                tx.audit(store, &WATCHMAN, origin, refused).await?;
                if locks {
                    let locked = AuditRecord::new("session.locked", person).after(&details);
                    tx.audit(store, &WATCHMAN, origin, locked).await?;
                }
            }
            tx.commit().await
        };
        if let Err(error) = write.await {
            tracing::error!(error = &error as &dyn std::error::Error, "identity.sign_in.not_written_down");
        }
    });
}
