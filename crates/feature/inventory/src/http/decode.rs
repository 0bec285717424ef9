//! What a VIN says.

use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiResult, Authorized};
use autolytiq_kernel::{VehicleId, problem::Problem};
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::vehicles::today;
use crate::{
    api::{self, Vehicle, Vin},
    domain::decode::{SOURCE, decode},
};

/// What can be read from a VIN without asking anybody.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct VinDecode {
    vin: String,
    check_digit: CheckDigit,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manufacturer: Option<&'static str>,
    /// Makes sold under the manufacturer's identifier.
    makes: Vec<&'static str>,
    /// One year, or two when the VIN alone cannot tell them apart; the likelier one first.
    model_years: Vec<i16>,
    /// As the manufacturer codes it.
    plant_code: String,
    serial: String,
    /// What the VIN may code but this decoder does not know.
    unknown: Vec<&'static str>,
    /// Fields of the vehicle that say something else than its VIN.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    disagreements: Vec<Disagreement>,
    source: &'static str,
}

/// A VIN is only decoded once its check digit is right; a wrong one is refused with both digits.
#[derive(Serialize, ToSchema)]
pub(super) struct CheckDigit {
    valid: bool,
    expected: String,
    found: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Disagreement {
    field: &'static str,
    entered: String,
    decoded: String,
}

/// Decodes the VIN of a vehicle in stock, and says where its record disagrees.
#[utoipa::path(get, path = "/inventory/{id}/vin-decode", operation_id = "decodeVehicleVin", params(("id" = VehicleId, Path)),
    responses((status = 200, description = "What the VIN says", body = VinDecode)))]
pub(super) async fn decode_stock(
    auth: Authorized<action::VehicleRead>,
    ApiPath(id): ApiPath<VehicleId>,
) -> ApiResult<Json<VinDecode>> {
    let mut tx = auth.begin().await?;
    let vehicle = api::vehicle(&mut tx, id).await?;
    let newest = today(&mut tx).await?.year().saturating_add(1);
    let mut answer = read(&vehicle.facts.vin, newest);
    answer.disagreements = disagreements(&vehicle, &answer);
    Ok(Json(answer))
}

/// Decodes a VIN before there is a vehicle.
#[utoipa::path(get, path = "/vin-decode/{vin}", operation_id = "decodeVin", params(("vin" = String, Path)),
    responses((status = 200, description = "What the VIN says", body = VinDecode)))]
pub(super) async fn decode_vin(
    auth: Authorized<action::VehicleRead>,
    ApiPath(vin): ApiPath<String>,
) -> ApiResult<Json<VinDecode>> {
    let vin = Vin::parse(&vin).map_err(|fault| Problem::invalid_field("/vin", fault.code, fault.detail))?;
    let newest = auth.platform().clock.now().to_zoned(jiff::tz::TimeZone::UTC).year().saturating_add(1);
    Ok(Json(read(&vin, newest)))
}

fn read(vin: &Vin, newest: i16) -> VinDecode {
    let decoded = decode(vin, newest);
    let mut unknown = vec!["model", "trim", "bodyClass", "engine", "plant"];
    if decoded.manufacturer.is_none() {
        unknown.insert(0, "manufacturer");
    }
    if decoded.country.is_none() {
        unknown.insert(0, "country");
    }
    let digit = vin.as_str().chars().nth(8).unwrap_or_default().to_string();
    VinDecode {
        vin: vin.to_string(),
        check_digit: CheckDigit { valid: true, expected: digit.clone(), found: digit },
        region: decoded.region,
        country: decoded.country,
        manufacturer: decoded.manufacturer,
        makes: decoded.makes.to_vec(),
        model_years: decoded.model_years,
        plant_code: vin.plant().to_string(),
        serial: vin.serial().to_owned(),
        unknown,
        disagreements: Vec::new(),
        source: SOURCE,
    }
}

fn disagreements(vehicle: &Vehicle, answer: &VinDecode) -> Vec<Disagreement> {
    let mut found = Vec::new();
    if !answer.model_years.contains(&i16::try_from(vehicle.year()).unwrap_or_default()) {
        let decoded: Vec<String> = answer.model_years.iter().map(ToString::to_string).collect();
        found.push(Disagreement { field: "year", entered: vehicle.year().to_string(), decoded: decoded.join(" or ") });
    }
    let makes = &answer.makes;
    if !makes.is_empty() && !makes.iter().any(|make| make.eq_ignore_ascii_case(vehicle.make())) {
        found.push(Disagreement { field: "make", entered: vehicle.make().to_owned(), decoded: makes.join(", ") });
    }
    found
}
