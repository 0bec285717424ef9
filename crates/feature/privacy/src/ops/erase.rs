//! Erasing a customer everywhere.

use autolytiq_crm::api::{erase_customer, may_be_erased};
use autolytiq_db::TenantTx;
use autolytiq_desking::api::{deals_of_customer, erase_words};
use autolytiq_kernel::{CustomerId, Id};
use autolytiq_secrets::Vault;

use crate::{
    PrivacyError,
    store::{erasure, hold},
};

/// Erases a customer: what is on file, the words their deals are found by, notes and reasons people wrote on their deals,
/// reasons in the audit trail, answers kept for repeated requests, and the key under which the audit trail, the consent ledger and the holds keep the
/// rest. Deals keep their numbers, figures and states, and the trail its entries.
///
/// # Errors
/// [`PrivacyError::OnHold`], [`PrivacyError::OpenDeals`]; what [`autolytiq_crm`] says of an unknown customer or one who was
/// erased before; or the database's.
pub async fn erase(tx: &mut TenantTx, vault: &Vault, id: CustomerId) -> Result<(), PrivacyError> {
    may_be_erased(tx, id).await?;
    if hold::stands(tx, id).await? {
        return Err(PrivacyError::OnHold);
    }
    let deals = deals_of_customer(tx, id).await?;
    let open: Vec<String> = deals.iter().filter(|deal| deal.is_open()).map(|deal| deal.number.clone()).collect();
    if !open.is_empty() {
        return Err(PrivacyError::OpenDeals(open));
    }
    erase_customer(tx, vault, id).await?;
    erase_words(tx, id).await?;
    let named: Vec<_> = std::iter::once(id.uuid()).chain(deals.iter().map(|deal| Id::uuid(deal.id))).collect();
    tx.forget_answers(&named).await?;
    erasure::reasons(tx, id).await?;
    Ok(())
}
