//! The rates that a browser computes a deal with.

use crate::{Places, Streets, Tables};
use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized};
use autolytiq_kernel::{Form, problem::Problem};
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
    dealer_place: AddressedPlace,
    buyer_place: AddressedPlace,
    #[serde(default)]
    garaging_place: Option<AddressedPlace>,
}

/// A place, and the address in it where a boundary file that the store imported tells addresses of one ZIP apart.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AddressedPlace {
    /// Two letters.
    state: String,
    #[serde(default)]
    county: Option<String>,
    #[serde(default)]
    city: Option<String>,
    /// Five digits, or nine with a hyphen.
    #[serde(default)]
    zip: Option<String>,
    #[serde(default)]
    district: Option<String>,
    /// House number and street, at most 200 characters.
    #[serde(default)]
    street: Option<String>,
    /// The four digits after a ZIP of five.
    #[serde(default)]
    plus4: Option<String>,
}

impl AddressedPlace {
    /// The place with its nine digits, and its street.
    fn read(self, pointer: &str, form: &mut Form) -> (Place, Option<String>) {
        let Self { state, county, city, mut zip, district, street, plus4 } = self;
        let street = form.optional_line(&format!("{pointer}/street"), street.as_deref(), 200);
        if let Some(four) = plus4.filter(|four| !four.is_empty()) {
            if four.len() != 4 || !four.bytes().all(|byte| byte.is_ascii_digit()) {
                form.refuse(&format!("{pointer}/plus4"), "not-an-extension", "four digits");
            }
            zip = zip.map(|zip| if zip.len() == 5 { format!("{zip}-{four}") } else { zip });
        }
        (Place { state, county, city, zip, district }, street)
    }
}

/// The local rates for a deal's date and places. Changes nothing; a POST because places have parts.
#[utoipa::path(post, path = "/places/resolve", operation_id = "resolvePlaces", request_body = ResolveRequest,
    responses((status = 200, body = ResolvedRates)))]
pub(crate) async fn resolve_places(
    auth: Authorized<action::PlaceRead>,
    Extension(tables): Extension<Arc<Tables>>,
    ApiJson(request): ApiJson<ResolveRequest>,
) -> ApiResult<Json<ResolvedRates>> {
    let mut form = Form::new();
    let (dealer, dealer_street) = request.dealer_place.read("/dealerPlace", &mut form);
    let (buyer, buyer_street) = request.buyer_place.read("/buyerPlace", &mut form);
    let (garaging, garaging_street) = request
        .garaging_place
        .map(|place| place.read("/garagingPlace", &mut form))
        .map_or((None, None), |(place, street)| (Some(place), street));
    form.finish(()).map_err(Problem::invalid)?;
    let streets = Streets {
        dealer: dealer_street.as_deref(),
        buyer: buyer_street.as_deref(),
        garaging: garaging_street.as_deref(),
    };
    let places = Places { dealer: &dealer, buyer: &buyer, garaging: garaging.as_ref(), streets };
    let mut tx = auth.begin().await?;
    Ok(Json(tables.resolve(&mut tx, request.deal_date, places).await?))
}
