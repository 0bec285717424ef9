//! The consent ledger of one customer.

use autolytiq_crm::api::customer;
use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::{CustomerId, Form};
use autolytiq_secrets::{Protected, Vault};
use serde_json::json;

use super::acting_person;
use crate::{
    PrivacyError,
    domain::consent::{Channel, ConsentForm, ConsentSource, Entry},
    store::consent,
};

/// Where a sealed wording stands.
const WORDING: &str = "consent_entry.wording";

/// The ledger of a customer, the newest entry first, wordings in clear. Of one who was erased, without wordings.
pub(crate) async fn ledger(tx: &mut TenantTx, vault: &Vault, id: CustomerId) -> Result<Vec<Entry>, PrivacyError> {
    let known = customer(tx, id).await?;
    let rows = consent::of_customer(tx, id).await?;
    if known.erased_at.is_some() {
        return Ok(rows.into_iter().map(|(entry, _)| entry).collect());
    }
    let Some(key) = vault.existing_subject_key(tx, id).await? else {
        return Ok(rows.into_iter().map(|(entry, _)| entry).collect());
    };
    rows.into_iter()
        .map(|(mut entry, sealed)| {
            entry.wording = match sealed {
                Some(sealed) => Some(key.open(WORDING, entry.id.uuid(), &sealed)?.expose().to_owned()),
                None => None,
            };
            Ok(entry)
        })
        .collect()
}

/// Notes what a customer said: given or taken back, how, and in which words. Nothing that was noted before changes.
///
/// # Errors
/// [`PrivacyError::Invalid`], [`PrivacyError::IdTaken`]; what [`autolytiq_crm`] says of an unknown or erased customer; or
/// the database's.
pub async fn record_consent(
    tx: &mut TenantTx,
    vault: &Vault,
    id: CustomerId,
    form: &ConsentForm,
) -> Result<(), PrivacyError> {
    customer(tx, id).await?;
    let mut check = Form::new();
    let wording = check.optional_prose("/wording", Some(&form.wording), 2_000);
    if wording.is_none() {
        check.refuse("/wording", "required", "write down what the customer was shown or told");
    }
    if form.source == ConsentSource::UnsubscribeLink {
        check.refuse("/source", "customer-only", "only the customer follows the link in a mail");
    }
    let wording = check.finish(wording).map_err(PrivacyError::Invalid)?.unwrap_or_default();
    let key = vault.subject_key(tx, id).await?;
    let sealed = key.seal(WORDING, form.id.uuid(), &Protected::new(wording))?;
    let before = consent::standing(tx, id, form.channel).await?;
    let by = acting_person(tx)?;
    consent::insert(tx, id, form, &sealed, by).await.map_err(|error| match error {
        error if error.is_duplicate_of("consent_entry_pkey") => PrivacyError::IdTaken,
        error => error.into(),
    })?;
    let action = if form.given { "customer.consent_given" } else { "customer.consent_withdrawn" };
    let record = AuditRecord::new(action, id)
        .before(&json!({ "channel": form.channel, "given": before }))
        .after(&json!({ "channel": form.channel, "given": form.given, "source": form.source, "entry": form.id }));
    tx.audit(record).await?;
    Ok(())
}

/// Whether a customer's newest word on a channel allows it; nothing when they never said anything.
///
/// # Errors
/// The database's.
pub async fn standing(tx: &mut TenantTx, id: CustomerId, channel: Channel) -> Result<Option<bool>, PrivacyError> {
    Ok(consent::standing(tx, id, channel).await?)
}
