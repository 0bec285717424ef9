//! Asking for access oneself: the public side, and the administrators'.

use std::sync::Arc;

use autolytiq_authz::{Role, action};
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized, IfMatch, Public, Versioned};
use autolytiq_kernel::{DealershipId, Form, problem::Problem};
use axum::{Extension, Json};
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::forms;
use crate::{
    domain::email::Email,
    error::IdentityError,
    identity::Identity,
    ops::register::{self, Waiting},
    store::registration::{self, RegistrationId},
};

/// Which store.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct DoorQuery {
    /// The store in the link that an administrator handed out.
    store: DealershipId,
}

/// A store that takes requests.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OpenDoor {
    /// Its name.
    store: String,
}

/// Whether a store takes requests for access; 404 when it does not.
#[utoipa::path(get, path = "/auth/registration", operation_id = "getRegistrationDoor", params(DoorQuery),
    responses((status = 200, description = "It does.", body = OpenDoor)))]
pub(super) async fn get_registration_door(
    _: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiQuery(query): ApiQuery<DoorQuery>,
) -> ApiResult<Json<OpenDoor>> {
    Ok(Json(OpenDoor { store: register::door(&identity, query.store).await? }))
}

/// A request for access.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AccessRequest {
    /// The store.
    store: DealershipId,
    /// Who asks, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Their address, to which a link is sent that confirms it.
    #[schema(format = Email)]
    email: String,
}

/// Ask for access to a store that takes requests. The answer is the same for every address.
#[utoipa::path(post, path = "/auth/registration", operation_id = "requestAccess", request_body = AccessRequest,
    responses((status = 202, description = "Asked; the address is confirmed by a link.")))]
pub(super) async fn request_access(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<AccessRequest>,
) -> ApiResult<StatusCode> {
    let mut form = Form::new();
    let name = forms::name(&mut form, "/name", &body.name);
    let email = forms::take(&mut form, "/email", "malformed", Email::parse(&body.email));
    let (name, email) = forms::finish(form, name.zip(email))?;
    register::door(&identity, body.store).await?;
    register::register_later(&identity, body.store, name, email, public.origin());
    Ok(StatusCode::ACCEPTED)
}

/// The token of a link.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ConfirmAddress {
    /// What stands behind `#token=`.
    #[schema(max_length = 100)]
    token: String,
}

/// Confirm the address of a request for access. It works once; an administrator decides then.
#[utoipa::path(post, path = "/auth/registration/confirm", operation_id = "confirmAddress",
    request_body = ConfirmAddress, responses((status = 204, description = "Confirmed.")))]
pub(super) async fn confirm_address(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<ConfirmAddress>,
) -> ApiResult<StatusCode> {
    register::confirm(&identity, &body.token, public.origin()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether people may ask for access, and where.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RegistrationDoor {
    /// Whether they may.
    open: bool,
    /// The page to hand out.
    link: String,
    /// For `If-Match`.
    version: i64,
}

/// Whether people may ask for access.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RegistrationDoorWrite {
    /// Whether they may.
    open: bool,
}

fn door_view(identity: &Identity, store: DealershipId, open: bool, version: i64) -> Versioned<RegistrationDoor> {
    let link = identity.link(&format!("/register?store={store}"));
    Versioned::new(version, RegistrationDoor { open, link, version })
}

/// Whether people may ask for access to the store themselves.
#[utoipa::path(get, path = "/admin/registration-door", operation_id = "getStoreRegistrationDoor",
    responses((status = 200, description = "The door.", body = RegistrationDoor)))]
pub(super) async fn get_door(
    auth: Authorized<action::UserRead>,
    Extension(identity): Extension<Arc<Identity>>,
) -> ApiResult<Versioned<RegistrationDoor>> {
    let mut tx = auth.begin().await?;
    let (open, version) = registration::door(&mut tx).await?;
    tx.commit().await?;
    Ok(door_view(&identity, auth.ctx().acting(), open, version))
}

/// Let people ask for access to the store themselves, or stop that. Requests that wait stay.
#[utoipa::path(put, path = "/admin/registration-door", operation_id = "putStoreRegistrationDoor",
    request_body = RegistrationDoorWrite, params(("If-Match" = String, Header)),
    responses((status = 200, description = "Set.", body = RegistrationDoor)))]
pub(super) async fn put_door(
    auth: Authorized<action::UserCreate>,
    Extension(identity): Extension<Arc<Identity>>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<RegistrationDoorWrite>,
) -> ApiResult<Versioned<RegistrationDoor>> {
    let mut tx = auth.begin().await?;
    let version = match register::set_door(&mut tx, body.open, if_match.version()).await {
        Err(IdentityError::VersionConflict { yours, current }) => {
            return Err(Problem::version_conflict(yours, current, None).into());
        }
        set => set?,
    };
    tx.commit().await?;
    Ok(door_view(&identity, auth.ctx().acting(), body.open, version))
}

/// A request that waits for a decision.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Registration)]
pub(super) struct RegistrationView {
    /// The request.
    id: RegistrationId,
    /// Who asks.
    name: String,
    /// Their address, confirmed.
    email: String,
    /// Since when it is confirmed.
    #[schema(value_type = String, format = DateTime)]
    confirmed_at: Timestamp,
}

impl From<Waiting> for RegistrationView {
    fn from(Waiting { id, name, email, confirmed_at }: Waiting) -> Self {
        Self { id, name, email, confirmed_at }
    }
}

/// Requests that wait for a decision.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Registrations {
    /// The oldest first.
    items: Vec<RegistrationView>,
}

/// Who has asked for access to the store and waits for a decision.
#[utoipa::path(get, path = "/admin/registrations", operation_id = "listRegistrations",
    responses((status = 200, description = "The requests.", body = Registrations)))]
pub(super) async fn list_registrations(auth: Authorized<action::UserRead>) -> ApiResult<Json<Registrations>> {
    let mut tx = auth.begin().await?;
    let waiting = register::waiting(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(Registrations { items: waiting.into_iter().map(RegistrationView::from).collect() }))
}

/// What the person will be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Approval {
    /// Their role.
    role: Role,
}

/// Give the access that was asked for. The person is sent an invitation and chooses a password.
#[utoipa::path(post, path = "/admin/registrations/{id}/approve", operation_id = "approveRegistration",
    request_body = Approval, params(("id" = RegistrationId, Path)),
    responses((status = 204, description = "Given; the invitation is on its way.")))]
pub(super) async fn approve_registration(
    auth: Authorized<action::UserCreate>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(id): ApiPath<RegistrationId>,
    ApiJson(body): ApiJson<Approval>,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    let user = register::approve(&identity, &mut tx, id, body.role).await?;
    tx.commit().await?;
    identity.cache().forget(user.person);
    Ok(StatusCode::NO_CONTENT)
}

/// Decline a request; whoever asked is told.
#[utoipa::path(post, path = "/admin/registrations/{id}/decline", operation_id = "declineRegistration",
    params(("id" = RegistrationId, Path)), responses((status = 204, description = "Declined.")))]
pub(super) async fn decline_registration(
    auth: Authorized<action::UserCreate>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(id): ApiPath<RegistrationId>,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    register::decline(&identity, &mut tx, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
