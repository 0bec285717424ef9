//! What can be wrong with a request about a deal.

use autolytiq_audit::AuditError;
use autolytiq_crm::CrmError;
use autolytiq_db::DbError;
use autolytiq_finance::CalcError;
use autolytiq_identity::IdentityError;
use autolytiq_inventory::InventoryError;
use autolytiq_kernel::{
    Feature, PencilId,
    problem::{FieldError, Problem, codes, problem_codes},
};
use serde_json::Value;

use crate::domain::policy::Refusal;

problem_codes! {
    /// The deal is not in this store, not the caller's, or there is none with this id.
    pub const DEAL_NOT_FOUND = 404, "deal-not-found", "No such deal";
    /// The deal has no pencil with this id.
    pub const PENCIL_NOT_FOUND = 404, "pencil-not-found", "No such pencil";
    /// The deal's state does not know the action.
    pub const DEAL_STATE = 409, "deal-state", "The deal's state does not allow this";
    /// There are no figures to act on.
    pub const DEAL_WITHOUT_PENCIL = 409, "deal-without-pencil", "The deal has no pencil yet";
    /// Submitted or approved, a deal is in the manager's hands.
    pub const DEAL_WITH_MANAGER = 409, "deal-with-manager", "The deal is with the manager";
    /// The action changes something that must be explained.
    pub const REASON_REQUIRED = 422, "reason-required", "Say why";
}

/// A refusal or a failure.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Nothing within the caller's reach has the id.
    #[error("there is no deal with this id")]
    NotFound,
    /// The deal has no such pencil.
    #[error("there is no pencil with this id")]
    PencilNotFound,
    /// The client's id is in use in this store.
    #[error("the id is in use")]
    IdTaken,
    /// A job has no place at the desk.
    #[error("only a person works a deal")]
    NobodyAtTheDesk,
    /// Somebody saved meanwhile.
    #[error("the deal is at version {current}, the change was made on {expected}")]
    Stale {
        /// The version the change was made on.
        expected: i64,
        /// What is stored now.
        current: i64,
        /// The deal as the caller may see it.
        resource: Option<Value>,
    },
    /// The pencil does not follow the newest one.
    #[error("the pencil does not follow the newest one")]
    NotTheNewest {
        /// What the client believed to be the newest.
        expected: Option<PencilId>,
        /// What is.
        current: Option<PencilId>,
    },
    /// The action is not allowed now or not to this person.
    #[error("the action is refused: {0}")]
    Refused(#[from] Refusal),
    /// The action must be explained.
    #[error("a reason is needed: {0}")]
    ReasonRequired(&'static str),
    /// The role may not have sent these fields.
    #[error("{} fields may not be set by this role", .0.len())]
    FieldsForbidden(Vec<FieldError>),
    /// Some fields cannot be accepted.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// The store does without what was sent.
    #[error("the store has switched off {}", .0.id())]
    SwitchedOff(Feature),
    /// The vehicle or its record.
    #[error(transparent)]
    Inventory(#[from] InventoryError),
    /// The customer or their record.
    #[error(transparent)]
    Crm(#[from] CrmError),
    /// The store's profile, defaults or people.
    #[error("the store's profile could not be read")]
    Store(#[from] IdentityError),
    /// The history.
    #[error("the history could not be read")]
    Audit(#[from] AuditError),
    /// A stored document that no longer reads.
    #[error("a stored pencil does not read")]
    Document(#[from] serde_json::Error),
    /// The database failed.
    #[error("deals could not be read or written")]
    Db(#[from] DbError),
}

impl DeskError {
    /// What the engine refuses, with pointers below the field of the request that carries the input.
    pub(crate) fn calculation(error: CalcError, prefix: &str) -> Self {
        Self::Invalid(field_errors(error, prefix))
    }
}

/// The engine's field errors as ours.
pub(crate) fn field_errors(error: CalcError, prefix: &str) -> Vec<FieldError> {
    error.errors.into_iter().map(|e| FieldError::new(e.pointer, e.code, e.detail).below(prefix)).collect()
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::NotFound => Self::new(&DEAL_NOT_FOUND, "there is no deal with this id among those you may see"),
            DeskError::PencilNotFound => Self::new(&PENCIL_NOT_FOUND, "this deal has no pencil with this id"),
            DeskError::IdTaken => Self::new(&codes::ID_TAKEN, "this id is in use already; make a new one"),
            DeskError::NobodyAtTheDesk => Self::new(&codes::FORBIDDEN, "only a person works a deal"),
            DeskError::Stale { expected, current, resource } => Self::version_conflict(expected, current, resource),
            DeskError::NotTheNewest { expected, current } => {
                let text = |id: Option<PencilId>| id.map_or(Value::Null, |id| id.to_string().into());
                Self::new(&codes::VERSION_CONFLICT, "another pencil has been added since the one this follows")
                    .with("expected", text(expected))
                    .with("current", text(current))
                    .with_errors(vec![FieldError::new("/parentId", "stale", "this is not the newest pencil")])
            }
            DeskError::Refused(refusal) => refused(&refusal),
            DeskError::ReasonRequired(why) => {
                Self::new(&REASON_REQUIRED, why).with_errors(vec![FieldError::new("/reason", "required", why)])
            }
            DeskError::FieldsForbidden(fields) => {
                Self::new(&codes::FIELD_FORBIDDEN, "your role may not set some of these fields").with_errors(fields)
            }
            DeskError::Invalid(fields) => Self::invalid(fields),
            DeskError::SwitchedOff(feature) => feature.refusal(),
            DeskError::Inventory(error) => error.into(),
            DeskError::Crm(error) => error.into(),
            DeskError::Store(error) => error.into(),
            DeskError::Audit(error) => error.into(),
            DeskError::Document(error) => Self::internal(error),
            DeskError::Db(error) => error.into(),
        }
    }
}

fn refused(refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::Forbidden(permission) => {
            Problem::new(&codes::FORBIDDEN, refusal.to_string()).with("permission", permission.id())
        }
        Refusal::WithTheManager => Problem::new(&DEAL_WITH_MANAGER, refusal.to_string()),
        Refusal::WrongState(wrong) => Problem::new(&DEAL_STATE, wrong.to_string()).with("state", wrong.state.as_str()),
        Refusal::NoPencil => Problem::new(&DEAL_WITHOUT_PENCIL, refusal.to_string()),
    }
}
