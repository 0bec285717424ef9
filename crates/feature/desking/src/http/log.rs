//! The desk log.

use autolytiq_authz::action;
use autolytiq_http::{ApiQuery, ApiResult, Authorized};
use autolytiq_kernel::{CustomerId, DealId, Form, Page, PageRequest, VehicleId, problem::Problem, search::SearchTerms};
use autolytiq_money::Money;
use axum::Json;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::PersonRef;
use crate::{
    domain::{figures::ColumnKind, state::DealState},
    ops::desk_log::{DeskLog, desk_log},
    store::log::{After, Filter, LogLine, Order},
};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct LogQuery {
    /// Deals in one of these states; several are given by repeating the parameter or with commas.
    #[serde(default)]
    #[param(inline, value_type = Vec<DealState>)]
    state: Vec<String>,
    /// Number, customer's name, stock number, VIN or vehicle; every word must be found.
    #[param(max_length = 100)]
    q: Option<String>,
    /// `-updatedAt` (when nothing is said), `updatedAt`, `-number`, `number`.
    sort: Option<String>,
    /// Deals of one customer.
    customer_id: Option<CustomerId>,
    /// Deals on one vehicle.
    vehicle_id: Option<VehicleId>,
}

/// One line of the desk log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeskLogRow {
    id: DealId,
    /// As the desk says it: `D-10482`.
    number: String,
    state: DealState,
    customer: LogCustomer,
    vehicle: LogVehicle,
    salesperson: PersonRef,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_pencil: Option<LogPencil>,
    /// Of the newest pencil's first column; absent for a role that may not see it, and where the costs are not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    gross: Option<LogGross>,
    version: i64,
}

#[derive(Serialize, ToSchema)]
struct LogCustomer {
    id: CustomerId,
    name: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LogVehicle {
    id: VehicleId,
    label: String,
    stock_number: String,
}

#[derive(Serialize, ToSchema)]
struct LogPencil {
    number: i32,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    by: PersonRef,
    price: Money,
    payments: Vec<LogPayment>,
}

#[derive(Serialize, ToSchema)]
struct LogPayment {
    kind: ColumnKind,
    label: String,
    amount: Money,
}

/// What the store earns. `reserve` is absent for a role that may not see it, and then not part of `back` and `total`.
#[derive(Serialize, ToSchema)]
struct LogGross {
    front: Money,
    back: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    reserve: Option<Money>,
    total: Money,
}

/// The desk log: a salesperson sees their own deals, whoever reaches a team its people's, everybody else those of the
/// store.
#[utoipa::path(get, path = "/deals", operation_id = "listDeals", params(PageRequest, LogQuery),
    responses((status = 200, description = "A page of the log", body = Page<DeskLogRow>)))]
pub(super) async fn list_deals(
    auth: Authorized<action::DealRead>,
    ApiQuery(request): ApiQuery<PageRequest>,
    ApiQuery(query): ApiQuery<LogQuery>,
) -> ApiResult<Json<Page<DeskLogRow>>> {
    let (filter, order) = read(&query).map_err(Problem::invalid)?;
    let Some(filter) = filter else { return Ok(Json(Page { items: Vec::new(), next_cursor: None })) };
    let name = name_of(order);
    let after = match order {
        Order::Changed { .. } => request.key::<(Timestamp, DealId)>(name)?.map(|(at, id)| After::Changed(at, id)),
        Order::Number { .. } => request.key::<i64>(name)?.map(After::Number),
    };
    let mut tx = auth.begin().await?;
    let mut log = desk_log(&mut tx, &filter, order, after, request.limit).await?;
    let lines = std::mem::take(&mut log.lines);
    let page = match order {
        Order::Changed { .. } => Page::from_rows(lines, request.limit, name, |line| (line.updated_at, line.id)),
        Order::Number { .. } => Page::from_rows(lines, request.limit, name, |line| line.number),
    };
    Ok(Json(page.map(|line| row(&log, &line))))
}

/// The filter and the order; no filter when something was typed that nothing is called.
fn read(query: &LogQuery) -> Result<(Option<Filter>, Order), Vec<autolytiq_kernel::problem::FieldError>> {
    let mut form = Form::new();
    let q = form.optional_line("/q", query.q.as_deref(), 100);
    let mut states = Vec::new();
    for word in query.state.iter().flat_map(|words| words.split(',')).map(str::trim).filter(|word| !word.is_empty()) {
        match word.parse::<DealState>() {
            Ok(state) => states.push(state),
            Err(error) => form.refuse("/state", "unknown-value", error.to_string()),
        }
    }
    let order = match query.sort.as_deref().unwrap_or("-updatedAt") {
        "-updatedAt" => Order::Changed { newest_first: true },
        "updatedAt" => Order::Changed { newest_first: false },
        "-number" => Order::Number { highest_first: true },
        "number" => Order::Number { highest_first: false },
        _ => {
            form.refuse("/sort", "unknown-value", "sort by updatedAt or number, with - in front for the reverse");
            Order::Changed { newest_first: true }
        }
    };
    let terms = q.as_deref().map(SearchTerms::parse);
    let filter = match terms {
        Some(None) => None,
        terms => {
            Some(Filter { states, terms: terms.flatten(), customer: query.customer_id, vehicle: query.vehicle_id })
        }
    };
    form.finish((filter, order))
}

/// The order's name, bound into its cursors.
fn name_of(order: Order) -> &'static str {
    match order {
        Order::Changed { newest_first: true } => "deals.-updatedAt",
        Order::Changed { newest_first: false } => "deals.updatedAt",
        Order::Number { highest_first: true } => "deals.-number",
        Order::Number { highest_first: false } => "deals.number",
    }
}

fn row(log: &DeskLog, line: &LogLine) -> DeskLogRow {
    let (customer, vehicle) = (log.customers.get(&line.customer), log.vehicles.get(&line.vehicle));
    let columns = line.pencil.and_then(|pencil| log.columns.get(&pencil.id));
    let gross = columns.and_then(|columns| log.desk.sight().gross(columns.first()?.gross?));
    DeskLogRow {
        id: line.id,
        number: line.shown_number.clone(),
        state: line.state,
        customer: LogCustomer { id: line.customer, name: customer.cloned().unwrap_or_default() },
        vehicle: LogVehicle {
            id: line.vehicle,
            label: vehicle.map(|v| v.label.clone()).unwrap_or_default(),
            stock_number: vehicle.map(|v| v.stock_number.clone()).unwrap_or_default(),
        },
        salesperson: PersonRef::of(line.salesperson, &log.names),
        created_at: line.created_at,
        updated_at: line.updated_at,
        last_pencil: line.pencil.map(|pencil| LogPencil {
            number: pencil.number,
            at: pencil.at,
            by: PersonRef::of(pencil.by, &log.names),
            price: pencil.price,
            payments: columns
                .into_iter()
                .flatten()
                .map(|column| LogPayment { kind: column.kind, label: column.label.clone(), amount: column.amount })
                .collect(),
        }),
        gross: gross.map(|gross| LogGross {
            front: gross.front,
            back: gross.back,
            reserve: gross.reserve,
            total: gross.total,
        }),
        version: line.version,
    }
}
