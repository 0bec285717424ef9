//! Where a deal stands, for whoever works on it without its page.

use autolytiq_db::TenantTx;
use autolytiq_finance::deal::input::DealInput;
use autolytiq_kernel::{DealId, PencilId};

use super::context::{Surroundings, desk, find};
use crate::{DeskError, domain::state::DealState, store::pencil};

/// Where a deal stands.
#[derive(Clone, Debug)]
pub struct DealSummary {
    /// The deal.
    pub id: DealId,
    /// As the desk says it: `D-10482`.
    pub number: String,
    /// Its state.
    pub state: DealState,
    /// The version a change is made on.
    pub version: i64,
    /// The newest pencil, which the next one follows.
    pub newest_pencil: Option<PencilId>,
    /// What a next pencil begins with: the newest one's input, or the first defaults, as a client may send it back.
    pub input: DealInput,
}

/// Where a deal within the person's reach stands, with the input a next pencil begins with.
///
/// # Errors
/// [`DeskError::NotFound`], or the database's.
pub async fn deal_summary(tx: &mut TenantTx, id: DealId) -> Result<DealSummary, DeskError> {
    let desk = desk(tx).await?;
    let deal = find(tx, &desk, id).await?;
    let newest = match deal.newest_pencil {
        Some(newest) => pencil::basis(tx, id, newest).await?.map(|basis| basis.input),
        None => None,
    };
    let input = match newest {
        Some(input) => input,
        None => Surroundings::of(tx, &deal).await?.start(deal.deal_date),
    };
    let mut input = desk.sight().input(input);
    // The server adds the costs itself and takes them from nobody.
    input.costs = None;
    Ok(DealSummary {
        id,
        number: deal.shown_number,
        state: deal.state,
        version: deal.version,
        newest_pencil: deal.newest_pencil,
        input,
    })
}
