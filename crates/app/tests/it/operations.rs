//! The operations of the API document, as the tests call them.

use autolytiq_authz::{Permission, Reach};
use http::Method;
use serde_json::Value;

/// Who may call an operation, as the document says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    Public,
    Authenticated,
    Permission(Permission),
}

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: Method,
    /// As in the document: `/api/v1/deals/{id}`.
    pub(crate) path: String,
    pub(crate) demand: Demand,
    /// How far the permission has to reach at least.
    pub(crate) least: Reach,
    pub(crate) has_body: bool,
    pub(crate) wants_version: bool,
    /// Asks for a recent proof of who one is.
    pub(crate) wants_proof: bool,
    /// What a store can switch off, and the operation with it.
    pub(crate) feature: Option<String>,
}

impl Operation {
    /// Whether the path names something that belongs to one store.
    pub(crate) fn names_a_row(&self) -> bool {
        self.path.contains("{id}")
    }
}

/// Every operation of the document of all modules.
pub(crate) fn all() -> Vec<Operation> {
    let document = serde_json::to_value(autolytiq_app::modules::document()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(read(path, method, operation));
        }
    }
    assert!(operations.len() > 50, "the document lost its operations");
    operations
}

fn read(path: &str, method: &str, operation: &Value) -> Operation {
    let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no operationId"));
    let demand = match operation["x-permission"].as_str() {
        Some("public") => Demand::Public,
        Some("authenticated") => Demand::Authenticated,
        Some(permission) => Demand::Permission(permission.parse().unwrap()),
        None => panic!("{id} does not say who may call it"),
    };
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    Operation {
        id: id.to_owned(),
        method: method.to_uppercase().parse().unwrap(),
        path: path.to_owned(),
        demand,
        least: match operation["x-reach"].as_str() {
            Some("group") => Reach::Group,
            None => Reach::Own,
            Some(other) => panic!("{id} asks for an unknown reach, {other}"),
        },
        // Files are not JSON; the crates that take them test them.
        has_body: operation["requestBody"]["content"]["application/json"].is_object(),
        wants_version: parameters.iter().any(|parameter| parameter["name"] == "If-Match"),
        wants_proof: operation["x-confirmation"] == true,
        feature: operation["x-feature"].as_str().map(str::to_owned),
    }
}
