//! Copying a deal: the same offer to the same or another customer, on the same or another vehicle, today.

use autolytiq_db::TenantTx;
use autolytiq_kernel::{CustomerId, DealId, VehicleId};
use autolytiq_places::Tables;
use serde_json::json;

use super::{
    context::{Surroundings, desk, find, resolve, search_text},
    open_deal::open,
    pencil_deal::compute,
    record,
};
use crate::{
    DeskError,
    domain::{
        copy::{Other, copied},
        start::without_leases,
        state::DealAction,
    },
    store::{
        deal,
        pencil::{self, NewPencil},
    },
};

/// For whom and on what; absent means as in the deal that is copied.
#[derive(Clone, Debug)]
pub struct CopyForm {
    /// Made by the client.
    pub id: DealId,
    /// Another customer.
    pub customer: Option<CustomerId>,
    /// Another vehicle.
    pub vehicle: Option<VehicleId>,
}

/// Opens a deal with the newest pencil of another one within the person's reach as its first, computed under today's
/// date, rules and rates. The copier is its salesperson. A deal without a pencil gives one without a pencil.
///
/// # Errors
/// [`DeskError::NotFound`]; what [`super::open_deal::open_deal`] says of the customer and the vehicle;
/// [`DeskError::Invalid`] when today's rules refuse what was penciled; or the database's.
pub async fn copy_deal(
    tx: &mut TenantTx,
    tables: &Tables,
    source: DealId,
    form: CopyForm,
) -> Result<DealId, DeskError> {
    let desk = desk(tx).await?;
    let source = find(tx, &desk, source).await?;
    let newest = match source.newest_pencil {
        Some(newest) => pencil::find(tx, source.id, newest).await?,
        None => None,
    };
    let customer = form.customer.unwrap_or(source.customer);
    let vehicle = form.vehicle.unwrap_or(source.vehicle);
    let mut deal = open(tx, form.id, customer, vehicle, Some(&source)).await?;
    let Some(newest) = newest else { return Ok(deal.id) };

    let around = Surroundings::of(tx, &deal).await?;
    let other = Other { customer: customer != source.customer, vehicle: vehicle != source.vehicle };
    let mut input = copied(newest.input, around.start(deal.deal_date), other);
    if !around.leases {
        input = without_leases(input, || around.start(deal.deal_date).columns);
    }
    let rates = resolve(tx, tables, &around, &input).await?;
    let result = compute(&input, &rates)?;
    let pencil = tx.new_id();
    let new = NewPencil {
        id: pencil,
        deal: deal.id,
        number: 1,
        parent: None,
        by: desk.person,
        note: None,
        reason: None,
        input: &input,
        rates: &rates,
        result: &result,
    };
    pencil::insert(tx, &new).await?;
    (deal.pencils, deal.newest_pencil) = (1, Some(pencil));
    deal::save(tx, &deal, &search_text(&deal.shown_number, &around.customer, &around.vehicle)).await?;
    deal.version += 1;
    let after = json!({ "state": deal.state, "pencil": 1, "pencilId": pencil, "price": input.price });
    record::note(tx, DealAction::Pencil.event(), &deal, None, None, after).await?;
    Ok(deal.id)
}
