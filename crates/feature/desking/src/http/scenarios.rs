//! Pencils of a deal.

use autolytiq_authz::action;
use autolytiq_finance::deal::input::DealInput;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized, Created, IfMatch};
use autolytiq_kernel::{DealId, PencilId};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Rates,
    view::{ChangeView, PencilView, pencil_view},
};
use crate::{
    api::PencilForm,
    domain::state::DealState,
    ops::{page::pencil_page, pencil_deal},
};

/// A new pencil: what is offered, without the store's costs, which the server adds.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewPencil {
    /// Made by the client, version 7.
    id: PencilId,
    /// The newest pencil; absent for the first.
    #[serde(default)]
    parent_id: Option<PencilId>,
    input: DealInput,
    #[serde(default)]
    #[schema(max_length = 2000)]
    note: Option<String>,
    /// Needed where the price of a submitted deal changes.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// A pencil that was added, and where the deal stands now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PencilAdded {
    pencil: PencilView,
    deal_state: DealState,
    /// The deal's version, as in the `ETag`.
    deal_version: i64,
}

/// Adds a pencil. The figures are computed by the server from the inputs it stores.
#[utoipa::path(post, path = "/deals/{id}/scenarios", operation_id = "createPencil", request_body = NewPencil,
    params(("id" = DealId, Path), ("If-Match" = String, Header, description = "The deal's version")),
    responses((status = 201, description = "Added", body = PencilAdded)))]
pub(super) async fn create_scenario(
    auth: Authorized<action::DealEdit>,
    Extension(tables): Rates,
    ApiPath(id): ApiPath<DealId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<NewPencil>,
) -> ApiResult<Created<PencilAdded>> {
    let NewPencil { id: pencil, parent_id, input, note, reason } = body;
    let form = PencilForm { id: pencil, parent: parent_id, input, note, reason };
    let mut tx = auth.begin().await?;
    let page = pencil_deal::pencil(&mut tx, &tables, id, if_match.version(), form).await?;
    tx.commit().await?;
    let version = page.deal.version;
    let added = PencilAdded {
        pencil: pencil_view(page.pencil, &page.desk, &page.names)?,
        deal_state: page.deal.state,
        deal_version: version,
    };
    Ok(Created::new(format!("/api/v1/deals/{id}/scenarios/{pencil}"), version, added))
}

/// A pencil with what it changed against its parent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PencilDetail {
    #[serde(flatten)]
    pencil: PencilView,
    changes: Vec<ChangeView>,
}

/// One pencil of a deal.
#[utoipa::path(get, path = "/deals/{id}/scenarios/{pencilId}", operation_id = "getPencil",
    params(("id" = DealId, Path), ("pencilId" = PencilId, Path)),
    responses((status = 200, description = "The pencil", body = PencilDetail)))]
pub(super) async fn get_scenario(
    auth: Authorized<action::DealRead>,
    ApiPath((id, pencil_id)): ApiPath<(DealId, PencilId)>,
) -> ApiResult<Json<PencilDetail>> {
    let mut tx = auth.begin().await?;
    let page = pencil_page(&mut tx, id, pencil_id).await?;
    Ok(Json(PencilDetail {
        pencil: pencil_view(page.pencil, &page.desk, &page.names)?,
        changes: page.changes.into_iter().map(ChangeView::from).collect(),
    }))
}
