//! All that is held on a customer, in one document for the customer.

use autolytiq_audit::{AuditActor, AuditEntry, history};
use autolytiq_crm::api::{customer_file, open_change};
use autolytiq_db::{AuditRecord, Subject, TenantTx};
use autolytiq_desking::api::{deal_files, deals_of_customer};
use autolytiq_identity::api::store_profile;
use autolytiq_kernel::{CustomerId, Limit, PageRequest};
use autolytiq_secrets::{SubjectKey, Vault};
use serde_json::{Value, json};

use super::{consents::ledger, hold};
use crate::PrivacyError;

/// Gathers the document and notes that it was handed out.
///
/// # Errors
/// What [`autolytiq_crm`] says of an unknown customer or one who was erased; or the database's.
pub(crate) async fn export(tx: &mut TenantTx, vault: &Vault, id: CustomerId) -> Result<Value, PrivacyError> {
    let customer = customer_file(tx, vault, id).await?;
    let store = store_profile(tx).await?;
    let key = vault.subject_key(tx, id).await?;
    let consents: Vec<Value> = ledger(tx, vault, id)
        .await?
        .into_iter()
        .map(|entry| {
            json!({
                "channel": entry.channel, "given": entry.given, "source": entry.source, "wording": entry.wording,
                "recordedAt": entry.recorded_at,
            })
        })
        .collect();
    let holds: Vec<Value> = hold::holds(tx, vault, id).await?.iter().map(hold::shown).collect();
    let deals = deal_files(tx, id).await?;
    let mut happened = entries(tx, id.into()).await?;
    for deal in deals_of_customer(tx, id).await? {
        happened.extend(entries(tx, deal.id.into()).await?);
    }
    happened.sort_by_key(|entry| entry.id);
    let history = happened.into_iter().map(|entry| line(&key, id, entry)).collect::<Result<Vec<_>, _>>()?;
    let record = AuditRecord::new("customer.exported", id).after(&json!({ "deals": deals.len() }));
    tx.audit(record).await?;
    Ok(json!({
        "store": store.name,
        "exportedAt": tx.now(),
        "customer": customer,
        "consents": consents,
        "legalHolds": holds,
        "deals": deals,
        "history": history,
    }))
}

/// Every entry of the trail about a subject.
async fn entries(tx: &mut TenantTx, subject: Subject) -> Result<Vec<AuditEntry>, PrivacyError> {
    let mut all = Vec::new();
    let mut page = PageRequest { limit: Limit::new(200).unwrap_or_default(), cursor: None };
    loop {
        let read = history(tx, subject, &page).await?;
        all.extend(read.items);
        match read.next_cursor {
            Some(next) => page.cursor = Some(next),
            None => return Ok(all),
        }
    }
}

/// An entry as the customer reads it: what was done, when and by whom. What it says of a deal's figures stands with the
/// deal, without the store's own.
fn line(key: &SubjectKey, id: CustomerId, entry: AuditEntry) -> Result<Value, PrivacyError> {
    let by = match entry.actor {
        AuditActor::Person { name, .. } => name,
        AuditActor::Job { name } => Some(name),
    };
    let mut line = json!({ "at": entry.occurred_at, "by": by, "action": entry.action, "subject": entry.subject.kind });
    if let Some(reason) = entry.reason {
        line["reason"] = reason.into();
    }
    if entry.subject.kind == "customer" {
        for (name, side) in [("before", entry.before), ("after", entry.after)] {
            if let Some(side) = side {
                line[name] = open_change(key, id, side)?;
            }
        }
    }
    Ok(line)
}
