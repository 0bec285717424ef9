//! What other modules may use: the vehicle, how to take one into stock, and how to hold and sell it.

use autolytiq_db::TenantTx;
use autolytiq_kernel::{DealershipId, VehicleId};
use autolytiq_money::Money;
use autolytiq_tax::Condition;
use jiff::{Timestamp, civil::Date};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

pub use crate::domain::{
    vehicle::{VehicleForm, VehicleStatus},
    vin::{Vin, check_digit},
};
pub use crate::ops::{
    add_vehicle::add_vehicle,
    holding::{hold_vehicle, release_vehicle, sell_vehicle},
    update_vehicle::update_vehicle,
};
use crate::{InventoryError, domain::vehicle::VehicleFacts, domain::vehicle::label, store};

/// A vehicle of the store, with everything known of it.
#[derive(Clone, Debug)]
pub struct Vehicle {
    /// Made by the client.
    pub id: VehicleId,
    /// For sale, held or sold.
    pub status: VehicleStatus,
    /// What holds or has bought it.
    pub held_by: Option<Uuid>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was taken into stock here.
    pub created_at: Timestamp,
    /// When something was last changed.
    pub updated_at: Timestamp,
    pub(crate) facts: VehicleFacts,
}

impl Vehicle {
    /// The store's own number.
    #[must_use]
    pub fn stock_number(&self) -> &str {
        &self.facts.stock_number
    }

    /// The vehicle identification number.
    #[must_use]
    pub fn vin(&self) -> &str {
        self.facts.vin.as_str()
    }

    /// New or used.
    #[must_use]
    pub fn condition(&self) -> Condition {
        self.facts.condition
    }

    /// Model year.
    #[must_use]
    pub fn year(&self) -> u16 {
        self.facts.year
    }

    /// Make.
    #[must_use]
    pub fn make(&self) -> &str {
        &self.facts.make
    }

    /// Model.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.facts.model
    }

    /// Trim level.
    #[must_use]
    pub fn trim(&self) -> Option<&str> {
        self.facts.trim.as_deref()
    }

    /// Miles.
    #[must_use]
    pub fn odometer(&self) -> u32 {
        self.facts.odometer
    }

    /// The maker's suggested retail price.
    #[must_use]
    pub fn msrp(&self) -> Option<Money> {
        self.facts.msrp
    }

    /// Asking price.
    #[must_use]
    pub fn price(&self) -> Option<Money> {
        self.facts.price
    }

    /// What the store paid. Whoever asks makes sure that the reader may see it.
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        self.facts.cost
    }

    /// The day it came.
    #[must_use]
    pub fn received_on(&self) -> Date {
        self.facts.received_on
    }

    /// Year, make, model and trim in one line.
    #[must_use]
    pub fn label(&self) -> String {
        label(self.facts.year, &self.facts.make, &self.facts.model, self.facts.trim.as_deref())
    }

    /// The vehicle as tax law looks at it.
    #[must_use]
    pub fn tax_facts(&self) -> autolytiq_tax::Vehicle {
        let facts = &self.facts;
        autolytiq_tax::Vehicle {
            class: facts.class,
            model_year: Some(facts.year),
            msrp: facts.msrp,
            odometer: Some(facts.odometer),
            weight_lb: facts.weight_lb,
            mpg: facts.mpg,
            fuel: facts.fuel,
            ..autolytiq_tax::Vehicle::of(facts.condition)
        }
    }
}

/// The vehicle with this id in the acting store.
///
/// # Errors
/// [`InventoryError::NotFound`], or the database's.
pub async fn vehicle(tx: &mut TenantTx, id: VehicleId) -> Result<Vehicle, InventoryError> {
    store::vehicle::find(tx, id).await?.ok_or(InventoryError::NotFound)
}

/// A vehicle as a list names it.
#[derive(Clone, Debug)]
pub struct VehicleName {
    /// The store's own number.
    pub stock_number: String,
    /// Year, make, model and trim in one line.
    pub label: String,
}

/// Names of vehicles by their ids; one that is not in the acting store is missing.
///
/// # Errors
/// The database's.
pub async fn vehicle_names(
    tx: &mut TenantTx,
    ids: &[VehicleId],
) -> Result<HashMap<VehicleId, VehicleName>, InventoryError> {
    Ok(store::vehicle::names(tx, ids).await?)
}

/// How many vehicles each store the context may read has: for sale and held for a deal. A store without any is missing.
///
/// # Errors
/// The database's.
pub async fn units_in_stock(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, i64>, InventoryError> {
    Ok(store::rooftops::units(tx).await?)
}
