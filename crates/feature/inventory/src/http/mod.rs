//! Routes of vehicles.

mod decode;
mod numbers;
mod vehicles;

use autolytiq_http::{Routes, op};
use autolytiq_kernel::VehicleId;
use autolytiq_money::Money;
use autolytiq_tax::{Condition, Fuel, VehicleClass};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::{Vehicle, VehicleStatus},
    domain::vehicle::aging_days,
};

pub(crate) fn routes() -> Routes {
    Routes::api("inventory")
        .add(op!(vehicles::list_vehicles))
        .add(op!(vehicles::create_vehicle).idempotent())
        .add(op!(numbers::get_next_stock_numbers))
        .add(op!(numbers::put_next_stock_number))
        .add(op!(vehicles::get_vehicle))
        .add(op!(vehicles::put_vehicle))
        .add(op!(decode::decode_stock))
        .add(op!(decode::decode_vin))
}

/// A vehicle. `cost` is absent for a role that may not see it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StockVehicle)]
pub(crate) struct VehicleView {
    id: VehicleId,
    stock_number: String,
    vin: String,
    condition: Condition,
    year: u16,
    make: String,
    model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    trim: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<VehicleClass>,
    /// Year, make, model and trim in one line.
    label: String,
    odometer: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    msrp: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight_lb: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mpg: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fuel: Option<Fuel>,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    status: VehicleStatus,
    /// Whole days on the lot, by the store's calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    aging_days: Option<i64>,
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// The vehicle as a reader may see it. Its age is given when the store's date is.
pub(crate) fn view(vehicle: &Vehicle, today: Option<Date>, with_cost: bool) -> VehicleView {
    let facts = &vehicle.facts;
    VehicleView {
        id: vehicle.id,
        stock_number: facts.stock_number.clone(),
        vin: facts.vin.to_string(),
        condition: facts.condition,
        year: facts.year,
        make: facts.make.clone(),
        model: facts.model.clone(),
        trim: facts.trim.clone(),
        body_class: facts.body_class.clone(),
        class: facts.class,
        label: vehicle.label(),
        odometer: facts.odometer,
        msrp: facts.msrp,
        price: facts.price,
        cost: facts.cost.filter(|_| with_cost),
        weight_lb: facts.weight_lb,
        mpg: facts.mpg,
        fuel: facts.fuel,
        received_on: facts.received_on,
        status: vehicle.status,
        aging_days: today.map(|today| aging_days(facts.received_on, today)),
        version: vehicle.version,
        created_at: vehicle.created_at,
        updated_at: vehicle.updated_at,
    }
}
