//! Changing a customer.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::CustomerId;
use autolytiq_secrets::{SecretsError, Vault};
use serde_json::{Map, Value};

use super::{create_customer::today, record};
use crate::{
    CrmError,
    api::Customer,
    domain::customer::{CustomerFacts, CustomerForm, Keep},
    store,
};

/// Replaces what is on file by the form, if nobody saved since `version`.
///
/// # Errors
/// [`CrmError::NotFound`], [`CrmError::Stale`], [`CrmError::Invalid`], or the database's.
pub async fn update_customer(
    tx: &mut TenantTx,
    vault: &Vault,
    id: CustomerId,
    version: i64,
    form: &CustomerForm,
) -> Result<Customer, CrmError> {
    let current = store::customer::lock(tx, id).await?.ok_or(CrmError::NotFound)?;
    if current.version != version {
        return Err(CrmError::Stale { expected: version, current: Box::new(current) });
    }
    if current.erased_at.is_some() {
        return Err(CrmError::Secrets(SecretsError::Destroyed));
    }
    let (facts, born) = CustomerFacts::read(form, today(tx)).map_err(CrmError::Invalid)?;
    let born = if born == Keep::Remove && !current.date_of_birth_on_file { Keep::Keep } else { born };
    let (before, mut after) = difference(record::fields(&current.facts), record::fields(&facts));
    if before.is_empty() && after.is_empty() && born.is_keep() {
        return Ok(current);
    }
    let key = vault.subject_key(tx, id).await?;
    let derived = record::derive(tx, vault, &key, id, &facts, born)?;
    store::customer::update(tx, id, version, &facts, derived).await?;
    match born {
        Keep::Keep => {}
        Keep::Remove => drop(after.insert("dateOfBirth".to_owned(), Value::Null)),
        Keep::Set(date) => drop(after.insert("dateOfBirth".to_owned(), date.to_string().into())),
    }
    let (before, after) = (record::sealed(&key, id, before)?, record::sealed(&key, id, after)?);
    record::note(tx, "customer.updated", id, version + 1, Some(before), after).await?;
    store::customer::find(tx, id)
        .await?
        .ok_or_else(|| DbError::inconsistent("customer", "id", "missing after update").into())
}

/// What was there and what is there, of the fields that differ.
fn difference(
    mut before: Map<String, Value>,
    mut after: Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>) {
    before.retain(|name, value| match after.get(name) {
        Some(same) if same == value => {
            after.remove(name);
            false
        }
        _ => true,
    });
    (before, after)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::difference;

    #[test]
    fn only_what_differs_is_noted() {
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        let (before, after) = difference(
            object(json!({"firstName": "Ana", "phone": "+1", "notes": "x"})),
            object(json!({"firstName": "Ana", "phone": "+2", "email": "a@b.c"})),
        );
        assert_eq!(Value::Object(before), json!({"phone": "+1", "notes": "x"}));
        assert_eq!(Value::Object(after), json!({"phone": "+2", "email": "a@b.c"}));
    }
}
