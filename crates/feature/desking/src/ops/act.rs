//! Moving a deal through its states.

use autolytiq_crm::api::customer;
use autolytiq_db::TenantTx;
use autolytiq_inventory::api::{hold_vehicle, release_vehicle, sell_vehicle, vehicle};
use autolytiq_kernel::{DealId, Form};
use autolytiq_places::Tables;
use serde_json::json;

use super::{
    context::{desk, lock, search_text},
    page::deal_page,
    record,
};
use crate::{
    DeskError,
    domain::{
        policy::decide,
        state::{DealAction, DealState},
    },
    store::deal,
};

/// Asks a manager for approval.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Stale`], [`DeskError::Refused`], or the database's.
pub async fn submit_deal(tx: &mut TenantTx, tables: &Tables, id: DealId, version: i64) -> Result<(), DeskError> {
    act(tx, tables, id, version, DealAction::Submit, None).await
}

/// Agrees to a submitted deal and holds its vehicle.
///
/// # Errors
/// As [`submit_deal`], and [`autolytiq_inventory::InventoryError::NotAvailable`] when another deal has the vehicle.
pub async fn approve_deal(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    reason: Option<&str>,
) -> Result<(), DeskError> {
    act(tx, tables, id, version, DealAction::Approve, reason).await
}

/// Sends a submitted deal back.
///
/// # Errors
/// As [`submit_deal`], and [`DeskError::ReasonRequired`].
pub async fn reject_deal(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    reason: &str,
) -> Result<(), DeskError> {
    act(tx, tables, id, version, DealAction::Reject, Some(reason)).await
}

/// Ends a deal that will not happen and gives its vehicle back.
///
/// # Errors
/// As [`reject_deal`].
pub async fn cancel_deal(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    reason: &str,
) -> Result<(), DeskError> {
    act(tx, tables, id, version, DealAction::Cancel, Some(reason)).await
}

/// Delivers an approved deal: its vehicle is sold.
///
/// # Errors
/// As [`approve_deal`].
pub async fn close_deal(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    reason: Option<&str>,
) -> Result<(), DeskError> {
    act(tx, tables, id, version, DealAction::Close, reason).await
}

/// Takes a closed, cancelled or rejected deal up again and gives its vehicle back to the lot. It keeps its date, and the
/// rates it had.
///
/// # Errors
/// As [`reject_deal`], and [`autolytiq_inventory::InventoryError::VinInStock`] when the vehicle has come back meanwhile.
pub async fn reopen_deal(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    reason: &str,
) -> Result<(), DeskError> {
    act(tx, tables, id, version, DealAction::Reopen, Some(reason)).await
}

/// Any action but a pencil.
pub(crate) async fn act(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    action: DealAction,
    reason: Option<&str>,
) -> Result<(), DeskError> {
    let desk = desk(tx).await?;
    let mut deal = lock(tx, &desk, id).await?;
    if deal.version != version {
        let page = deal_page(tx, tables, id).await?;
        return Err(DeskError::Stale { expected: version, current: deal.version, resource: page.into_json() });
    }
    let next = decide(&desk, deal.standing(), action)?;
    let mut check = Form::new();
    let reason = check.optional_line("/reason", reason, 500);
    let reason = check.finish(reason).map_err(DeskError::Invalid)?;
    if action.needs_reason() && reason.is_none() {
        return Err(DeskError::ReasonRequired("this must be explained: give a reason"));
    }
    match action {
        DealAction::Approve => {
            hold_vehicle(tx, deal.vehicle, id.uuid()).await?;
            deal.approved = Some((desk.person, tx.now()));
        }
        DealAction::Close => sell_vehicle(tx, deal.vehicle, id.uuid()).await?,
        DealAction::Cancel | DealAction::Reopen => release_vehicle(tx, deal.vehicle, id.uuid()).await?,
        DealAction::Pencil | DealAction::Submit | DealAction::Reject => {}
    }
    let before = json!({ "state": deal.state });
    deal.state = next;
    if next == DealState::Reopened {
        (deal.keeps_rates, deal.approved) = (true, None);
    }
    let (customer, vehicle) = (customer(tx, deal.customer).await?, vehicle(tx, deal.vehicle).await?);
    deal::save(tx, &deal, &search_text(&deal.shown_number, &customer, &vehicle)).await?;
    deal.version += 1;
    let after = json!({ "state": deal.state, "pencil": deal.pencils });
    record::note(tx, action.event(), &deal, reason.as_deref(), Some(before), after).await
}
