//! What a ZIP code says of a place.

use crate::error::ZIP_UNKNOWN;
use crate::{Tables, ZipRates};
use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiQuery, ApiResult, Authorized};
use autolytiq_kernel::problem::Problem;
use axum::{Extension, Json};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// The day whose rates are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ZipQuery {
    #[param(value_type = String, format = Date)]
    date: Date,
}

/// State, county and cities of a ZIP code, and the local rates that its addresses may have on a day. Where it cannot be settled
/// to one rate, `resolved` is false and every candidate is listed.
#[utoipa::path(get, path = "/places/zips/{zip}", operation_id = "zipRates",
    params(("zip" = String, Path, description = "Five digits, or nine with a hyphen"), ZipQuery),
    responses((status = 200, body = ZipRates)))]
pub(crate) async fn zip_rates(
    auth: Authorized<action::PlaceRead>,
    Extension(tables): Extension<Arc<Tables>>,
    ApiPath(zip): ApiPath<String>,
    ApiQuery(query): ApiQuery<ZipQuery>,
) -> ApiResult<Json<ZipRates>> {
    let mut tx = auth.begin().await?;
    let found = tables.zip_rates(&mut tx, &zip, query.date).await?;
    found.map(Json).ok_or_else(|| Problem::new(&ZIP_UNKNOWN, "no address has this ZIP code").into())
}
