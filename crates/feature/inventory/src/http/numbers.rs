//! Where the stock numbers that the store gives by itself stand.

use autolytiq_authz::action;
use autolytiq_db::TenantTx;
use autolytiq_http::{ApiJson, ApiResult, Authorized};
use autolytiq_tax::Condition;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{InventoryError, ops::stock_numbers};

/// Where the stock numbers of a kind of vehicles stand.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct NextStockNumber {
    /// New or used.
    condition: Condition,
    /// The number of the next vehicle without one, as it is counted.
    next: i64,
    /// As it will stand on the vehicle; absent where such numbers are typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
}

/// Where the stock numbers stand.
#[derive(Serialize, ToSchema)]
pub(super) struct NextStockNumbers {
    /// New and used.
    items: Vec<NextStockNumber>,
}

/// From which number the store's vehicles of a kind go on.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct StockNumberStart {
    /// New or used.
    condition: Condition,
    /// Higher than every number that was given out, and on no vehicle.
    #[schema(minimum = 1, maximum = 999_999_999)]
    next: i64,
}

async fn all(tx: &mut TenantTx) -> Result<NextStockNumbers, InventoryError> {
    let mut items = Vec::new();
    for condition in [Condition::New, Condition::Used] {
        let stock_numbers::Standing { next, shown } = stock_numbers::standing(tx, condition).await?;
        items.push(NextStockNumber { condition, next, shown });
    }
    Ok(NextStockNumbers { items })
}

/// The stock numbers that the next vehicles without one are given.
#[utoipa::path(get, path = "/inventory/next-numbers", operation_id = "getNextStockNumbers",
    responses((status = 200, description = "One for each kind.", body = NextStockNumbers)))]
pub(super) async fn get_next_stock_numbers(auth: Authorized<action::VehicleRead>) -> ApiResult<Json<NextStockNumbers>> {
    let mut tx = auth.begin().await?;
    let numbers = all(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(numbers))
}

/// Go on from a higher stock number. It cannot be taken back: a number that was given out stands on papers.
#[utoipa::path(put, path = "/inventory/next-numbers", operation_id = "putNextStockNumber",
    request_body = StockNumberStart,
    responses((status = 200, description = "The next vehicle of the kind takes it.", body = NextStockNumbers)))]
pub(super) async fn put_next_stock_number(
    auth: Authorized<action::SettingsEdit>,
    ApiJson(body): ApiJson<StockNumberStart>,
) -> ApiResult<Json<NextStockNumbers>> {
    let mut tx = auth.begin().await?;
    stock_numbers::go_on_from(&mut tx, body.condition, body.next).await?;
    let numbers = all(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(numbers))
}
