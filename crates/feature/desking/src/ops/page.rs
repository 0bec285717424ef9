//! A deal as its page shows it: everything a reader may see of it, and what they may do with it.

use autolytiq_db::TenantTx;
use autolytiq_finance::{deal::input::DealInput, rules_for};
use autolytiq_identity::api::member_names;
use autolytiq_kernel::{DealId, PencilId, PersonId};
use autolytiq_places::Tables;
use autolytiq_tax::ResolvedRates;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::context::{Surroundings, desk, find, resolve};
use crate::{
    DeskError,
    domain::{
        change::{Change, changes},
        desk::Desk,
    },
    store::{
        deal::Deal,
        pencil::{self, Pencil, PencilHead},
    },
};

/// A deal with what surrounds it, and the person who looks at it.
pub(crate) struct DealPage {
    pub(crate) desk: Desk,
    pub(crate) deal: Deal,
    pub(crate) around: Surroundings,
    pub(crate) pencils: Vec<PencilHead>,
    pub(crate) current: Option<Pencil>,
    pub(crate) start: DealInput,
    /// What the next pencil would be computed with.
    pub(crate) rates: ResolvedRates,
    /// Whether the rules of the deal's date are no longer those that the newest pencil was computed under.
    pub(crate) rules_corrected: bool,
    pub(crate) names: Names,
}

impl DealPage {
    /// The page as its reader sees it, for the problem that tells of a lost race.
    pub(crate) fn into_json(self) -> Option<Value> {
        serde_json::to_value(crate::http::deal_view(self).ok()?).ok()
    }
}

/// Names of people; one who cannot be found has none.
pub(crate) struct Names(BTreeMap<PersonId, String>);

impl Names {
    pub(crate) async fn of(tx: &mut TenantTx, people: impl IntoIterator<Item = PersonId>) -> Result<Self, DeskError> {
        let people: Vec<PersonId> = people.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        Ok(Self(member_names(tx, &people).await?))
    }

    pub(crate) fn get(&self, person: PersonId) -> &str {
        self.0.get(&person).map_or("", String::as_str)
    }
}

/// The page of a deal within the reader's reach.
///
/// # Errors
/// [`DeskError::NotFound`], or the database's.
pub(crate) async fn deal_page(tx: &mut TenantTx, tables: &Tables, id: DealId) -> Result<DealPage, DeskError> {
    let desk = desk(tx).await?;
    let deal = find(tx, &desk, id).await?;
    let around = Surroundings::of(tx, &deal).await?;
    let pencils = pencil::heads(tx, id).await?;
    let newest = pencils.iter().find(|head| Some(head.id) == deal.newest_pencil).cloned();
    let current = match newest {
        Some(head) => pencil::complete(tx, id, head).await?,
        None => None,
    };
    let start = around.start(deal.deal_date);
    let rates = match &current {
        Some(current) if deal.keeps_rates => current.rates.clone(),
        Some(current) => resolve(tx, tables, &around, &current.input).await?,
        None => resolve(tx, tables, &around, &start).await?,
    };
    let rules_corrected = current.as_ref().is_some_and(|current| {
        let now = rules_for(&current.input).map(|rules| rules.stamp().hash);
        now.is_ok_and(|now| current.rules_hash != now)
    });
    let people = pencils.iter().map(|head| head.by).chain([deal.salesperson]).chain(deal.approved.map(|(by, _)| by));
    let names = Names::of(tx, people).await?;
    Ok(DealPage { desk, deal, around, pencils, current, start, rates, rules_corrected, names })
}

/// One pencil, with what it changed.
pub(crate) struct PencilPage {
    pub(crate) desk: Desk,
    pub(crate) pencil: Pencil,
    /// Against its parent, of what the reader may see; empty for a first pencil.
    pub(crate) changes: Vec<Change>,
    pub(crate) names: Names,
}

/// A pencil of a deal within the reader's reach.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::PencilNotFound`], or the database's.
pub(crate) async fn pencil_page(tx: &mut TenantTx, id: DealId, pencil_id: PencilId) -> Result<PencilPage, DeskError> {
    let desk = desk(tx).await?;
    find(tx, &desk, id).await?;
    let pencil = pencil::find(tx, id, pencil_id).await?.ok_or(DeskError::PencilNotFound)?;
    let parent = match pencil.head.parent {
        Some(parent) => pencil::find(tx, id, parent).await?,
        None => None,
    };
    let changes = match &parent {
        Some(parent) => difference(&desk, &parent.input, &pencil.input)?,
        None => Vec::new(),
    };
    let names = Names::of(tx, [pencil.head.by]).await?;
    Ok(PencilPage { desk, pencil, changes, names })
}

/// What differs between two inputs, of what this person may see.
pub(super) fn difference(desk: &Desk, before: &DealInput, after: &DealInput) -> Result<Vec<Change>, DeskError> {
    let seen = |input: &DealInput| serde_json::to_value(desk.sight().input(input.clone()));
    Ok(changes(&seen(before)?, &seen(after)?))
}
