//! Opening a deal, looking at it.

use autolytiq_authz::action;
use autolytiq_finance::deal::{input::DealInput, output::DealResult};
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized, Created, Versioned};
use autolytiq_kernel::{CustomerId, DealId, Page, PageRequest, VehicleId};
use autolytiq_tax::ResolvedRates;
use axum::{Extension, Json};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use utoipa::ToSchema;

use super::{
    Rates,
    view::{ChangeView, DealView, PersonRef, deal_view},
};
use crate::{
    api::{CopyForm, copy_deal, open_deal},
    error::DeskError,
    ops::{
        calculate::calculate_today,
        history::{Happening, deal_history},
        page::deal_page,
    },
};

/// A new deal. The server gives its number and date; whoever opens it is its salesperson.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewDeal {
    /// Made by the client, version 7.
    id: DealId,
    customer_id: CustomerId,
    vehicle_id: VehicleId,
}

/// Opens a deal.
#[utoipa::path(post, path = "/deals", operation_id = "createDeal", request_body = NewDeal,
    responses((status = 201, description = "Opened", body = DealView)))]
pub(super) async fn create_deal(
    auth: Authorized<action::DealCreate>,
    Extension(tables): Rates,
    ApiJson(body): ApiJson<NewDeal>,
) -> ApiResult<Created<DealView>> {
    let mut tx = auth.begin().await?;
    open_deal(&mut tx, body.id, body.customer_id, body.vehicle_id).await?;
    let page = deal_page(&mut tx, &tables, body.id).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/deals/{}", body.id), page.deal.version, deal_view(page)?))
}

/// A copy of a deal; what is absent is as in the deal that is copied.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DealCopy {
    /// Made by the client, version 7.
    id: DealId,
    #[serde(default)]
    customer_id: Option<CustomerId>,
    #[serde(default)]
    vehicle_id: Option<VehicleId>,
}

/// Copies a deal: its newest pencil is the first of a new deal, computed with today's date, rules and rates.
///
/// Another vehicle brings its own price and leaves accessories and rebates behind; another customer brings their own
/// place and leaves trades behind.
#[utoipa::path(post, path = "/deals/{id}/copy", operation_id = "copyDeal", request_body = DealCopy,
    params(("id" = DealId, Path)),
    responses((status = 201, description = "The copy", body = DealView)))]
pub(super) async fn copy(
    auth: Authorized<action::DealCreate>,
    Extension(tables): Rates,
    ApiPath(id): ApiPath<DealId>,
    ApiJson(body): ApiJson<DealCopy>,
) -> ApiResult<Created<DealView>> {
    let mut tx = auth.begin().await?;
    let form = CopyForm { id: body.id, customer: body.customer_id, vehicle: body.vehicle_id };
    copy_deal(&mut tx, &tables, id, form).await?;
    let page = deal_page(&mut tx, &tables, body.id).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/deals/{}", body.id), page.deal.version, deal_view(page)?))
}

/// One deal, with what the reader may do with it.
#[utoipa::path(get, path = "/deals/{id}", operation_id = "getDeal", params(("id" = DealId, Path)),
    responses((status = 200, description = "The deal", body = DealView)))]
pub(super) async fn get_deal(
    auth: Authorized<action::DealRead>,
    Extension(tables): Rates,
    ApiPath(id): ApiPath<DealId>,
) -> ApiResult<Versioned<DealView>> {
    let mut tx = auth.begin().await?;
    let page = deal_page(&mut tx, &tables, id).await?;
    Ok(Versioned::new(page.deal.version, deal_view(page)?))
}

/// A deal as it would be today.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TodayView {
    #[schema(value_type = String, format = Date)]
    deal_date: Date,
    input: DealInput,
    rates: ResolvedRates,
    #[schema(value_type = DealResult)]
    result: Box<RawValue>,
    /// Whether the newest pencil was computed under the same rules; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_rules: Option<bool>,
    /// Whether it was computed with the same local rates.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_rates: Option<bool>,
}

/// Computes the newest pencil with today's date, rules and rates. Stores nothing.
#[utoipa::path(get, path = "/deals/{id}/calculate", operation_id = "calculateDealToday", params(("id" = DealId, Path)),
    responses((status = 200, description = "As it would be today", body = TodayView)))]
pub(super) async fn calculate_deal(
    auth: Authorized<action::DealRead>,
    Extension(tables): Rates,
    ApiPath(id): ApiPath<DealId>,
) -> ApiResult<Json<TodayView>> {
    let mut tx = auth.begin().await?;
    let today = calculate_today(&mut tx, &tables, id).await?;
    let sight = today.desk.sight();
    Ok(Json(TodayView {
        deal_date: today.input.deal_date,
        result: sight.result(to_raw_value(&today.result).map_err(DeskError::from)?).map_err(DeskError::from)?,
        input: sight.input(today.input),
        rates: today.rates,
        same_rules: today.same.map(|same| same.rules),
        same_rates: today.same.map(|same| same.rates),
    }))
}

/// One thing that happened to a deal.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DealHistoryEntry)]
pub(super) struct HappeningView {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<PersonRef>,
    /// `deal.created`, `deal.penciled`, `deal.submitted`, …
    action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pencil_number: Option<i32>,
    /// The number of the deal that this one was copied from.
    #[serde(skip_serializing_if = "Option::is_none")]
    copied_from: Option<String>,
    /// What a pencil changed against the one before, of what the reader may see.
    changes: Vec<ChangeView>,
}

impl From<Happening> for HappeningView {
    fn from(happening: Happening) -> Self {
        Self {
            at: happening.at,
            by: happening.by.map(|(id, name)| PersonRef { id, name }),
            action: happening.action,
            reason: happening.reason,
            pencil_number: happening.pencil,
            copied_from: happening.copied_from,
            changes: happening.changes.into_iter().map(ChangeView::from).collect(),
        }
    }
}

/// What happened to a deal, the newest first.
#[utoipa::path(get, path = "/deals/{id}/history", operation_id = "getDealHistory", params(("id" = DealId, Path), PageRequest),
    responses((status = 200, description = "A page of the history", body = Page<HappeningView>)))]
pub(super) async fn get_history(
    auth: Authorized<action::DealRead>,
    ApiPath(id): ApiPath<DealId>,
    ApiQuery(page): ApiQuery<PageRequest>,
) -> ApiResult<Json<Page<HappeningView>>> {
    let mut tx = auth.begin().await?;
    Ok(Json(deal_history(&mut tx, id, &page).await?.map(HappeningView::from)))
}
