//! What can be wrong with a request about somebody's data.

use autolytiq_audit::AuditError;
use autolytiq_crm::CrmError;
use autolytiq_db::DbError;
use autolytiq_desking::DeskError;
use autolytiq_identity::IdentityError;
use autolytiq_kernel::problem::{FieldError, Problem, codes, problem_codes};
use autolytiq_secrets::SecretsError;

problem_codes! {
    /// A legal hold stands, so nothing of the customer may be erased.
    pub const LEGAL_HOLD = 409, "legal-hold", "A legal hold stands";
    /// No legal hold stands on the customer.
    pub const NO_LEGAL_HOLD = 409, "no-legal-hold", "No legal hold stands";
    /// Nobody's time is up.
    pub const NOTHING_DUE = 409, "nothing-due", "Nobody is due";
    /// The register has no such line.
    pub const NOT_ON_REGISTER = 404, "not-on-register", "Not on the register";
    /// Deals of the customer are still being worked.
    pub const CUSTOMER_IN_DEAL = 409, "customer-in-deal", "The customer has open deals";
}

/// A refusal or a failure.
#[derive(Debug, thiserror::Error)]
pub enum PrivacyError {
    /// Some fields cannot be accepted.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// The client's id is in use in this store.
    #[error("the id is in use")]
    IdTaken,
    /// A hold forbids it.
    #[error("a legal hold stands")]
    OnHold,
    /// There is no hold to lift.
    #[error("no legal hold stands")]
    NoHold,
    /// Deals that are still being worked, by number.
    #[error("the customer has {} open deals", .0.len())]
    OpenDeals(Vec<String>),
    /// Nobody's time is up, so there is nothing to certify.
    #[error("nobody is due")]
    NothingDue,
    /// The register has no such line.
    #[error("not on the register")]
    NotOnRegister,
    /// Somebody saved meanwhile.
    #[error("it is at version {current}, the change was made on {expected}")]
    Stale {
        /// The version the change was made on.
        expected: i64,
        /// What is stored now.
        current: i64,
    },
    /// The customer.
    #[error(transparent)]
    Crm(#[from] CrmError),
    /// Their deals.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// Their history.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The people of the store.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// A value could not be sealed or opened.
    #[error("a protected value could not be sealed or opened")]
    Secrets(#[from] SecretsError),
    /// The database failed.
    #[error("the ledger could not be read or written")]
    Db(#[from] DbError),
}

impl From<PrivacyError> for Problem {
    fn from(error: PrivacyError) -> Self {
        match error {
            PrivacyError::Invalid(fields) => Self::invalid(fields),
            PrivacyError::IdTaken => {
                Self::new(&codes::ID_TAKEN, "something with this id exists already; make a new id")
            }
            PrivacyError::OnHold => {
                Self::new(&LEGAL_HOLD, "this customer's data is under a legal hold; lift it before anything is erased")
            }
            PrivacyError::NoHold => Self::new(&NO_LEGAL_HOLD, "no legal hold stands on this customer"),
            PrivacyError::OpenDeals(numbers) => {
                let detail = format!("close or cancel the open deals of this customer first: {}", numbers.join(", "));
                Self::new(&CUSTOMER_IN_DEAL, detail)
            }
            PrivacyError::NothingDue => Self::new(&NOTHING_DUE, "nobody's time is up under the schedule"),
            PrivacyError::NotOnRegister => Self::new(&NOT_ON_REGISTER, "there is no line with this id on the register"),
            PrivacyError::Stale { expected, current } => Self::version_conflict(expected, current, None),
            // One code says that a person was erased, whichever crate met the destroyed key.
            PrivacyError::Secrets(SecretsError::Destroyed) => CrmError::Secrets(SecretsError::Destroyed).into(),
            PrivacyError::Crm(error) => error.into(),
            PrivacyError::Desk(error) => error.into(),
            PrivacyError::Audit(error) => error.into(),
            PrivacyError::Identity(error) => error.into(),
            PrivacyError::Secrets(error) => error.into(),
            PrivacyError::Db(error) => error.into(),
        }
    }
}
