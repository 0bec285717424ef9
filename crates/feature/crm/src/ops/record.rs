//! What the audit trail and the outbox hear of a customer: which fields, and their values only as ciphertext.

use autolytiq_db::{AuditRecord, NewEvent, TenantTx};
use autolytiq_kernel::CustomerId;
use autolytiq_secrets::{Protected, SubjectKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::{
    CrmError,
    domain::{
        contact::{Email, Phone},
        customer::{CustomerFacts, Keep},
    },
    store::customer::Derived,
};
use autolytiq_secrets::Vault;

/// Where a sealed change stands in the audit trail; bound into the ciphertext.
pub(super) const AUDIT: &str = "audit_entry.customer";
/// Where the sealed date of birth stands.
pub(super) const DATE_OF_BIRTH: &str = "customer.date_of_birth";

/// The facts with the API's names.
pub(super) fn fields(facts: &CustomerFacts) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            fields.insert(name.to_owned(), value);
        }
    };
    put("firstName", json!(facts.first_name));
    put("lastName", json!(facts.last_name));
    put("email", json!(facts.email.as_ref().map(Email::as_str)));
    put("phone", json!(facts.phone.as_ref().map(Phone::as_str)));
    put("street", json!(facts.street));
    put("place", json!(facts.place));
    put("notes", json!(facts.notes));
    fields
}

/// Seals a change: the names of its fields stay readable, the values open with the customer's key alone.
pub(super) fn sealed(key: &SubjectKey, id: CustomerId, values: Map<String, Value>) -> Result<Value, CrmError> {
    let names: Vec<String> = values.keys().cloned().collect();
    let sealed = key.seal(AUDIT, id.uuid(), &Protected::new(Value::Object(values).to_string()))?;
    Ok(json!({ "fields": names, "sealed": STANDARD.encode(sealed.as_bytes()) }))
}

/// The columns that follow from the facts.
pub(super) fn derive(
    tx: &TenantTx,
    vault: &Vault,
    key: &SubjectKey,
    id: CustomerId,
    facts: &CustomerFacts,
    born: Keep<Date>,
) -> Result<Derived, CrmError> {
    let date_of_birth = match born {
        Keep::Keep => Keep::Keep,
        Keep::Remove => Keep::Remove,
        Keep::Set(date) => Keep::Set(key.seal(DATE_OF_BIRTH, id.uuid(), &Protected::new(date.to_string()))?),
    };
    Ok(Derived {
        email_index: facts.email.as_ref().map(|email| vault.blind_index(tx, "customer.email", email.as_str())),
        phone_index: facts.phone.as_ref().map(|phone| vault.blind_index(tx, "customer.phone", phone.as_str())),
        date_of_birth,
    })
}

/// Notes the change in the audit trail and tells listeners that there is one.
pub(super) async fn note(
    tx: &mut TenantTx,
    action: &'static str,
    id: CustomerId,
    version: i64,
    before: Option<Value>,
    after: Value,
) -> Result<(), CrmError> {
    let mut record = AuditRecord::new(action, id).after(&after);
    if let Some(before) = before {
        record = record.before(&before);
    }
    tx.audit(record).await?;
    tx.emit(NewEvent::new("customer.changed", id, &json!({ "version": version }))).await?;
    Ok(())
}
