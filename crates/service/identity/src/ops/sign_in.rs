//! Signing in with an address and a password.

use autolytiq_db::{AuditRecord, SystemUse};
use autolytiq_kernel::{Actor, Origin, PersonId};
use serde_json::json;

use super::session::{self, ClientInfo, SignedIn, Standing};
use crate::{
    crypto::hasher::HashError,
    domain::{
        email::{self, Email},
        password::TypedPassword,
    },
    error::IdentityError,
    identity::Identity,
    store::{
        member::{self, Access},
        person, session as sessions,
        throttle::{self, Attempt},
    },
};

/// Who writes down attempts before anybody is known to act.
const WATCHMAN: Actor = Actor::Job("identity.sign_in");

/// Opens a session for whoever knows the password.
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
) -> Result<SignedIn, IdentityError> {
    let account = email::account_digest(typed_email);
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
    let right = match identity.hasher().verify(password, stored).await {
        Ok(right) => right,
        Err(error) => {
            if matches!(error, HashError::Busy) {
                metrics::counter!("sign_in_total", "outcome" => "busy").increment(1);
            }
            let mut tx = identity.db().system(SystemUse::LogIn).await?;
            throttle::forgive(&mut tx, account).await?;
            tx.commit().await?;
            return Err(error.into());
        }
    };
    let person = known.map(|known| known.id);
    let opened = match person.filter(|_| right) {
        Some(person) => open(identity, account, person, client, origin).await?,
        None => None,
    };
    if let Some(signed_in) = opened {
        metrics::counter!("sign_in_total", "outcome" => "opened").increment(1);
        return Ok(signed_in);
    }
    metrics::counter!("sign_in_total", "outcome" => "refused").increment(1);
    if last {
        let mut tx = identity.db().system(SystemUse::LogIn).await?;
        throttle::lock(&mut tx, account).await?;
        tx.commit().await?;
    }
    write_down_later(identity, person, last, client, origin);
    Err(IdentityError::SignInRefused)
}

/// The password is right: forgets the failures and opens the session. Nothing when the person has no store to work in.
async fn open(
    identity: &Identity,
    account: [u8; 32],
    person: PersonId,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Option<SignedIn>, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let access = member::access_of(&mut tx, person).await?;
    let last_store = sessions::last_store(&mut tx, person).await?;
    let first: Option<&Access> = access.iter().find(|access| Some(access.dealership) == last_store).or(access.first());
    let Some(acting) = first else { return Ok(None) };
    throttle::clear(&mut tx, account).await?;
    let (session, token) = session::open(&mut tx, person, acting.dealership, client, origin).await?;
    let standing = Standing { person, session, acting, access: &access };
    let record =
        AuditRecord::new("session.signed_in", session).after(&json!({ "userAgent": client.kept_user_agent() }));
    tx.audit(acting.dealership, &Actor::Person(standing.actor()), origin, record).await?;
    let signed_in = session::signed_in(identity, &mut tx, &standing, Some(&token), origin).await?;
    tx.commit().await?;
    Ok(Some(signed_in))
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
