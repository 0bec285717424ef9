//! What can be wrong with a request about a vehicle.

use autolytiq_db::DbError;
use autolytiq_identity::IdentityError;
use autolytiq_kernel::problem::{FieldError, Problem, codes, problem_codes};

use crate::api::{Vehicle, VehicleStatus};

problem_codes! {
    /// The vehicle is not in this store, or there is none with this id.
    pub const VEHICLE_NOT_FOUND = 404, "vehicle-not-found", "No such vehicle";
    /// Another vehicle of the store has the stock number.
    pub const STOCK_NUMBER_TAKEN = 409, "stock-number-taken", "This stock number is in use";
    /// The store has a vehicle with this VIN that is not sold.
    pub const VIN_IN_STOCK = 409, "vin-in-stock", "A vehicle with this VIN is in stock";
    /// The vehicle is held for something else, or sold.
    pub const VEHICLE_NOT_AVAILABLE = 409, "vehicle-not-available", "The vehicle is not available";
}

/// A refusal or a failure.
#[derive(Debug, thiserror::Error)]
pub enum InventoryError {
    /// None in this store has the id.
    #[error("there is no vehicle with this id")]
    NotFound,
    /// The client's id is in use in this store.
    #[error("a vehicle with this id exists already")]
    IdTaken,
    /// Another vehicle has the stock number.
    #[error("the stock number {0} is in use")]
    StockNumberTaken(String),
    /// A vehicle with this VIN is in stock.
    #[error("a vehicle with this VIN is in stock")]
    VinInStock,
    /// Some fields cannot be accepted.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// The caller may not see what the store paid, and set it.
    #[error("the cost may not be set by this role")]
    CostForbidden,
    /// Somebody saved meanwhile.
    #[error("the vehicle is at version {}, the change was made on {expected}", current.version)]
    Stale {
        /// The version the change was made on.
        expected: i64,
        /// What is stored now.
        current: Box<Vehicle>,
        /// Whether the caller may see the cost in it.
        with_cost: bool,
    },
    /// Held for something else, or sold.
    #[error("the vehicle {stock_number} is {status}")]
    NotAvailable {
        /// Which.
        stock_number: String,
        /// What it is instead of available.
        status: VehicleStatus,
    },
    /// The store's profile could not be read.
    #[error("the store's profile could not be read")]
    Store(#[from] IdentityError),
    /// The database failed.
    #[error("vehicles could not be read or written")]
    Db(#[from] DbError),
}

impl From<InventoryError> for Problem {
    fn from(error: InventoryError) -> Self {
        match error {
            InventoryError::NotFound => Self::new(&VEHICLE_NOT_FOUND, "there is no vehicle with this id in your store"),
            InventoryError::IdTaken => {
                Self::new(&codes::ID_TAKEN, "a vehicle with this id exists already; make a new id")
            }
            InventoryError::StockNumberTaken(number) => {
                let detail = format!("another vehicle has the stock number {number}");
                Self::new(&STOCK_NUMBER_TAKEN, detail.clone()).with_errors(vec![FieldError::new(
                    "/stockNumber",
                    "taken",
                    detail,
                )])
            }
            InventoryError::VinInStock => {
                let detail = "a vehicle with this VIN is in stock already";
                Self::new(&VIN_IN_STOCK, detail).with_errors(vec![FieldError::new("/vin", "taken", detail)])
            }
            InventoryError::Invalid(fields) => Self::invalid(fields),
            InventoryError::CostForbidden => {
                let detail = "your role may not see or set what the store paid";
                Self::new(&codes::FIELD_FORBIDDEN, detail).with_errors(vec![FieldError::new(
                    "/cost",
                    "forbidden",
                    detail,
                )])
            }
            InventoryError::Stale { expected, current, with_cost } => {
                // The age is left out of the comparison: it needs the store's calendar and nobody edits it.
                let view = serde_json::to_value(crate::http::view(&current, None, with_cost)).ok();
                Self::version_conflict(expected, current.version, view)
            }
            InventoryError::NotAvailable { stock_number, status } => {
                Self::new(&VEHICLE_NOT_AVAILABLE, format!("the vehicle {stock_number} is {status}"))
            }
            InventoryError::Store(error) => error.into(),
            InventoryError::Db(error) => error.into(),
        }
    }
}
