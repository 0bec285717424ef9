//! What other modules, the demonstration and tests may use: the use cases of the desk. Each takes an open transaction,
//! decides for the person the transaction acts for, and notes what happened; the caller commits.

pub use crate::{
    domain::{
        policy::Refusal,
        state::{DealAction, DealState, WrongState},
    },
    error::DeskError,
    ops::{
        act::{approve_deal, cancel_deal, close_deal, reject_deal, reopen_deal, submit_deal},
        copy_deal::{CopyForm, copy_deal},
        of_customer::{DealOfCustomer, deal_files, deals_of_customer, erase_words},
        open_deal::open_deal,
        pencil_deal::{PencilForm, pencil_deal},
    },
};

use autolytiq_db::TenantTx;
use autolytiq_finance::deal::input::DealInput;
use autolytiq_kernel::{DealId, PencilId};
use autolytiq_places::Tables;

use crate::ops::page::deal_page;

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
pub async fn deal_summary(tx: &mut TenantTx, tables: &Tables, id: DealId) -> Result<DealSummary, DeskError> {
    let page = deal_page(tx, tables, id).await?;
    let number = page.deal.shown_number();
    let input = page.current.map_or(page.start, |pencil| pencil.input);
    let mut input = page.desk.sight().input(input);
    // The server adds the costs itself and takes them from nobody.
    input.costs = None;
    Ok(DealSummary {
        id,
        number,
        state: page.deal.state,
        version: page.deal.version,
        newest_pencil: page.deal.newest_pencil,
        input,
    })
}
