//! What a customer may ask: to have everything, and to have it erased.

use autolytiq_authz::action;
use autolytiq_crm::api::customer;
use autolytiq_desking::api::deals_of_customer;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized};
use autolytiq_identity::api::member_names;
use autolytiq_kernel::CustomerId;
use axum::{
    Json,
    http::{HeaderName, header::CONTENT_DISPOSITION},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::ops::{erase, export::export, hold};

/// All that is held on a customer, for the customer: what is on file with protected fields in clear, consents, holds,
/// deals with their pencils, and the history. The export is audited before it is handed out.
#[utoipa::path(post, path = "/customers/{id}/export", operation_id = "exportCustomer", params(("id" = CustomerId, Path)),
    responses((status = 200, description = "One document", body = Object)))]
pub(super) async fn export_customer(
    auth: Authorized<action::CustomerExport>,
    ApiPath(id): ApiPath<CustomerId>,
) -> ApiResult<([(HeaderName, String); 1], Json<Value>)> {
    let mut tx = auth.begin().await?;
    let document = export(&mut tx, &auth.platform().vault, id).await?;
    tx.commit().await?;
    let disposition = format!("attachment; filename=\"customer-{id}.json\"");
    Ok(([(CONTENT_DISPOSITION, disposition)], Json(document)))
}

/// What stands in the way of erasing a customer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ErasureView {
    /// When it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    erased_at: Option<Timestamp>,
    /// The hold that forbids it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<HoldView>,
    /// Deals that must be closed or cancelled first, by number.
    open_deals: Vec<String>,
    /// Deals that keep their figures, without the name.
    kept_deals: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct HoldView {
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    placed_by: Option<String>,
}

/// What stands in the way of erasing a customer, and what would be kept.
#[utoipa::path(get, path = "/customers/{id}/erasure", operation_id = "getErasure", params(("id" = CustomerId, Path)),
    responses((status = 200, description = "Where it stands", body = ErasureView)))]
pub(super) async fn get_erasure(
    auth: Authorized<action::CustomerErase>,
    ApiPath(id): ApiPath<CustomerId>,
) -> ApiResult<Json<ErasureView>> {
    let mut tx = auth.begin().await?;
    let known = customer(&mut tx, id).await?;
    let holds = hold::holds(&mut tx, &auth.platform().vault, id).await?;
    let standing = holds.into_iter().find(|open| open.hold.released_at.is_none());
    let hold = match standing {
        None => None,
        Some(open) => {
            let mut names = member_names(&mut tx, &[open.hold.placed_by]).await?;
            let placed_by = names.remove(&open.hold.placed_by);
            Some(HoldView { reason: open.reason, placed_at: open.hold.placed_at, placed_by })
        }
    };
    let (open, kept): (Vec<_>, Vec<_>) =
        deals_of_customer(&mut tx, id).await?.into_iter().partition(|deal| deal.is_open());
    let numbers =
        |deals: Vec<autolytiq_desking::api::DealOfCustomer>| deals.into_iter().map(|deal| deal.number).collect();
    let view = ErasureView { erased_at: known.erased_at, hold, open_deals: numbers(open), kept_deals: numbers(kept) };
    Ok(Json(view))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct HoldRequest {
    /// What it is for: the case, the authority. Kept encrypted under the customer's own key.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Forbids to erase a customer until the hold is lifted.
#[utoipa::path(post, path = "/customers/{id}/hold", operation_id = "placeHold", request_body = HoldRequest,
    params(("id" = CustomerId, Path)), responses((status = 204, description = "Placed")))]
pub(super) async fn place_hold(
    auth: Authorized<action::CustomerErase>,
    ApiPath(id): ApiPath<CustomerId>,
    ApiJson(body): ApiJson<HoldRequest>,
) -> ApiResult<http::StatusCode> {
    let mut tx = auth.begin().await?;
    hold::place(&mut tx, &auth.platform().vault, id, &body.reason).await?;
    tx.commit().await?;
    Ok(http::StatusCode::NO_CONTENT)
}

/// Lifts the hold.
#[utoipa::path(post, path = "/customers/{id}/hold/release", operation_id = "releaseHold", params(("id" = CustomerId, Path)),
    responses((status = 204, description = "Lifted")))]
pub(super) async fn release_hold(
    auth: Authorized<action::CustomerErase>,
    ApiPath(id): ApiPath<CustomerId>,
) -> ApiResult<http::StatusCode> {
    let mut tx = auth.begin().await?;
    hold::release(&mut tx, id).await?;
    tx.commit().await?;
    Ok(http::StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct EraseRequest {
    /// The version that was looked at: whoever erases knows whom.
    version: i64,
}

/// Erases a customer for good. Deals keep their numbers and figures; nobody brings the person back, a backup made before
/// it apart.
#[utoipa::path(post, path = "/customers/{id}/erase", operation_id = "eraseCustomer", request_body = EraseRequest,
    params(("id" = CustomerId, Path)), responses((status = 204, description = "Erased")))]
pub(super) async fn erase_customer(
    auth: Authorized<action::CustomerErase>,
    ApiPath(id): ApiPath<CustomerId>,
    ApiJson(body): ApiJson<EraseRequest>,
) -> ApiResult<http::StatusCode> {
    let mut tx = auth.begin().await?;
    let known = customer(&mut tx, id).await?;
    if known.version != body.version {
        return Err(autolytiq_kernel::problem::Problem::version_conflict(body.version, known.version, None).into());
    }
    erase::erase(&mut tx, &auth.platform().vault, id).await?;
    tx.commit().await?;
    Ok(http::StatusCode::NO_CONTENT)
}
