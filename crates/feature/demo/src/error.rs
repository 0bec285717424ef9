//! Why a demonstration store could not be made.

use autolytiq_crm::CrmError;
use autolytiq_db::DbError;
use autolytiq_desking::DeskError;
use autolytiq_identity::api::{IdentityError, NotAName, NotAPlace, NotAnEmail};
use autolytiq_inventory::InventoryError;
use autolytiq_kernel::UnknownZone;
use autolytiq_money::ParseError;

/// A use case refused what the demonstration asked for, which is a fault of the demonstration, or the database failed.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Setting up the group, its people and its desk.
    #[error("identity refused")]
    Identity(#[from] IdentityError),
    /// A name of the demonstration.
    #[error("a name of the demonstration is none")]
    Name(#[from] NotAName),
    /// An address of the demonstration.
    #[error("an address of the demonstration is none")]
    Email(#[from] NotAnEmail),
    /// A place of the demonstration.
    #[error("a place of the demonstration is none")]
    Place(#[from] NotAPlace),
    /// The store's time zone.
    #[error("the time zone of the demonstration is none")]
    Zone(#[from] UnknownZone),
    /// An amount or a rate of the demonstration.
    #[error("an amount of the demonstration is none")]
    Amount(#[from] ParseError),
    /// The customer file.
    #[error("the customer {1} was refused")]
    Customer(#[source] CrmError, &'static str),
    /// The stock.
    #[error("the vehicle {1} was refused")]
    Vehicle(#[source] InventoryError, &'static str),
    /// A deal, and the step of its story.
    #[error("deal {deal}, step {step}, was refused")]
    Deal {
        /// Which of the stories.
        deal: usize,
        /// Which of its steps, the opening being the first.
        step: usize,
        /// What the desk said.
        #[source]
        source: Box<DeskError>,
    },
    /// A story names somebody or something that is not there.
    #[error("the demonstration has no {0}")]
    Missing(&'static str),
    /// A date outside the calendar.
    #[error("a date of the demonstration is outside the calendar")]
    Calendar(#[from] jiff::Error),
    /// The database.
    #[error("the database failed")]
    Db(#[from] DbError),
}
