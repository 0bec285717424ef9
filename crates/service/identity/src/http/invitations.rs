//! Invitations to a store.

use std::sync::Arc;

use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiResult, Authorized};
use autolytiq_kernel::PersonId;
use axum::{Extension, Json};
use http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    identity::Identity,
    ops::invite::{self, Pending},
};

/// An invitation that nobody has followed yet.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Invitation)]
pub(super) struct InvitationView {
    /// Who was invited.
    person_id: PersonId,
    /// When the last one was sent.
    #[schema(value_type = String, format = DateTime)]
    sent_at: Timestamp,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<Pending> for InvitationView {
    fn from(pending: Pending) -> Self {
        Self { person_id: pending.person, sent_at: pending.sent_at, expires_at: pending.expires_at }
    }
}

/// Invitations that nobody has followed yet.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invitations {
    /// The last one of each person, newest first.
    items: Vec<InvitationView>,
}

/// Who was invited to the store and has not come yet.
#[utoipa::path(get, path = "/admin/invitations", operation_id = "listInvitations",
    responses((status = 200, description = "The invitations.", body = Invitations)))]
pub(super) async fn list_invitations(auth: Authorized<action::UserRead>) -> ApiResult<Json<Invitations>> {
    let mut tx = auth.begin().await?;
    let pending = invite::pending(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(Invitations { items: pending.into_iter().map(InvitationView::from).collect() }))
}

/// Send a person of the store the invitation again.
#[utoipa::path(post, path = "/admin/users/{id}/invite", operation_id = "inviteUser",
    params(("id" = PersonId, Path)), responses((status = 204, description = "On its way.")))]
pub(super) async fn invite_user(
    auth: Authorized<action::UserCreate>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(person): ApiPath<PersonId>,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    invite::invite_again(&identity, &mut tx, person).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
