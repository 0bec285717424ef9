//! What can be wrong with a request about a customer.

use autolytiq_db::DbError;
use autolytiq_kernel::problem::{FieldError, Problem, codes, problem_codes};
use autolytiq_secrets::SecretsError;

use crate::api::Customer;

problem_codes! {
    /// The customer is not in this store, or there is none with this id.
    pub const CUSTOMER_NOT_FOUND = 404, "customer-not-found", "No such customer";
    /// The field is not on file, so there is nothing to reveal.
    pub const NOTHING_ON_FILE = 404, "nothing-on-file", "The field is not on file";
    /// The customer's protected data was erased for good.
    pub const PERSON_ERASED = 409, "person-erased", "The person's protected data was erased";
}

/// A refusal or a failure.
#[derive(Debug, thiserror::Error)]
pub enum CrmError {
    /// None in this store has the id.
    #[error("there is no customer with this id")]
    NotFound,
    /// The client's id is in use in this store.
    #[error("a customer with this id exists already")]
    IdTaken,
    /// Some fields cannot be accepted.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// Somebody saved meanwhile.
    #[error("the customer is at version {}, the change was made on {expected}", current.version)]
    Stale {
        /// The version the change was made on.
        expected: i64,
        /// What is stored now.
        current: Box<Customer>,
    },
    /// The protected field is empty.
    #[error("the field is not on file")]
    NothingOnFile,
    /// The protected data could not be sealed or opened.
    #[error("a protected value could not be sealed or opened")]
    Secrets(#[from] SecretsError),
    /// The database failed.
    #[error("customers could not be read or written")]
    Db(#[from] DbError),
}

impl From<CrmError> for Problem {
    fn from(error: CrmError) -> Self {
        match error {
            CrmError::NotFound => Self::new(&CUSTOMER_NOT_FOUND, "there is no customer with this id in your store"),
            CrmError::IdTaken => Self::new(&codes::ID_TAKEN, "a customer with this id exists already; make a new id"),
            CrmError::Invalid(fields) => Self::invalid(fields),
            CrmError::Stale { expected, current } => {
                let view = serde_json::to_value(crate::http::view(&current)).ok();
                Self::version_conflict(expected, current.version, view)
            }
            CrmError::NothingOnFile => Self::new(&NOTHING_ON_FILE, "this customer has no such value on file"),
            CrmError::Secrets(SecretsError::Destroyed) => {
                Self::new(&PERSON_ERASED, "this person's protected data was erased and cannot be kept again")
            }
            CrmError::Secrets(error) => error.into(),
            CrmError::Db(error) => error.into(),
        }
    }
}
