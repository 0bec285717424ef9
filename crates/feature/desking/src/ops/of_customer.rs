//! What the desk holds of one customer, for the customer and for whoever must erase them.

use autolytiq_crm::api::customer;
use autolytiq_db::TenantTx;
use autolytiq_inventory::api::vehicle;
use autolytiq_kernel::{CustomerId, DealId};
use serde_json::{Value, json};

use super::context::search_text;
use crate::{
    DeskError,
    domain::{sight::Sight, state::DealState},
    store::{deal, pencil},
};

/// The deals of a customer in the acting store.
#[derive(Debug, Clone)]
pub struct DealOfCustomer {
    /// The deal.
    pub id: DealId,
    /// As the desk says it: `D-10482`.
    pub number: String,
    /// Where it stands.
    pub state: DealState,
}

impl DealOfCustomer {
    /// Whether it is still being worked, so that the customer is needed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, DealState::Closed | DealState::Rejected | DealState::Cancelled)
    }
}

/// The deals of a customer, whoever's they are, the oldest first.
///
/// # Errors
/// The database's.
pub async fn deals_of_customer(tx: &mut TenantTx, of: CustomerId) -> Result<Vec<DealOfCustomer>, DeskError> {
    let deals = deal::of_customer(tx, of).await?;
    Ok(deals
        .into_iter()
        .map(|deal| DealOfCustomer { id: deal.id, number: deal.shown_number, state: deal.state })
        .collect())
}

/// The deals of a customer with their vehicles and pencils, as the customer may read them: what was offered, without the
/// store's costs, gross and reserve.
///
/// # Errors
/// The database's.
pub async fn deal_files(tx: &mut TenantTx, of: CustomerId) -> Result<Vec<Value>, DeskError> {
    let nothing_of_the_store = Sight { cost: false, gross: false, reserve: false };
    let mut files = Vec::new();
    for deal in deal::of_customer(tx, of).await? {
        let vehicle = vehicle(tx, deal.vehicle).await?;
        let mut pencils = Vec::new();
        for head in pencil::heads(tx, deal.id).await?.into_iter().rev() {
            let Some(pencil) = pencil::find(tx, deal.id, head.id).await? else { continue };
            let columns: Vec<Value> = pencil
                .head
                .columns
                .iter()
                .map(|column| json!({ "label": column.label, "kind": column.kind.as_str(), "amount": column.amount }))
                .collect();
            pencils.push(json!({
                "number": pencil.head.number,
                "penciledAt": pencil.head.at,
                "note": pencil.head.note,
                "reason": pencil.head.reason,
                "price": pencil.head.price,
                "columns": columns,
                "input": nothing_of_the_store.input(pencil.input),
            }));
        }
        files.push(json!({
            "id": deal.id,
            "number": deal.shown_number,
            "state": deal.state,
            "dealDate": deal.deal_date,
            "createdAt": deal.created_at,
            "updatedAt": deal.updated_at,
            "vehicle": {
                "label": vehicle.label(), "vin": vehicle.vin(), "stockNumber": vehicle.stock_number(),
            },
            "pencils": pencils,
        }));
    }
    Ok(files)
}

/// Takes what names an erased customer off their deals: the words search finds them by, and notes and reasons of their
/// pencils. Numbers, figures and states stay as they were.
///
/// # Errors
/// The database's.
pub async fn erase_words(tx: &mut TenantTx, of: CustomerId) -> Result<(), DeskError> {
    let erased = customer(tx, of).await?;
    for deal in deal::of_customer(tx, of).await? {
        let vehicle = vehicle(tx, deal.vehicle).await?;
        deal::write_search_text(tx, deal.id, &search_text(&deal.shown_number, &erased, &vehicle)).await?;
    }
    pencil::erase_words(tx, of).await?;
    Ok(())
}
