//! Service accounts: members of a store that are programs.

use autolytiq_authz::Role;
use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::PersonId;
use serde_json::json;

use super::{
    session::person_of,
    users::{self, PreparedUser},
};
use crate::{
    crypto::refresh::random_text,
    domain::{email::Email, name::Name, password::TypedPassword, profile::NewPerson},
    error::IdentityError,
    identity::Identity,
    store::api_key,
};

/// The host of addresses that no mail reaches (RFC 2606 section 2).
const NOWHERE: &str = "service.invalid";

/// An account to be made. Apart from [`create`], so that no transaction waits for the hash of the password that nobody
/// will ever know.
pub(crate) async fn prepare(identity: &Identity, name: Name) -> Result<PreparedUser, IdentityError> {
    // Letters and digits only: what a local part may hold, and half of the randomness is far more than enough.
    let token: String = random_text()?.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    let email = Email::parse(&format!("{token}@{NOWHERE}")).map_err(|_| IdentityError::Randomness)?;
    users::prepare(identity, NewPerson { name, email, password: TypedPassword::new(&random_text()?) }).await
}

/// Adds the account to the acting store. It cannot administer: a program that makes people and roles is nobody's wish.
pub(crate) async fn create(
    tx: &mut TenantTx,
    prepared: &PreparedUser,
    role: Role,
    purpose: &str,
) -> Result<PersonId, IdentityError> {
    let by = person_of(tx.ctx())?.person;
    let user = users::add_user(tx, prepared, role).await?;
    api_key::mark_service(tx, user.person, purpose, by).await?;
    let after = json!({ "name": user.name, "role": role, "purpose": purpose });
    tx.audit(AuditRecord::new("service_account.created", user.person).after(&after)).await?;
    Ok(user.person)
}
