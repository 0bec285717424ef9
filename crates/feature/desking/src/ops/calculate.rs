//! A deal as it would be today. Nothing is stored.

use autolytiq_db::TenantTx;
use autolytiq_finance::deal::{input::DealInput, output::DealResult};
use autolytiq_kernel::DealId;
use autolytiq_places::Tables;
use autolytiq_tax::ResolvedRates;

use super::{
    context::{Surroundings, desk, find, resolve},
    pencil_deal::compute,
};
use crate::{DeskError, domain::desk::Desk, store::pencil};

/// A computation with today's date, rules and rates.
pub(crate) struct Today {
    pub(crate) desk: Desk,
    pub(crate) input: DealInput,
    pub(crate) rates: ResolvedRates,
    pub(crate) result: DealResult,
    /// Whether the newest pencil was computed under the same rules and rates; nothing when there is no pencil.
    pub(crate) same: Option<Same>,
}

/// What has not changed since the newest pencil.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Same {
    pub(crate) rules: bool,
    pub(crate) rates: bool,
}

/// Computes a deal's newest pencil, or its first inputs, under today's rules and rates.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Invalid`] when today's rules refuse what was penciled, or the database's.
pub(crate) async fn calculate_today(tx: &mut TenantTx, tables: &Tables, id: DealId) -> Result<Today, DeskError> {
    let desk = desk(tx).await?;
    let deal = find(tx, &desk, id).await?;
    let newest = match deal.newest_pencil {
        Some(newest) => pencil::find(tx, id, newest).await?,
        None => None,
    };
    let around = Surroundings::of(tx, &deal).await?;
    let mut input = match &newest {
        Some(pencil) => pencil.input.clone(),
        None => around.start(deal.deal_date),
    };
    input.deal_date = around.store.zone.date_at(tx.now());
    let rates = resolve(tx, tables, &around, &input).await?;
    let result = compute(&input, &rates)?;
    let same = newest.map(|pencil| Same {
        rules: pencil.rules_hash == result.rules.hash,
        rates: pencil.rates.entries == rates.entries,
    });
    Ok(Today { desk, input, rates, result, same })
}
