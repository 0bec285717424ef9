//! The rates that a browser computes a deal with.

use crate::{Places, Tables};
use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized};
use autolytiq_tax::{Place, ResolvedRates};
use axum::{Extension, Json};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// The date and the places of a deal.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ResolveRequest {
    #[schema(value_type = String, format = Date)]
    deal_date: Date,
    dealer_place: Place,
    buyer_place: Place,
    #[serde(default)]
    garaging_place: Option<Place>,
}

/// The local rates for a deal's date and places. Changes nothing; a POST because places have parts.
#[utoipa::path(post, path = "/places/resolve", operation_id = "resolvePlaces", request_body = ResolveRequest,
    responses((status = 200, body = ResolvedRates)))]
pub(crate) async fn resolve_places(
    auth: Authorized<action::PlaceRead>,
    Extension(tables): Extension<Arc<Tables>>,
    ApiJson(request): ApiJson<ResolveRequest>,
) -> ApiResult<Json<ResolvedRates>> {
    let ResolveRequest { deal_date, dealer_place, buyer_place, garaging_place } = request;
    let places = Places { dealer: &dealer_place, buyer: &buyer_place, garaging: garaging_place.as_ref() };
    let mut tx = auth.begin().await?;
    Ok(Json(tables.resolve(&mut tx, deal_date, places).await?))
}
