//! Adding a customer.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::CustomerId;
use autolytiq_secrets::Vault;

use super::record;
use crate::{
    CrmError,
    api::Customer,
    domain::customer::{CustomerFacts, CustomerForm, Keep},
    store,
};

/// Adds a customer under the id that the client made.
///
/// # Errors
/// [`CrmError::Invalid`], [`CrmError::IdTaken`], or the database's.
pub async fn create_customer(
    tx: &mut TenantTx,
    vault: &Vault,
    id: CustomerId,
    form: &CustomerForm,
) -> Result<Customer, CrmError> {
    let (facts, born) = CustomerFacts::read(form, today(tx)).map_err(CrmError::Invalid)?;
    let key = vault.subject_key(tx, id).await?;
    let derived = record::derive(tx, vault, &key, id, &facts, born)?;
    store::customer::insert(tx, id, &facts, derived).await.map_err(|error| match error {
        error if error.is_duplicate_of("customer_pkey") => CrmError::IdTaken,
        error => error.into(),
    })?;
    let mut values = record::fields(&facts);
    if let Keep::Set(date) = born {
        values.insert("dateOfBirth".to_owned(), date.to_string().into());
    }
    let after = record::sealed(&key, id, values)?;
    record::note(tx, "customer.created", id, 1, None, after).await?;
    store::customer::find(tx, id)
        .await?
        .ok_or_else(|| DbError::inconsistent("customer", "id", "missing after insert").into())
}

/// The latest civil date anywhere, so that nobody's today counts as the future.
pub(super) fn today(tx: &TenantTx) -> jiff::civil::Date {
    tx.now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(14))).date()
}
