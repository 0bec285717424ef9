//! Making and ending API keys.

use autolytiq_authz::Role;
use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::{Form, PersonId};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::json;

use super::session::person_of;
use crate::{
    crypto::api_key,
    domain::{
        api_key::{self as rules, ApiKeyId, MOST_KEYS},
        name::Name,
    },
    error::IdentityError,
    store::{
        api_key::{self as keys, NewKey},
        change, member,
    },
};

/// What a new key is to be.
pub(crate) struct KeyWish {
    pub(crate) name: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) days: Option<u16>,
}

/// Makes a key for a member of the acting store; the text is given out this once.
pub(crate) async fn create(
    tx: &mut TenantTx,
    owner: PersonId,
    wish: &KeyWish,
) -> Result<(ApiKeyId, SecretString), IdentityError> {
    let by = person_of(tx.ctx())?.person;
    let user = member::find(tx, owner).await?.filter(|user| user.active);
    let user = user.ok_or(IdentityError::NotFound("service account"))?;
    let (name, days, scopes) = checked(wish, user.role)?;
    if keys::usable(tx, owner).await? >= MOST_KEYS {
        return Err(IdentityError::TooManyKeys);
    }
    let id: ApiKeyId = tx.new_id();
    let (text, digest) = api_key::generate(id)?;
    let expires_at = tx.now() + SignedDuration::from_hours(24 * i64::from(days));
    let new = NewKey { id, owner, name: name.as_str(), digest, scopes: &scopes, created_by: by, expires_at };
    keys::insert(tx, &new).await?;
    let ids: Vec<&str> = scopes.iter().map(|permission| permission.id()).collect();
    let after = json!({ "owner": owner, "name": name.as_str(), "scopes": ids, "expiresAt": expires_at });
    tx.audit(AuditRecord::new("api_key.created", id).after(&after)).await?;
    Ok((id, text))
}

fn checked(wish: &KeyWish, role: Role) -> Result<(Name, u16, Vec<autolytiq_authz::Permission>), IdentityError> {
    let mut form = Form::new();
    let name = form
        .take("/name", Name::parse(&wish.name).map_err(|why| autolytiq_kernel::Fault::new("invalid", why.to_string())));
    let days = form.take("/days", rules::days(wish.days));
    let scopes = form.take("/scopes", rules::scopes(&wish.scopes, role));
    let read = form.finish((name, days, scopes)).map_err(IdentityError::Invalid)?;
    match read {
        (Some(name), Some(days), Some(scopes)) => Ok((name, days, scopes)),
        _ => Err(IdentityError::Invalid(Vec::new())),
    }
}

/// Ends a key at once, in every process; of this owner if one is given. Ending it twice is no mistake.
pub(crate) async fn revoke(
    tx: &mut TenantTx,
    id: ApiKeyId,
    owner: Option<PersonId>,
) -> Result<Option<PersonId>, IdentityError> {
    let by = person_of(tx.ctx())?.person;
    let Some((owner, name)) = keys::revoke(tx, id, owner, by).await? else {
        let known = keys::exists(tx, id, owner).await?;
        return if known { Ok(None) } else { Err(IdentityError::NotFound("API key")) };
    };
    let before = json!({ "owner": owner, "name": name, "revoked": false });
    let after = json!({ "owner": owner, "name": name, "revoked": true });
    tx.audit(AuditRecord::new("api_key.revoked", id).before(&before).after(&after)).await?;
    change::record_member(tx, owner).await?;
    Ok(Some(owner))
}
