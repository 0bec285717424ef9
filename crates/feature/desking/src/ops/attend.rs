//! Being at a deal: told to others, stored nowhere.

use autolytiq_db::TenantTx;
use autolytiq_kernel::DealId;
use serde_json::{Value, json};

use super::{
    context::{desk, find},
    page::Names,
};
use crate::{
    DeskError,
    domain::presence::{Attendant, Board, Manner},
};

/// Who else is there, and what to tell the store if that is news.
pub(crate) struct Attended {
    pub(crate) others: Vec<Attendant>,
    pub(crate) news: Option<Value>,
}

/// Notes that the person is at a deal within their reach, or no longer.
///
/// # Errors
/// [`DeskError::NotFound`], or the database's.
pub(crate) async fn attend(
    tx: &mut TenantTx,
    board: &Board,
    id: DealId,
    manner: Manner,
) -> Result<Attended, DeskError> {
    let desk = desk(tx).await?;
    let deal = find(tx, &desk, id).await?;
    let names = Names::of(tx, [desk.person]).await?;
    let (mut people, changed) = board.note((tx.acting(), id), (desk.person, names.get(desk.person)), manner, tx.now());
    let news = changed.then(|| {
        let told: Vec<Value> = people
            .iter()
            .map(|present| json!({ "id": present.person, "name": present.name, "editing": present.editing }))
            .collect();
        json!({ "dealId": id, "salespersonId": deal.salesperson, "people": told })
    });
    people.retain(|present| present.person != desk.person);
    Ok(Attended { others: people, news })
}
