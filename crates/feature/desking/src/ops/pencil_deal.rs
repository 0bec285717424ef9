//! Adding a pencil: the client's inputs, completed and computed by the server, stored with what made the figures.

use autolytiq_authz::Permission;
use autolytiq_db::{DbError, TenantTx};
use autolytiq_finance::{
    calculate,
    deal::{input::DealInput, output::DealResult},
    rules_for,
};
use autolytiq_kernel::{DealId, Feature, Form, PencilId, problem::FieldError};
use autolytiq_places::Tables;
use autolytiq_tax::ResolvedRates;
use serde_json::{json, value::to_raw_value};

use super::{
    context::{Surroundings, desk, lock, resolve, same_places, search_text},
    page::{Names, deal_page},
    record,
};
use crate::{
    DeskError,
    domain::{
        carry::carry_over,
        desk::Desk,
        policy::{agreed_terms_changed, decide},
        start,
        state::{DealAction, DealState},
    },
    store::{
        deal::{self, Deal},
        pencil::{self, Basis, NewPencil, Pencil},
    },
};

/// A pencil as a client sends it.
#[derive(Clone, Debug)]
pub struct PencilForm {
    /// Made by the client.
    pub id: PencilId,
    /// The newest pencil it follows; nothing for the first.
    pub parent: Option<PencilId>,
    /// What is offered. The server adds the costs.
    pub input: DealInput,
    /// For whoever reads the history.
    pub note: Option<String>,
    /// Why, where something agreed is changed.
    pub reason: Option<String>,
}

/// A pencil as it was added, and the deal as it now stands.
pub(crate) struct Penciled {
    pub(crate) desk: Desk,
    pub(crate) deal: Deal,
    pub(crate) pencil: Pencil,
    pub(crate) names: Names,
}

/// Adds a pencil to a deal, if nobody changed the deal since `version`. The figures are the engine's, from the stored
/// inputs, under the rules and rates of the deal's date.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Stale`], [`DeskError::NotTheNewest`], [`DeskError::Refused`],
/// [`DeskError::SwitchedOff`], [`DeskError::FieldsForbidden`], [`DeskError::Invalid`] with pointers into the request,
/// [`DeskError::ReasonRequired`], [`DeskError::IdTaken`], or the database's.
pub async fn pencil_deal(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    form: PencilForm,
) -> Result<PencilId, DeskError> {
    Ok(pencil(tx, tables, id, version, form).await?.pencil.head.id)
}

/// As [`pencil_deal`]; gives back what was stored, so that it need not be read again.
pub(crate) async fn pencil(
    tx: &mut TenantTx,
    tables: &Tables,
    id: DealId,
    version: i64,
    form: PencilForm,
) -> Result<Penciled, DeskError> {
    let desk = desk(tx).await?;
    let mut deal = lock(tx, &desk, id).await?;
    if deal.version != version {
        let page = deal_page(tx, tables, id).await?;
        return Err(DeskError::Stale { expected: version, current: deal.version, resource: page.into_json() });
    }
    let next = decide(&desk, deal.standing(), DealAction::Pencil)?;
    if deal.newest_pencil != form.parent {
        return Err(DeskError::NotTheNewest { expected: form.parent, current: deal.newest_pencil });
    }
    let (note, reason) = texts(&form)?;
    let around = Surroundings::of(tx, &deal).await?;
    let parent = match form.parent {
        Some(parent) => Some(pencil::basis(tx, id, parent).await?.ok_or(DeskError::PencilNotFound)?),
        None => None,
    };
    let old = parent.as_ref().map(|parent| &parent.input);
    // A deal that is a lease already is worked to its end.
    if !around.leases && start::has_lease(&form.input) && !old.is_some_and(start::has_lease) {
        return Err(DeskError::SwitchedOff(Feature::Leases));
    }
    check_sent(&desk, &deal, &around, old, &form.input)?;
    let costs = start::costs(&around.vehicle, &around.defaults);
    let input = carry_over(form.input, old, costs, desk.sight());
    check_agreed(&desk, &deal, old, &input, reason.as_deref())?;
    let rates = rates_for(tx, tables, &around, &deal, parent.as_ref(), &input).await?;
    let result = compute(&input, &rates)?;

    let before = json!({ "state": deal.state, "pencil": deal.pencils, "price": old.map(|old| old.price) });
    deal.pencils += 1;
    let new = NewPencil {
        id: form.id,
        deal: id,
        number: deal.pencils,
        parent: form.parent,
        by: desk.person,
        note: note.as_deref(),
        reason: reason.as_deref(),
        input: &input,
        rates: &rates,
        result: &result,
    };
    let head = pencil::insert(tx, &new).await.map_err(|error| match error {
        // Its columns are written by the same statement, and may be refused first.
        error if ["pencil_pkey", "pencil_column_pkey"].iter().any(|key| error.is_duplicate_of(key)) => {
            DeskError::IdTaken
        }
        error => error.into(),
    })?;
    (deal.state, deal.newest_pencil) = (next, Some(form.id));
    deal::save(tx, &deal, &search_text(&deal.shown_number, &around.customer, &around.vehicle)).await?;
    deal.version += 1;
    deal.updated_at = tx.now();
    let after = json!({ "state": deal.state, "pencil": deal.pencils, "pencilId": form.id, "price": input.price });
    record::note(tx, DealAction::Pencil.event(), &deal, reason.as_deref(), Some(before), after).await?;
    let names = Names::of(tx, [head.by]).await?;
    let rules_hash = result.rules.hash.to_owned();
    let pencil = Pencil { head, result: to_raw_value(&result)?, rules_hash, input, rates };
    Ok(Penciled { desk, deal, pencil, names })
}

/// The figures of an input, or what is wrong with it, with pointers below `/input`.
pub(super) fn compute(input: &DealInput, rates: &ResolvedRates) -> Result<DealResult, DeskError> {
    rules_for(input)
        .and_then(|rules| calculate(input, rules, rates))
        .map_err(|error| DeskError::calculation(error, "/input"))
}

/// The rates a pencil is computed with: those of the deal's date and the input's places. A deal that was reopened keeps
/// the rates it had while its places stay.
async fn rates_for(
    tx: &mut TenantTx,
    tables: &Tables,
    around: &Surroundings,
    deal: &Deal,
    parent: Option<&Basis>,
    input: &DealInput,
) -> Result<ResolvedRates, DbError> {
    match parent {
        Some(parent) if deal.keeps_rates && same_places(&parent.input, input) => Ok(parent.rates.clone()),
        _ => resolve(tx, tables, around, input).await,
    }
}

fn texts(form: &PencilForm) -> Result<(Option<String>, Option<String>), DeskError> {
    let mut check = Form::new();
    let note = check.optional_prose("/note", form.note.as_deref(), 2_000);
    let reason = check.optional_line("/reason", form.reason.as_deref(), 500);
    check.finish((note, reason)).map_err(DeskError::Invalid)
}

/// What a client may not have sent, and what the deal itself fixes.
fn check_sent(
    desk: &Desk,
    deal: &Deal,
    around: &Surroundings,
    old: Option<&DealInput>,
    input: &DealInput,
) -> Result<(), DeskError> {
    let forbidden = desk.sight().forbidden(input, "/input");
    if !forbidden.is_empty() {
        return Err(DeskError::FieldsForbidden(forbidden));
    }
    let mut wrong = Vec::new();
    if input.costs.is_some() {
        let detail = "the store's costs come from its own records; leave them out";
        wrong.push(FieldError::new("/input/costs", "set-by-server", detail));
    }
    if input.deal_date != deal.deal_date {
        let detail = format!("the deal keeps its date, {}", deal.deal_date);
        wrong.push(FieldError::new("/input/dealDate", "fixed", detail));
    }
    // A store that has moved since keeps the place its deal was penciled at.
    let known = [Some(&start::store_place(&around.store)), old.map(|old| &old.dealer_place)];
    if !known.contains(&Some(&input.dealer_place)) {
        wrong.push(FieldError::new(
            "/input/dealerPlace",
            "fixed",
            "this is where the store stands; it cannot be changed",
        ));
    }
    if wrong.is_empty() { Ok(()) } else { Err(DeskError::Invalid(wrong)) }
}

/// Once submitted, what was agreed is the manager's to change, and a changed price is explained.
fn check_agreed(
    desk: &Desk,
    deal: &Deal,
    before: Option<&DealInput>,
    after: &DealInput,
    reason: Option<&str>,
) -> Result<(), DeskError> {
    let (Some(before), DealState::Submitted | DealState::Approved) = (before, deal.state) else { return Ok(()) };
    let changed = agreed_terms_changed(before, after);
    if !changed.is_empty() && !desk.reaches(Permission::DealReprice, deal.salesperson) {
        let refuse = |pointer: &&str| {
            let detail = "what was agreed is the sales manager's to change once the deal is submitted";
            FieldError::new(format!("/input{pointer}"), "forbidden", detail)
        };
        return Err(DeskError::FieldsForbidden(changed.iter().map(refuse).collect()));
    }
    if changed.contains(&"/price") && reason.is_none() {
        return Err(DeskError::ReasonRequired("say why the price of a submitted deal changes"));
    }
    Ok(())
}
