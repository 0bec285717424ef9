//! API keys: one's own, and those of the store.

use std::{net::IpAddr, sync::Arc};

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authenticated, Authorized};
use autolytiq_kernel::PersonId;
use axum::{Extension, Json};
use http::StatusCode;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::api_key::{ApiKey, ApiKeyId},
    error::IdentityError,
    identity::Identity,
    ops::api_keys::{self, KeyWish},
    store::api_key,
};

/// An API key without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKey)]
pub(super) struct ApiKeyView {
    /// The key.
    id: ApiKeyId,
    /// Whom it acts for.
    owner_id: PersonId,
    /// Their name.
    owner_name: String,
    /// Whether that is a service account.
    service: bool,
    /// What its owner calls it.
    name: String,
    /// The permissions it was made for.
    scopes: Vec<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// When it was used last, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
    /// From which address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    last_used_from: Option<IpAddr>,
    /// When somebody ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id,
            owner_id: key.owner,
            owner_name: key.owner_name,
            service: key.service,
            name: key.name,
            scopes: key.scopes,
            created_at: key.created_at,
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
            last_used_from: key.last_used_from,
            revoked_at: key.revoked_at,
        }
    }
}

/// Keys, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApiKeys {
    items: Vec<ApiKeyView>,
}

impl From<Vec<ApiKey>> for ApiKeys {
    fn from(keys: Vec<ApiKey>) -> Self {
        Self { items: keys.into_iter().map(ApiKeyView::from).collect() }
    }
}

/// A key to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ApiKeyNew {
    /// What to call it, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// The permissions it is for; its owner must have them.
    #[schema(min_items = 1, max_items = 128)]
    scopes: Vec<String>,
    /// How many days it is good for, 1 to 365; 90 unless given.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 365)]
    days: Option<u16>,
}

impl From<ApiKeyNew> for KeyWish {
    fn from(ApiKeyNew { name, scopes, days }: ApiKeyNew) -> Self {
        Self { name, scopes, days }
    }
}

/// A new key. Its text is shown this once and kept nowhere.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiKeyMade {
    /// The key.
    id: ApiKeyId,
    /// For the `Authorization` header: `Bearer <key>`.
    key: String,
}

/// One's own keys in the acting store.
#[utoipa::path(get, path = "/account/api-keys", operation_id = "listOwnApiKeys",
    responses((status = 200, description = "The keys.", body = ApiKeys)))]
pub(super) async fn list_own(auth: Authenticated) -> ApiResult<Json<ApiKeys>> {
    let mut tx = auth.begin().await?;
    let keys = api_key::list(&mut tx, Some(auth.person())).await?;
    tx.commit().await?;
    Ok(Json(keys.into()))
}

/// Make a key that acts as oneself in the acting store. It takes no Idempotency-Key: a stored answer would hold the key.
#[utoipa::path(post, path = "/account/api-keys", operation_id = "createOwnApiKey", request_body = ApiKeyNew,
    responses((status = 201, description = "Made.", body = ApiKeyMade)))]
pub(super) async fn create_own(
    auth: Authenticated,
    ApiJson(body): ApiJson<ApiKeyNew>,
) -> ApiResult<(StatusCode, Json<ApiKeyMade>)> {
    let mut tx = auth.begin().await?;
    let (id, key) = api_keys::create(&mut tx, auth.person(), &body.into()).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ApiKeyMade { id, key: key.expose_secret().to_owned() })))
}

/// End one's own key, at once and everywhere.
#[utoipa::path(delete, path = "/account/api-keys/{id}", operation_id = "revokeOwnApiKey",
    params(("id" = ApiKeyId, Path)), responses((status = 204, description = "Ended.")))]
pub(super) async fn revoke_own(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(id): ApiPath<ApiKeyId>,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    let owner = api_keys::revoke(&mut tx, id, Some(auth.person())).await?;
    tx.commit().await?;
    forget(&identity, owner);
    Ok(StatusCode::NO_CONTENT)
}

/// Every key of the store, of people and of service accounts, the newest first.
#[utoipa::path(get, path = "/admin/api-keys", operation_id = "listApiKeys",
    responses((status = 200, description = "The keys.", body = ApiKeys)))]
pub(super) async fn list_all(auth: Authorized<action::UserRead>) -> ApiResult<Json<ApiKeys>> {
    let mut tx = auth.begin().await?;
    let keys = api_key::list(&mut tx, None).await?;
    tx.commit().await?;
    Ok(Json(keys.into()))
}

/// End anybody's key, at once and everywhere.
#[utoipa::path(delete, path = "/admin/api-keys/{id}", operation_id = "revokeApiKey",
    params(("id" = ApiKeyId, Path)), responses((status = 204, description = "Ended.")))]
pub(super) async fn revoke_any(
    auth: Authorized<action::UserSetRole>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(id): ApiPath<ApiKeyId>,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    let owner = api_keys::revoke(&mut tx, id, None).await?;
    tx.commit().await?;
    forget(&identity, owner);
    Ok(StatusCode::NO_CONTENT)
}

fn forget(identity: &Identity, owner: Option<PersonId>) {
    if let Some(owner) = owner {
        identity.cache().forget(owner);
    }
}

/// Make a key for a service account. As for one's own keys, no Idempotency-Key.
#[utoipa::path(post, path = "/admin/service-accounts/{id}/keys", operation_id = "createServiceAccountKey",
    params(("id" = PersonId, Path)), request_body = ApiKeyNew,
    responses((status = 201, description = "Made.", body = ApiKeyMade)))]
pub(super) async fn create_for_service(
    auth: Authorized<action::UserSetRole>,
    ApiPath(account): ApiPath<PersonId>,
    ApiJson(body): ApiJson<ApiKeyNew>,
) -> ApiResult<(StatusCode, Json<ApiKeyMade>)> {
    let mut tx = auth.begin().await?;
    if api_key::service_accounts(&mut tx, Some(account)).await?.is_empty() {
        return Err(IdentityError::NotFound("service account").into());
    }
    let (id, key) = api_keys::create(&mut tx, account, &body.into()).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ApiKeyMade { id, key: key.expose_secret().to_owned() })))
}
