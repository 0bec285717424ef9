//! What other modules may use: the customer, how to find and make one.

use autolytiq_db::TenantTx;
use autolytiq_kernel::{CustomerId, Limit, search::SearchTerms};
use autolytiq_tax::Place;
use jiff::Timestamp;
use std::collections::HashMap;

pub use crate::domain::customer::{CustomerForm, Keep};
pub use crate::ops::{
    create_customer::create_customer,
    duplicates::find_duplicates,
    erase_customer::{erase_customer, may_be_erased},
    file::{customer_file, open_change},
    reveal::reveal_date_of_birth,
    update_customer::update_customer,
};
use crate::{CrmError, domain::customer::CustomerFacts, store};

/// A customer without the protected fields.
#[derive(Clone)]
pub struct Customer {
    /// Made by the client.
    pub id: CustomerId,
    /// Grows by one with every change.
    pub version: i64,
    /// When the store got to know them.
    pub created_at: Timestamp,
    /// When somebody last changed something.
    pub updated_at: Timestamp,
    /// When everything known of them was erased; what is left is the id that their deals name.
    pub erased_at: Option<Timestamp>,
    pub(crate) facts: CustomerFacts,
    pub(crate) date_of_birth_on_file: bool,
}

impl Customer {
    /// Given name.
    #[must_use]
    pub fn first_name(&self) -> &str {
        &self.facts.first_name
    }

    /// Family name, or the name of a business.
    #[must_use]
    pub fn last_name(&self) -> &str {
        &self.facts.last_name
    }

    /// E-mail address.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.facts.email.as_ref().map(|email| email.as_str())
    }

    /// Telephone number with `+` and country code.
    #[must_use]
    pub fn phone(&self) -> Option<&str> {
        self.facts.phone.as_ref().map(|phone| phone.as_str())
    }

    /// House number and street.
    #[must_use]
    pub fn street(&self) -> Option<&str> {
        self.facts.street.as_deref()
    }

    /// Where they live.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.facts.place.as_ref()
    }
}

impl std::fmt::Debug for Customer {
    /// The id and version alone: personal values do not belong into logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Customer").field("id", &self.id).field("version", &self.version).finish_non_exhaustive()
    }
}

/// The customer with this id in the acting store.
///
/// # Errors
/// [`CrmError::NotFound`], or the database's.
pub async fn customer(tx: &mut TenantTx, id: CustomerId) -> Result<Customer, CrmError> {
    store::customer::find(tx, id).await?.ok_or(CrmError::NotFound)
}

/// First and last names of customers by their ids, as a list shows them; one that is not in the acting store is missing.
///
/// # Errors
/// The database's.
pub async fn customer_names(tx: &mut TenantTx, ids: &[CustomerId]) -> Result<HashMap<CustomerId, String>, CrmError> {
    Ok(store::customer::names(tx, ids).await?)
}

/// The first page of the customers of the acting store whom these words find, by last and first name. No words find all.
///
/// # Errors
/// The database's.
pub async fn find_customers(tx: &mut TenantTx, words: &str) -> Result<Vec<Customer>, CrmError> {
    let terms = SearchTerms::parse(words);
    Ok(store::search::page(tx, terms.as_ref(), None, Limit::default()).await?)
}
