//! Routes of customers.

mod customers;
mod protected;

use autolytiq_http::{Routes, op};
use autolytiq_kernel::CustomerId;
use autolytiq_tax::Place;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Customer;

pub(crate) fn routes() -> Routes {
    Routes::api("customers")
        .add(op!(customers::list_customers))
        .add(op!(customers::create_customer).idempotent())
        .add(op!(protected::find_duplicates))
        .add(op!(customers::get_customer))
        .add(op!(customers::put_customer))
        .add(op!(protected::reveal).confirmed())
}

/// A customer. Protected fields are not in it; `dateOfBirthOnFile` says that one could be revealed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Customer)]
pub(crate) struct CustomerView {
    id: CustomerId,
    first_name: String,
    last_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// With `+` and country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    date_of_birth_on_file: bool,
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// When everything known of them was erased. Names are placeholders then, and nothing can be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    erased_at: Option<Timestamp>,
}

pub(crate) fn view(customer: &Customer) -> CustomerView {
    let facts = &customer.facts;
    CustomerView {
        id: customer.id,
        first_name: facts.first_name.clone(),
        last_name: facts.last_name.clone(),
        email: customer.email().map(str::to_owned),
        phone: customer.phone().map(str::to_owned),
        street: facts.street.clone(),
        place: facts.place.clone(),
        notes: facts.notes.clone(),
        date_of_birth_on_file: customer.date_of_birth_on_file,
        version: customer.version,
        created_at: customer.created_at,
        updated_at: customer.updated_at,
        erased_at: customer.erased_at,
    }
}
