//! Who is at a deal.

use std::sync::Arc;

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized};
use autolytiq_kernel::{DealId, PersonId};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::presence::{Attendant, Board, Manner},
    ops::attend::attend,
};

/// What the caller does at the deal.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Presence {
    manner: Manner,
}

/// The others who are at the deal.
#[derive(Serialize, ToSchema)]
pub(super) struct Attendance {
    others: Vec<AttendantView>,
}

/// Somebody else at the deal.
#[derive(Serialize, ToSchema)]
#[schema(as = Attendant)]
pub(super) struct AttendantView {
    id: PersonId,
    name: String,
    /// Has typed something that is not saved.
    editing: bool,
}

impl From<Attendant> for AttendantView {
    fn from(attendant: Attendant) -> Self {
        Self { id: attendant.person, name: attendant.name, editing: attendant.editing }
    }
}

/// Says that the caller is at a deal, and answers with who else is.
///
/// To be repeated every ten seconds; after 25 without a word one is taken to have left. Nothing of it is stored. When
/// somebody comes, goes, begins or ends to edit, `deal.presence` is told to those who follow the store's events.
#[utoipa::path(put, path = "/deals/{id}/presence", operation_id = "putDealPresence", request_body = Presence,
    params(("id" = DealId, Path)),
    responses((status = 200, description = "Who else is there", body = Attendance)))]
pub(super) async fn put_presence(
    auth: Authorized<action::DealRead>,
    Extension(board): Extension<Arc<Board>>,
    ApiPath(id): ApiPath<DealId>,
    ApiJson(body): ApiJson<Presence>,
) -> ApiResult<Json<Attendance>> {
    let mut tx = auth.begin().await?;
    let attended = attend(&mut tx, &board, id, body.manner).await?;
    if let Some(news) = attended.news {
        auth.platform().hub.mention(auth.ctx(), "deal.presence", news);
    }
    Ok(Json(Attendance { others: attended.others.into_iter().map(AttendantView::from).collect() }))
}
