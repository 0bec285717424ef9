//! The roles that a store made for itself.

use std::{collections::BTreeMap, sync::Arc};

use autolytiq_authz::{Role, action, reach_with};
use autolytiq_db::TenantTx;
use autolytiq_http::{ApiError, ApiJson, ApiPath, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_kernel::{Form, problem::Problem};
use axum::{Extension, Json};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    forms,
    roles::{PermissionView, held},
};
use crate::{
    domain::custom_role::{CustomRoleId, RoleBook, read_changes, written},
    error::IdentityError,
    identity::Identity,
    ops::custom_roles,
    store::custom_role,
};

/// A role of the store.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CustomRole)]
pub(super) struct CustomRoleView {
    /// The role.
    #[schema(value_type = String, format = Uuid)]
    id: CustomRoleId,
    /// As the store calls it.
    name: String,
    /// The predefined role at its bottom.
    base: Role,
    /// The role of the store that it begins with, if it is not the predefined one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    parent: Option<CustomRoleId>,
    /// What it changes of the role that it begins with: `none`, `own`, `team`, `store` or `group` by permission.
    changes: BTreeMap<&'static str, &'static str>,
    /// What comes of it.
    permissions: Vec<PermissionView>,
    /// How many people have it, also those whose access has ended.
    people: i64,
    /// For `If-Match`.
    version: i64,
}

/// The roles of the store.
#[derive(Serialize, ToSchema)]
pub(super) struct CustomRoles {
    /// By name; at most 100.
    items: Vec<CustomRoleView>,
}

/// Roles as the client sees them, with how many people have each.
struct Shelf {
    book: RoleBook,
    people: BTreeMap<CustomRoleId, i64>,
}

impl Shelf {
    async fn of(tx: &mut TenantTx) -> Result<Self, ApiError> {
        Ok(Self { book: custom_role::book(tx).await?, people: custom_role::counts(tx).await? })
    }

    fn view(&self, id: CustomRoleId) -> Option<CustomRoleView> {
        let (role, powers) = (self.book.find(id)?, self.book.powers(id)?);
        Some(CustomRoleView {
            id,
            name: role.name.clone(),
            base: role.base,
            parent: role.parent,
            changes: written(&role.changes),
            permissions: held(|permission| reach_with(role.base, Some(&powers), permission)),
            people: self.people.get(&id).copied().unwrap_or(0),
            version: role.version,
        })
    }
}

async fn shown(tx: &mut TenantTx, id: CustomRoleId) -> Result<CustomRoleView, ApiError> {
    Ok(Shelf::of(tx).await?.view(id).ok_or(IdentityError::NotFound("role"))?)
}

/// The roles that the store made for itself.
#[utoipa::path(get, path = "/admin/custom-roles", operation_id = "listCustomRoles",
    responses((status = 200, description = "The roles.", body = CustomRoles)))]
pub(super) async fn list_custom_roles(auth: Authorized<action::RoleRead>) -> ApiResult<Json<CustomRoles>> {
    let mut tx = auth.begin().await?;
    let shelf = Shelf::of(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(CustomRoles { items: shelf.book.0.iter().filter_map(|role| shelf.view(role.id)).collect() }))
}

/// A role to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CustomRoleNew {
    /// Its name, 1 to 60 characters, which no other role of the store has.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// The predefined role it begins with, or `customRole`.
    #[serde(default)]
    role: Option<Role>,
    /// The role of the store it begins with.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    custom_role: Option<CustomRoleId>,
    /// What it changes of that: `none`, `own`, `team`, `store` or `group` by permission.
    #[serde(default)]
    changes: BTreeMap<String, String>,
}

/// What of a role can be changed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CustomRoleEdit {
    /// Its name, 1 to 60 characters, which no other role of the store has.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// What it changes of the role that it begins with: `none`, `own`, `team`, `store` or `group` by permission.
    #[serde(default)]
    changes: BTreeMap<String, String>,
}

/// Make a role that begins with a predefined one or with another role of the store.
#[utoipa::path(post, path = "/admin/custom-roles", operation_id = "createCustomRole", request_body = CustomRoleNew,
    responses((status = 201, description = "Made.", body = CustomRoleView)))]
pub(super) async fn create_custom_role(
    auth: Authorized<action::RoleEdit>,
    ApiJson(body): ApiJson<CustomRoleNew>,
) -> ApiResult<Created<CustomRoleView>> {
    let mut form = Form::new();
    let name = forms::short_name(&mut form, "/name", &body.name);
    let given = forms::given(&mut form, body.role, body.custom_role);
    let (name, given) = forms::finish(form, name.zip(given))?;
    let changes = read_changes(&body.changes).map_err(IdentityError::Invalid)?;
    let mut tx = auth.begin().await?;
    let role = custom_roles::create(&mut tx, &name, given, changes).await?;
    let view = shown(&mut tx, role.id).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/admin/custom-roles/{}", role.id), role.version, view))
}

/// Change a role of the store. It acts within a second on everybody who has it, or a role that begins with it.
#[utoipa::path(put, path = "/admin/custom-roles/{id}", operation_id = "putCustomRole", request_body = CustomRoleEdit,
    params(("id" = String, Path, format = Uuid), ("If-Match" = String, Header)),
    responses((status = 200, description = "Changed.", body = CustomRoleView)))]
pub(super) async fn put_custom_role(
    auth: Authorized<action::RoleEdit>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(id): ApiPath<CustomRoleId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<CustomRoleEdit>,
) -> ApiResult<Versioned<CustomRoleView>> {
    let mut form = Form::new();
    let name = forms::short_name(&mut form, "/name", &body.name);
    let name = forms::finish(form, name)?;
    let changes = read_changes(&body.changes).map_err(IdentityError::Invalid)?;
    let mut tx = auth.begin().await?;
    let edited = custom_roles::edit(&mut tx, id, if_match.version(), &name, changes).await;
    let (role, holders) = match edited {
        Err(IdentityError::VersionConflict { yours, current }) => {
            let present = serde_json::to_value(shown(&mut tx, id).await?).ok();
            return Err(Problem::version_conflict(yours, current, present).into());
        }
        edited => edited?,
    };
    let view = shown(&mut tx, id).await?;
    tx.commit().await?;
    for person in holders {
        identity.cache().forget(person);
    }
    Ok(Versioned::new(role.version, view))
}

/// Remove a role that nobody has and no other role begins with.
#[utoipa::path(delete, path = "/admin/custom-roles/{id}", operation_id = "deleteCustomRole",
    params(("id" = String, Path, format = Uuid), ("If-Match" = String, Header)),
    responses((status = 204, description = "Removed.")))]
pub(super) async fn delete_custom_role(
    auth: Authorized<action::RoleEdit>,
    ApiPath(id): ApiPath<CustomRoleId>,
    if_match: IfMatch,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    custom_roles::remove(&mut tx, id, if_match.version()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
