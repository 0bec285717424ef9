//! Service accounts: programs that work for a store.

use std::sync::Arc;

use autolytiq_authz::{Role, action};
use autolytiq_db::{DbError, TenantTx};
use autolytiq_http::{ApiError, ApiJson, ApiResult, Authorized, Created};
use autolytiq_kernel::{Fault, Form, PersonId};
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::name::Name,
    error::IdentityError,
    identity::Identity,
    ops::service_accounts,
    store::api_key::{self, ServiceAccountRow},
};

const LONGEST_PURPOSE: usize = 240;

/// A program that works for the store. Access is ended and given back as a user's is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServiceAccount {
    /// The account, which the trail names like a person.
    id: PersonId,
    /// Its name.
    name: String,
    /// What it is for.
    purpose: String,
    /// What it is at most; each of its keys is for a part of it.
    role: Role,
    /// Whether its keys work.
    active: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// For `If-Match`.
    version: i64,
}

impl TryFrom<ServiceAccountRow> for ServiceAccount {
    type Error = DbError;

    fn try_from(row: ServiceAccountRow) -> Result<Self, Self::Error> {
        Ok(Self {
            id: row.person_id,
            name: row.name,
            purpose: row.purpose,
            role: row.role.parse().map_err(|error| DbError::inconsistent("membership", "role", error))?,
            active: row.active,
            created_at: row.created_at.to_jiff(),
            version: row.version,
        })
    }
}

/// Service accounts by name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ServiceAccounts {
    items: Vec<ServiceAccount>,
}

/// The service accounts of the store.
#[utoipa::path(get, path = "/admin/service-accounts", operation_id = "listServiceAccounts",
    responses((status = 200, description = "The accounts.", body = ServiceAccounts)))]
pub(super) async fn list_service_accounts(auth: Authorized<action::UserRead>) -> ApiResult<Json<ServiceAccounts>> {
    let mut tx = auth.begin().await?;
    let items = read(&mut tx, None).await?;
    tx.commit().await?;
    Ok(Json(ServiceAccounts { items }))
}

async fn read(tx: &mut TenantTx, one: Option<PersonId>) -> Result<Vec<ServiceAccount>, ApiError> {
    let rows = api_key::service_accounts(tx, one).await?;
    Ok(rows.into_iter().map(ServiceAccount::try_from).collect::<Result<_, _>>()?)
}

/// A service account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ServiceAccountNew {
    /// Its name, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// What it is for, 1 to 240 characters.
    #[schema(min_length = 1, max_length = 240)]
    purpose: String,
    /// What it is at most; an administrator it cannot be.
    role: Role,
}

/// Make a service account. It has no password; give it keys.
#[utoipa::path(post, path = "/admin/service-accounts", operation_id = "createServiceAccount",
    request_body = ServiceAccountNew, responses((status = 201, description = "Made.", body = ServiceAccount)))]
pub(super) async fn create_service_account(
    auth: Authorized<action::UserCreate>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<ServiceAccountNew>,
) -> ApiResult<Created<ServiceAccount>> {
    let mut form = Form::new();
    let name = Name::parse(&body.name).map_err(|why| Fault::new("invalid-name", why.to_string()));
    let name = form.take("/name", name);
    let purpose = form.line("/purpose", &body.purpose, LONGEST_PURPOSE);
    if body.role.administers() {
        form.refuse("/role", "not-permitted", "a service account does not administer the store");
    }
    let (name, purpose) = form.finish((name, purpose)).map_err(IdentityError::Invalid)?;
    let name = name.ok_or_else(|| IdentityError::Invalid(Vec::new()))?;
    let prepared = service_accounts::prepare(&identity, name).await?;
    let mut tx = auth.begin().await?;
    let id = service_accounts::create(&mut tx, &prepared, body.role, &purpose).await?;
    let made = read(&mut tx, Some(id)).await?.pop().ok_or(IdentityError::NotFound("service account"))?;
    tx.commit().await?;
    Ok(Created::new("/api/v1/admin/service-accounts", made.version, made))
}
