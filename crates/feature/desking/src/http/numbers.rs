//! Where the store's deal numbers stand.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized};
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ops::numbers;

/// Where the store's deal numbers stand.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DealNumbersView {
    /// The number of the next deal, as it is counted. How it is shown, the store's numbering says.
    next: i64,
}

/// From which number the store's deals go on.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NextDealNumber {
    /// Higher than every number that was given out.
    #[schema(minimum = 1, maximum = 999_999_999)]
    next: i64,
}

/// Where the store's deal numbers stand.
#[utoipa::path(get, path = "/deals/next-number", operation_id = "getDealNumbers",
    responses((status = 200, description = "The next number.", body = DealNumbersView)))]
pub(super) async fn get_deal_numbers(auth: Authorized<action::SettingsRead>) -> ApiResult<Json<DealNumbersView>> {
    let mut tx = auth.begin().await?;
    let next = numbers::next_number(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(DealNumbersView { next }))
}

/// Go on from a higher deal number. It cannot be taken back: a number that was given out stands on papers.
#[utoipa::path(put, path = "/deals/next-number", operation_id = "putNextDealNumber",
    request_body = NextDealNumber,
    responses((status = 200, description = "The next deal takes it.", body = DealNumbersView)))]
pub(super) async fn put_next_deal_number(
    auth: Authorized<action::SettingsEdit>,
    ApiJson(body): ApiJson<NextDealNumber>,
) -> ApiResult<Json<DealNumbersView>> {
    let mut tx = auth.begin().await?;
    numbers::go_on_from(&mut tx, body.next).await?;
    tx.commit().await?;
    Ok(Json(DealNumbersView { next: body.next }))
}
