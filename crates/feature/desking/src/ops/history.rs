//! What happened to a deal, from the audit trail and the pencils.

use autolytiq_audit::{AuditActor, history};
use autolytiq_db::TenantTx;
use autolytiq_kernel::{DealId, Page, PageRequest, PersonId};
use jiff::Timestamp;

use super::{
    context::{desk, find},
    page::difference,
};
use crate::{DeskError, domain::change::Change, store::pencil};

/// One thing that happened.
pub(crate) struct Happening {
    pub(crate) at: Timestamp,
    pub(crate) by: Option<(PersonId, String)>,
    pub(crate) action: String,
    pub(crate) reason: Option<String>,
    pub(crate) pencil: Option<i32>,
    /// The number of the deal that this one was copied from.
    pub(crate) copied_from: Option<String>,
    pub(crate) changes: Vec<Change>,
}

/// The history of a deal within the reader's reach, the newest first.
///
/// # Errors
/// [`DeskError::NotFound`], or the database's.
pub(crate) async fn deal_history(
    tx: &mut TenantTx,
    id: DealId,
    page: &PageRequest,
) -> Result<Page<Happening>, DeskError> {
    let desk = desk(tx).await?;
    find(tx, &desk, id).await?;
    let entries = history(tx, id, page).await?;
    let inputs = pencil::inputs(tx, id).await?;
    let mut items = Vec::with_capacity(entries.items.len());
    for entry in entries.items {
        let number =
            |state: Option<&serde_json::Value>| -> Option<i32> { state?.get("pencil")?.as_i64()?.try_into().ok() };
        let penciled = (entry.action == "deal.penciled").then(|| number(entry.after.as_ref())).flatten();
        let changes = match penciled.and_then(|number| Some((inputs.get(&(number - 1))?, inputs.get(&number)?))) {
            Some((before, after)) => difference(&desk, before, after)?,
            None => Vec::new(),
        };
        let copied_from = entry.after.as_ref().and_then(|after| Some(after.get("copiedFrom")?.as_str()?.to_owned()));
        let by = match entry.actor {
            AuditActor::Person { id, name, .. } => Some((id, name.unwrap_or_default())),
            AuditActor::Job { .. } => None,
        };
        items.push(Happening {
            at: entry.occurred_at,
            by,
            action: entry.action,
            reason: entry.reason,
            pencil: penciled,
            copied_from,
            changes,
        });
    }
    Ok(Page { items, next_cursor: entries.next_cursor })
}
