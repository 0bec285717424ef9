//! What the wire shows of a deal. Every figure here went through the reader's sight.

use autolytiq_authz::Permission;
use autolytiq_finance::deal::{input::DealInput, output::DealResult};
use autolytiq_kernel::{CustomerId, DealId, PencilId, PersonId, VehicleId};
use autolytiq_money::Money;
use autolytiq_tax::{Condition, Place, ResolvedRates};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use utoipa::ToSchema;

use crate::{
    DeskError,
    domain::{
        change::Change,
        desk::Desk,
        figures::{ColumnFigures, ColumnKind},
        policy::{decide, fixed_terms},
        state::{DealAction, DealState},
    },
    ops::page::{DealPage, Names},
    store::pencil::{Pencil, PencilHead},
};

/// A person of the store.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonRef {
    pub(super) id: PersonId,
    pub(super) name: String,
}

impl PersonRef {
    pub(super) fn of(id: PersonId, names: &Names) -> Self {
        Self { id, name: names.get(id).to_owned() }
    }
}

/// A deal as its page shows it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Deal)]
pub(crate) struct DealView {
    id: DealId,
    /// As the desk says it: `D-10482`.
    number: String,
    state: DealState,
    version: i64,
    /// The day whose law and programs apply, by the store's calendar.
    #[schema(value_type = String, format = Date)]
    deal_date: Date,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    salesperson: PersonRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_by: Option<PersonRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    approved_at: Option<Timestamp>,
    customer: DealCustomer,
    /// House number and street of the store.
    #[serde(skip_serializing_if = "Option::is_none")]
    dealer_street: Option<String>,
    vehicle: DealVehicle,
    /// The newest first.
    pencils: Vec<PencilSummary>,
    /// The newest pencil.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<PencilView>,
    /// What a first pencil begins with.
    start: DealInput,
    /// What the next pencil would be computed with.
    rates: ResolvedRates,
    /// The rules of the deal's date were corrected after the newest pencil; the next one follows the corrected ones.
    rules_corrected: bool,
    actions: Vec<ActionView>,
    /// Pointers of what the reader may not change in a next pencil, because it was agreed on when the deal was submitted.
    fixed: Vec<&'static str>,
}

/// The deal's customer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DealCustomer {
    id: CustomerId,
    first_name: String,
    last_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// House number and street.
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
}

/// The deal's vehicle. `cost` is absent for a role that may not see it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DealVehicle {
    id: VehicleId,
    stock_number: String,
    vin: String,
    label: String,
    condition: Condition,
    year: u16,
    make: String,
    model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    trim: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    msrp: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<Money>,
    odometer: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Money>,
}

/// A pencil in the list of a deal's pencils.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PencilSummary {
    id: PencilId,
    number: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<PencilId>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    by: PersonRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    price: Money,
    columns: Vec<ColumnSummary>,
}

/// The key figure of a column: the balance due of a cash column, the payment of the others.
#[derive(Serialize, ToSchema)]
pub(crate) struct ColumnSummary {
    id: String,
    kind: ColumnKind,
    label: String,
    amount: Money,
}

/// A pencil with what was typed, what made the figures, and the figures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Pencil)]
pub(crate) struct PencilView {
    #[serde(flatten)]
    summary: PencilSummary,
    input: DealInput,
    #[schema(value_type = DealResult)]
    result: Box<RawValue>,
    rates: ResolvedRates,
}

/// One value that a pencil changed. `before` or `after` is absent where something was added or removed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeView {
    /// Members from the outside in, joined by points: `columns.fin72.rate`.
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    after: Option<Value>,
}

/// What the reader may do with the deal now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActionView {
    action: DealAction,
    allowed: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    reason_required: bool,
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        Self { path: change.path, before: change.before, after: change.after }
    }
}

impl From<&ColumnFigures> for ColumnSummary {
    fn from(column: &ColumnFigures) -> Self {
        Self { id: column.id.clone(), kind: column.kind, label: column.label.clone(), amount: column.amount }
    }
}

/// The page of a deal as its reader sees it.
///
/// # Errors
/// [`DeskError::Document`] when the newest pencil does not read.
pub(crate) fn deal_view(page: DealPage) -> Result<DealView, DeskError> {
    let actions = DealAction::ALL.into_iter().map(|action| action_view(&page, action)).collect();
    let DealPage { desk, deal, around, names, pencils, current, start, rates, rules_corrected } = page;
    let (customer, vehicle) = (&around.customer, &around.vehicle);
    Ok(DealView {
        id: deal.id,
        number: deal.shown_number.clone(),
        state: deal.state,
        version: deal.version,
        deal_date: deal.deal_date,
        created_at: deal.created_at,
        updated_at: deal.updated_at,
        salesperson: PersonRef::of(deal.salesperson, &names),
        approved_by: deal.approved.map(|(by, _)| PersonRef::of(by, &names)),
        approved_at: deal.approved.map(|(_, at)| at),
        customer: DealCustomer {
            id: customer.id,
            first_name: customer.first_name().to_owned(),
            last_name: customer.last_name().to_owned(),
            phone: customer.phone().map(str::to_owned),
            email: customer.email().map(str::to_owned),
            place: customer.place().cloned(),
            street: customer.street().map(str::to_owned),
        },
        dealer_street: around.store.street.clone(),
        vehicle: DealVehicle {
            id: vehicle.id,
            stock_number: vehicle.stock_number().to_owned(),
            vin: vehicle.vin().to_owned(),
            label: vehicle.label(),
            condition: vehicle.condition(),
            year: vehicle.year(),
            make: vehicle.make().to_owned(),
            model: vehicle.model().to_owned(),
            trim: vehicle.trim().map(str::to_owned),
            msrp: vehicle.msrp(),
            price: vehicle.price(),
            odometer: vehicle.odometer(),
            cost: vehicle.cost().filter(|_| desk.may(Permission::VehicleCostView)),
        },
        pencils: pencils.iter().map(|head| summary(head, &names)).collect(),
        current: current.map(|pencil| pencil_view(pencil, &desk, &names)).transpose()?,
        start: desk.sight().input(start),
        rates,
        rules_corrected,
        actions,
        fixed: fixed_terms(&desk, deal.standing()).to_vec(),
    })
}

/// A pencil as its reader sees it.
///
/// # Errors
/// [`DeskError::Document`] when its result does not read.
pub(super) fn pencil_view(pencil: Pencil, desk: &Desk, names: &Names) -> Result<PencilView, DeskError> {
    let sight = desk.sight();
    Ok(PencilView {
        summary: summary(&pencil.head, names),
        input: sight.input(pencil.input),
        result: sight.result(pencil.result)?,
        rates: pencil.rates,
    })
}

fn summary(head: &PencilHead, names: &Names) -> PencilSummary {
    PencilSummary {
        id: head.id,
        number: head.number,
        parent_id: head.parent,
        at: head.at,
        by: PersonRef::of(head.by, names),
        note: head.note.clone(),
        reason: head.reason.clone(),
        price: head.price,
        columns: head.columns.iter().map(ColumnSummary::from).collect(),
    }
}

fn action_view(page: &DealPage, action: DealAction) -> ActionView {
    let refusal = decide(&page.desk, page.deal.standing(), action).err();
    ActionView {
        action,
        allowed: refusal.is_none(),
        why: refusal.map(|refusal| refusal.to_string()),
        reason_required: action.needs_reason(),
    }
}
