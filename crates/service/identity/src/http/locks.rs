//! Accounts that failed attempts have locked.

use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiResult, Authorized};
use autolytiq_kernel::PersonId;
use axum::Json;
use http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ops::unlock, store::throttle};

/// A member of the store who cannot sign in for a while.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LockedUser {
    /// The person.
    id: PersonId,
    /// Until when no attempt is looked at.
    #[schema(value_type = String, format = DateTime)]
    locked_until: Timestamp,
}

/// The members who are locked now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LockedUsers {
    items: Vec<LockedUser>,
}

/// The people of the store whose account is locked after failed attempts.
#[utoipa::path(get, path = "/admin/locked-users", operation_id = "listLockedUsers",
    responses((status = 200, description = "Who is locked.", body = LockedUsers)))]
pub(super) async fn list_locked(auth: Authorized<action::UserRead>) -> ApiResult<Json<LockedUsers>> {
    let mut tx = auth.begin().await?;
    let locked = throttle::locked_members(&mut tx).await?;
    tx.commit().await?;
    let items = locked.into_iter().map(|(id, locked_until)| LockedUser { id, locked_until }).collect();
    Ok(Json(LockedUsers { items }))
}

/// Lift the lock of a person of the store, after making sure that it was they who failed. Nothing happens where there is
/// none.
#[utoipa::path(post, path = "/admin/users/{id}/unlock", operation_id = "unlockUser", params(("id" = PersonId, Path)),
    responses((status = 204, description = "Not locked any more.")))]
pub(super) async fn unlock_user(
    auth: Authorized<action::UserSetRole>,
    ApiPath(person): ApiPath<PersonId>,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    unlock::unlock(&mut tx, person).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
