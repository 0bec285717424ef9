//! Ending mail by the link in one, without a sign-in.

use autolytiq_db::{AuditRecord, Db, SystemUse};
use autolytiq_kernel::{Actor, CustomerId, DealershipId, Origin};
use autolytiq_secrets::Vault;
use serde_json::json;

use crate::{
    PrivacyError,
    domain::link::{Named, UNSUBSCRIBE_PATH},
    store::consent,
};

/// The link of a customer, below the product's address. A mail carries it in its text, and in its head as
/// `List-Unsubscribe: <…>` with `List-Unsubscribe-Post: List-Unsubscribe=One-Click` (RFC 8058).
#[must_use]
pub fn unsubscribe_link(vault: &Vault, store: DealershipId, customer: CustomerId) -> String {
    format!("{UNSUBSCRIBE_PATH}{}", Named { store, customer }.token(vault))
}

/// What the reader of a link is told.
#[derive(Debug)]
pub(crate) struct Told {
    /// Whose mail it is.
    pub(crate) store: String,
    /// Whether they get none any more.
    pub(crate) unsubscribed: bool,
}

/// Whose mail a link ends, and whether it is ended already; nothing when the link is not ours. Looking changes nothing:
/// programs that check mail follow every link.
///
/// # Errors
/// The database's.
pub(crate) async fn look(db: &Db, vault: &Vault, token: &str) -> Result<Option<Told>, PrivacyError> {
    let Some(named) = Named::read(vault, token) else { return Ok(None) };
    let mut tx = db.system(SystemUse::PublicUnsubscribe).await?;
    let Some(store) = consent::store_name(&mut tx, named.store).await? else { return Ok(None) };
    let unsubscribed = consent::is_unsubscribed(&mut tx, named).await?;
    tx.rollback().await?;
    Ok(Some(Told { store, unsubscribed }))
}

/// Takes the consent to mail back. Again is the same as once.
///
/// # Errors
/// The database's.
pub(crate) async fn unsubscribe(
    db: &Db,
    vault: &Vault,
    token: &str,
    origin: Origin,
) -> Result<Option<Told>, PrivacyError> {
    let Some(named) = Named::read(vault, token) else { return Ok(None) };
    let mut tx = db.system(SystemUse::PublicUnsubscribe).await?;
    let Some(store) = consent::store_name(&mut tx, named.store).await? else { return Ok(None) };
    if !consent::is_unsubscribed(&mut tx, named).await? {
        let id = tx.new_id();
        consent::unsubscribe(&mut tx, id, named).await?;
        let record = AuditRecord::new("customer.consent_withdrawn", named.customer)
            .after(&json!({ "channel": "email", "given": false, "source": "unsubscribe_link", "entry": id }));
        tx.audit(named.store, &Actor::Job("privacy.unsubscribe"), origin, record).await?;
    }
    tx.commit().await?;
    Ok(Some(Told { store, unsubscribed: true }))
}
