//! The people of a store.

use std::sync::Arc;

use autolytiq_authz::{Role, action};
use autolytiq_db::TenantTx;
use autolytiq_http::{ApiError, ApiJson, ApiPath, ApiQuery, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_kernel::{Form, Page, PageRequest, PersonId, problem::Problem};
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::forms::{self, PersonForm};
use crate::{
    domain::{
        custom_role::CustomRoleId,
        name::Name,
        password::TypedPassword,
        team::TeamName,
        user::{CustomRoleName, User},
    },
    error::IdentityError,
    identity::Identity,
    ops::{invite, users},
    store::member::{self, UserKey},
};

/// A person of the store.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = User)]
pub(super) struct UserView {
    /// The person.
    id: PersonId,
    /// As the store calls them.
    name: String,
    /// The address they sign in with.
    email: String,
    /// What they are here; of the store's own roles, the predefined one that theirs begins with.
    role: Role,
    /// The store's own role, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_role: Option<CustomRoleName>,
    /// The team they are in.
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<TeamName>,
    /// Whether they have access.
    active: bool,
    /// When the store gave access first.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// For `If-Match`.
    version: i64,
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        let User { person, name, email, role, custom_role, team, active, created_at, version } = user;
        Self { id: person, name, email, role, custom_role, team, active, created_at, version }
    }
}

pub(super) fn versioned(user: User) -> Versioned<UserView> {
    Versioned::new(user.version, user.into())
}

/// The order of the list, for its cursors.
const BY_NAME: &str = "users.name";

/// The people of the store by name, also those whose access has ended.
#[utoipa::path(get, path = "/admin/users", operation_id = "listUsers", params(PageRequest),
    responses((status = 200, description = "A page.", body = Page<UserView>)))]
pub(super) async fn list_users(
    auth: Authorized<action::UserRead>,
    ApiQuery(page): ApiQuery<PageRequest>,
) -> ApiResult<Json<Page<UserView>>> {
    let after: Option<UserKey> = page.key(BY_NAME)?;
    let mut tx = auth.begin().await?;
    let rows = member::list(&mut tx, after.as_ref(), page.limit.fetch()).await?;
    tx.commit().await?;
    let page = Page::from_rows(rows, page.limit, BY_NAME, |user| (user.name.clone(), user.person));
    Ok(Json(page.map(UserView::from)))
}

/// A person of the store.
#[utoipa::path(get, path = "/admin/users/{id}", operation_id = "getUser", params(("id" = PersonId, Path)),
    responses((status = 200, description = "The person.", body = UserView)))]
pub(super) async fn get_user(
    auth: Authorized<action::UserRead>,
    ApiPath(person): ApiPath<PersonId>,
) -> ApiResult<Versioned<UserView>> {
    let mut tx = auth.begin().await?;
    let user = member::find(&mut tx, person).await?;
    tx.commit().await?;
    Ok(versioned(user.ok_or(IdentityError::NotFound("user"))?))
}

/// A person to be given access. Somebody who has an account already keeps their own password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct UserNew {
    /// As the store calls them, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// The address they sign in with.
    #[schema(format = Email)]
    email: String,
    /// Their first password, 12 to 128 characters, to be told in person. Without one they are sent an invitation and
    /// choose it themselves.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password, min_length = 12, max_length = 128)]
    password: Option<TypedPassword>,
    /// What they will be: a predefined role, or `customRole`.
    #[serde(default)]
    role: Option<Role>,
    /// One of the store's own roles.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    custom_role: Option<CustomRoleId>,
}

/// Give a person access to the store.
#[utoipa::path(post, path = "/admin/users", operation_id = "createUser", request_body = UserNew,
    responses((status = 201, description = "Added.", body = UserView)))]
pub(super) async fn create_user(
    auth: Authorized<action::UserCreate>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<UserNew>,
) -> ApiResult<Created<UserView>> {
    let UserNew { name, email, password, role, custom_role } = body;
    let invited = password.is_none();
    let password = password.map_or_else(invite::nobodys_password, Ok)?;
    let mut form = Form::new();
    let given = forms::given(&mut form, role, custom_role);
    let person = PersonForm { name, email, password }.read(&mut form, "");
    let prepared = users::prepare(&identity, forms::finish(form, person)?).await?;
    let given = given.ok_or(IdentityError::NotFound("role"))?;
    let mut tx = auth.begin().await?;
    let user = users::add_user(&mut tx, &prepared, given).await?;
    if invited {
        invite::invite(&identity, &mut tx, &user).await?;
    }
    tx.commit().await?;
    identity.cache().forget(user.person);
    Ok(Created::new(format!("/api/v1/admin/users/{}", user.person), user.version, user.into()))
}

/// What a person is called.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct UserName {
    /// As the store calls them, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
}

/// Call a person of the store something else.
#[utoipa::path(put, path = "/admin/users/{id}/name", operation_id = "putUserName", request_body = UserName,
    params(("id" = PersonId, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Changed.", body = UserView)))]
pub(super) async fn put_user_name(
    auth: Authorized<action::UserSetRole>,
    ApiPath(person): ApiPath<PersonId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<UserName>,
) -> ApiResult<Versioned<UserView>> {
    let mut form = Form::new();
    let name = forms::name(&mut form, "/name", &body.name);
    let name = forms::finish(form, name)?;
    let mut tx = auth.begin().await?;
    let changed = users::set_name(&mut tx, person, &name, if_match.version()).await;
    let user = with_present(&mut tx, person, changed).await?;
    tx.commit().await?;
    Ok(versioned(user))
}

/// A role.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct UserRole {
    /// What the person will be: a predefined role, or `customRole`.
    #[serde(default)]
    role: Option<Role>,
    /// One of the store's own roles.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    custom_role: Option<CustomRoleId>,
}

/// Change what a person is in the store. It acts on their next request.
#[utoipa::path(put, path = "/admin/users/{id}/role", operation_id = "putUserRole", request_body = UserRole,
    params(("id" = PersonId, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Changed.", body = UserView)))]
pub(super) async fn put_user_role(
    auth: Authorized<action::UserSetRole>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(person): ApiPath<PersonId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<UserRole>,
) -> ApiResult<Versioned<UserView>> {
    let mut form = Form::new();
    let given = forms::given(&mut form, body.role, body.custom_role);
    let given = forms::finish(form, given)?;
    let mut tx = auth.begin().await?;
    let changed = users::set_role(&mut tx, person, given, if_match.version()).await;
    let user = with_present(&mut tx, person, changed).await?;
    tx.commit().await?;
    identity.cache().forget(person);
    Ok(versioned(user))
}

/// Adds the user as they are now to a conflict of versions.
pub(super) async fn with_present(
    tx: &mut TenantTx,
    person: PersonId,
    changed: Result<User, IdentityError>,
) -> Result<User, ApiError> {
    let Err(IdentityError::VersionConflict { yours, current }) = changed else { return Ok(changed?) };
    let present = member::find(tx, person).await?.map(UserView::from);
    let resource = present.and_then(|view| serde_json::to_value(view).ok());
    Err(Problem::version_conflict(yours, current, resource).into())
}

/// Why access ends or comes back.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Reason {
    /// For the audit trail, at most 120 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 120)]
    reason: Option<Name>,
}

/// Why access ends, and who goes on with what the person was working on.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Leaving {
    /// For the audit trail, at most 120 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 120)]
    reason: Option<Name>,
    /// Who takes the person's open deals. Without one they stay theirs.
    #[serde(default)]
    transfer_to: Option<PersonId>,
}

/// End a person's access to the store. Their history stays, and so do their other stores; their open deals go to whom you
/// name, moments later.
#[utoipa::path(post, path = "/admin/users/{id}/deactivate", operation_id = "deactivateUser", request_body = Leaving,
    params(("id" = PersonId, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Access ended.", body = UserView)))]
pub(super) async fn deactivate_user(
    auth: Authorized<action::UserSetRole>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(person): ApiPath<PersonId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<Leaving>,
) -> ApiResult<Versioned<UserView>> {
    let mut tx = auth.begin().await?;
    let Leaving { reason, transfer_to } = body;
    let changed = users::deactivate(&mut tx, person, if_match.version(), reason.map(String::from), transfer_to).await;
    let user = with_present(&mut tx, person, changed).await?;
    tx.commit().await?;
    identity.cache().forget(person);
    Ok(versioned(user))
}

/// Give a person back the access that was ended, in the role they had.
#[utoipa::path(post, path = "/admin/users/{id}/reactivate", operation_id = "reactivateUser", request_body = Reason,
    params(("id" = PersonId, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Access given back.", body = UserView)))]
pub(super) async fn reactivate_user(
    auth: Authorized<action::UserSetRole>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(person): ApiPath<PersonId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<Reason>,
) -> ApiResult<Versioned<UserView>> {
    let mut tx = auth.begin().await?;
    let reason = body.reason.map(String::from);
    let changed = users::set_active(&mut tx, person, true, if_match.version(), reason).await;
    let user = with_present(&mut tx, person, changed).await?;
    tx.commit().await?;
    identity.cache().forget(person);
    Ok(versioned(user))
}
