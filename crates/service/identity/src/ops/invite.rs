//! Invitations: access that begins with a link instead of a password that two people know.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::PersonId;
use autolytiq_mail::{Letter, To, send};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::json;

use crate::{
    crypto::refresh::{RefreshDigest, random_text},
    domain::{password::TypedPassword, user::User},
    error::IdentityError,
    identity::Identity,
    store::{
        link::{self, Purpose},
        member,
    },
};

/// How long an invitation is good.
const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A password that nobody knows, for an account whose owner will choose one.
pub(crate) fn nobodys_password() -> Result<TypedPassword, IdentityError> {
    Ok(TypedPassword::new(&random_text()?))
}

/// Sends a member of the acting store the link with which their access begins.
///
/// The same for somebody who has an account already, whom the page sends to the sign-in: the store does not learn which
/// it was.
///
/// # Errors
/// A failure of the database or of the keys.
pub(crate) async fn invite(identity: &Identity, tx: &mut TenantTx, user: &User) -> Result<(), IdentityError> {
    let by = match tx.ctx().person() {
        Some(person) => member::names(tx, &[person]).await?.remove(&person),
        None => None,
    };
    let token = random_text()?;
    let until = tx.now() + LIFETIME;
    link::issue(tx, RefreshDigest::of(&token), Purpose::Invitation, user.person, until).await?;
    let letter = Letter::Invitation {
        by: by.unwrap_or_else(|| "An administrator".to_owned()),
        link: SecretString::from(identity.link(&format!("/welcome#token={token}"))),
    };
    let to = To { name: user.name.clone(), email: user.email.clone() };
    send(tx, identity.vault(), &to, &letter, Some(until)).await?;
    let after = json!({ "email": user.email, "expiresAt": until });
    tx.audit(AuditRecord::new("user.invited", user.person).after(&after)).await?;
    Ok(())
}

/// Sends the invitation again; links of earlier ones stay good until they run out.
///
/// # Errors
/// [`IdentityError::NotFound`] for nobody of the store or somebody whose access has ended; as [`invite`].
pub(crate) async fn invite_again(
    identity: &Identity,
    tx: &mut TenantTx,
    person: PersonId,
) -> Result<(), IdentityError> {
    let user = member::find(tx, person).await?.filter(|user| user.active).ok_or(IdentityError::NotFound("user"))?;
    invite(identity, tx, &user).await
}

/// An invitation that nobody has followed yet.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) person: PersonId,
    pub(crate) sent_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// Who was invited to the acting store and has not come yet.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn pending(tx: &mut TenantTx) -> Result<Vec<Pending>, IdentityError> {
    let rows = link::pending_invitations(tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| Pending {
            person: row.person_id,
            sent_at: row.sent_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
        })
        .collect())
}
