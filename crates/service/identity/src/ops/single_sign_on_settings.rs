//! Which provider a store trusts, and with what.

use autolytiq_authz::Role;
use autolytiq_db::{AuditRecord, SystemUse, TenantTx};
use autolytiq_http::Platform;
use autolytiq_kernel::{TenantCtx, problem::FieldError};
use autolytiq_oidc::{OidcError, Provider};
use autolytiq_secrets::Protected;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{custom_roles::within_own, users};
use crate::{
    domain::single_sign_on::Connection,
    error::{IdentityError, SsoRefusal},
    identity::Identity,
    store::single_sign_on::{self as store, Stored},
};

/// What a sealed secret is bound to.
const SECRET_COLUMN: &str = "sso_connection.client_secret";

/// What an administrator wants of the secret.
pub(crate) enum SecretWish {
    Keep,
    Set(SecretString),
    Remove,
}

/// The client secret of a connection, opened.
pub(super) async fn secret_of(
    platform: &Platform,
    tx: &mut TenantTx,
    stored: &Stored,
) -> Result<Option<SecretString>, IdentityError> {
    let Some(sealed) = &stored.client_secret else { return Ok(None) };
    let key = platform.vault.existing_subject_key(tx, stored.id).await?.ok_or(SsoRefusal::Unsealed)?;
    Ok(Some(SecretString::from(key.open(SECRET_COLUMN, stored.id.uuid(), sealed)?.expose().to_owned())))
}

/// What a provider says of itself, and how many keys it signs with.
pub(crate) async fn look(identity: &Identity, issuer: &str) -> Result<(Provider, usize), IdentityError> {
    let asked = async {
        let provider = identity.oidc().discover(issuer).await?;
        let keys = identity.oidc().keys(&provider).await?;
        if keys.keys.is_empty() {
            return Err(OidcError::Answer("it publishes no key that we can use"));
        }
        Ok((provider, keys.keys.len()))
    };
    asked.await.map_err(|error: OidcError| invalid("/issuer", "no-provider", error.to_string()))
}

/// Saves the connection of the acting store. A provider that people are to sign in with is asked first.
///
/// It can let in anybody of the store, administrators among them, so it takes all that an administrator may to name it.
pub(crate) async fn save(
    identity: &Identity,
    platform: &Platform,
    ctx: &TenantCtx,
    (wanted, secret): (Connection, SecretWish),
    version: i64,
) -> Result<Stored, IdentityError> {
    let connection = wanted.checked().map_err(IdentityError::Invalid)?;
    let end_session_endpoint = match look(identity, &connection.issuer).await {
        Ok((provider, _)) => provider.end_session_endpoint.map(String::from),
        Err(error) if connection.active => return Err(error),
        Err(_) => None,
    };
    if connection.active {
        owns_hosts(identity, ctx, &connection).await?;
    }
    let mut tx = platform.db.tenant(ctx).await?;
    within_own(&mut tx, Role::Administrator, None).await?;
    for (pointer, given) in connection.gives() {
        users::held(&mut tx, given).await.map_err(|error| match error {
            IdentityError::Invalid(_) => {
                invalid(&format!("{pointer}/customRole"), "unknown", "the store has no such role")
            }
            error => error,
        })?;
    }
    let present = store::find(&mut tx).await?;
    let current = present.as_ref().map_or(0, |present| present.version);
    if current != version {
        return Err(IdentityError::VersionConflict { yours: version, current });
    }
    let (id, kept) = match present.as_ref() {
        Some(present) => (present.id, present.client_secret.clone()),
        None => (tx.new_id(), None),
    };
    let moved = present.as_ref().is_some_and(|present| present.connection.issuer != connection.issuer);
    let client_secret = match secret {
        // A secret is for the provider it was given for, and is not sent to another.
        SecretWish::Keep if moved && kept.is_some() => {
            return Err(invalid("/clientSecret", "required", "enter the secret that the new provider gave you"));
        }
        SecretWish::Keep => kept,
        SecretWish::Remove => None,
        SecretWish::Set(text) => {
            let key = platform.vault.subject_key(&mut tx, id).await?;
            Some(key.seal(SECRET_COLUMN, id.uuid(), &Protected::new(text.expose_secret().to_owned()))?)
        }
    };
    let mut stored = Stored { id, connection, client_secret, end_session_endpoint, version };
    stored.version = store::save(&mut tx, &stored).await?;
    // Without a provider nobody signs in with one.
    let before = present.as_ref().map_or_else(|| json!({ "active": false }), told);
    tx.audit(AuditRecord::new("single_sign_on.changed", id).before(&before).after(&told(&stored))).await?;
    tx.commit().await?;
    Ok(stored)
}

/// A store claims the hosts of its administrators' addresses alone, and of those only that somebody has shown to be
/// theirs: else one store's provider would be offered to another store's people.
async fn owns_hosts(identity: &Identity, ctx: &TenantCtx, connection: &Connection) -> Result<(), IdentityError> {
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let known = store::hosts_of_administrators(&mut tx, ctx.acting()).await?;
    tx.commit().await?;
    let faults: Vec<FieldError> = connection
        .hosts
        .iter()
        .enumerate()
        .filter(|(_, host)| !known.contains(host))
        .map(|(at, _)| FieldError::new(format!("/hosts/{at}"), "not-yours", NOT_YOURS))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(IdentityError::Invalid(faults)) }
}

const NOT_YOURS: &str = "no administrator of the store has an address there that was confirmed by a link in a mail; one who \
                         uses “Forgotten password” once has";

fn invalid(pointer: &str, code: &'static str, why: impl Into<std::borrow::Cow<'static, str>>) -> IdentityError {
    IdentityError::Invalid(vec![FieldError::new(pointer.to_owned(), code, why)])
}

/// The connection for the trail, without its secret.
fn told(stored: &Stored) -> Value {
    let mut told = json!(stored.connection);
    if let Some(told) = told.as_object_mut() {
        told.insert("secret".to_owned(), json!(stored.client_secret.is_some()));
    }
    told
}
