//! The desk log: a page of deals with the figures of their newest pencils.

use autolytiq_authz::Owners;
use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{CustomerId, DealId, Limit, PencilId, PersonId, VehicleId, search::SearchTerms};
use autolytiq_money::Money;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{Postgres, QueryBuilder};

use super::deal::shown;
use crate::domain::state::DealState;

/// What the log is narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    /// Any of these states; empty means all.
    pub(crate) states: Vec<DealState>,
    pub(crate) terms: Option<SearchTerms>,
    pub(crate) customer: Option<CustomerId>,
    pub(crate) vehicle: Option<VehicleId>,
}

/// The order of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// By the last change.
    Changed { newest_first: bool },
    /// By number.
    Number { highest_first: bool },
}

/// Where a page begins: after the deal with this key in its order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum After {
    Changed(Timestamp, DealId),
    Number(i64),
}

/// One line of the log.
#[derive(Clone, Debug)]
pub(crate) struct LogLine {
    pub(crate) id: DealId,
    pub(crate) number: i64,
    /// As the desk says it.
    pub(crate) shown_number: String,
    pub(crate) state: DealState,
    pub(crate) customer: CustomerId,
    pub(crate) vehicle: VehicleId,
    pub(crate) salesperson: PersonId,
    pub(crate) version: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) pencil: Option<LastPencil>,
}

/// The newest pencil of a line, without its columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LastPencil {
    pub(crate) id: PencilId,
    pub(crate) number: i32,
    pub(crate) at: Timestamp,
    pub(crate) by: PersonId,
    pub(crate) price: Money,
}

#[derive(sqlx::FromRow)]
struct LogRow {
    id: DealId,
    number: i64,
    shown_number: Option<String>,
    state: String,
    customer_id: CustomerId,
    vehicle_id: VehicleId,
    salesperson_id: PersonId,
    version: i64,
    created_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
    pencil_id: Option<PencilId>,
    pencil_number: Option<i32>,
    penciled_at: Option<jiff_sqlx::Timestamp>,
    penciled_by: Option<PersonId>,
    price: Option<i64>,
}

impl TryFrom<LogRow> for LogLine {
    type Error = DbError;

    fn try_from(row: LogRow) -> Result<Self, DbError> {
        let pencil = match (row.pencil_id, row.pencil_number, row.penciled_at, row.penciled_by, row.price) {
            (Some(id), Some(number), Some(at), Some(by), Some(price)) => {
                Some(LastPencil { id, number, at: at.to_jiff(), by, price: Money::from_cents(price) })
            }
            _ => None,
        };
        Ok(Self {
            id: row.id,
            number: row.number,
            shown_number: shown(row.number, row.shown_number),
            state: row.state.parse().map_err(|error| DbError::inconsistent("deal", "state", error))?,
            customer: row.customer_id,
            vehicle: row.vehicle_id,
            salesperson: row.salesperson_id,
            version: row.version,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
            pencil,
        })
    }
}

/// One line more than a page of the log, of deals whose salesperson is among these people.
pub(crate) async fn page(
    tx: &mut TenantTx,
    of: &Owners,
    filter: &Filter,
    order: Order,
    after: Option<After>,
    limit: Limit,
) -> Result<Vec<LogLine>, DbError> {
    let store = tx.acting();
    // The page first and its pencils after: joined at once, a plan for a small store among large ones reads all its pencils.
    let mut query = QueryBuilder::new(
        "with page as materialized (
             select d.id, d.number, d.shown_number, d.state, d.customer_id, d.vehicle_id, d.salesperson_id, d.version,
                    d.created_at, d.updated_at, d.newest_pencil_id
             from deal d",
    );
    if let Some(terms) = &filter.terms {
        search(&mut query, terms, of, filter, order, after, limit);
    }
    query.push(" where d.dealership_id = ").push_bind(store);
    narrow(&mut query, of, filter);
    match after {
        Some(After::Changed(at, id)) => {
            let newest_first = matches!(order, Order::Changed { newest_first: true });
            query.push(if newest_first { " and (d.updated_at, d.id) < (" } else { " and (d.updated_at, d.id) > (" });
            query.push_bind(at.to_sqlx()).push(", ").push_bind(id).push(")");
        }
        Some(After::Number(number)) => {
            let highest_first = matches!(order, Order::Number { highest_first: true });
            query.push(if highest_first { " and d.number < " } else { " and d.number > " }).push_bind(number);
        }
        None => {}
    }
    let order = match order {
        Order::Changed { newest_first: true } => " order by d.updated_at desc, d.id desc",
        Order::Changed { newest_first: false } => " order by d.updated_at, d.id",
        Order::Number { highest_first: true } => " order by d.number desc",
        Order::Number { highest_first: false } => " order by d.number",
    };
    // In words, not bound: a plan for any limit is one for a tenth of the store, and not kept.
    query.push(order).push(format_args!(" limit {}", limit.fetch())).push(
        ")
         select d.id, d.number, d.shown_number, d.state, d.customer_id, d.vehicle_id, d.salesperson_id, d.version,
                d.created_at, d.updated_at,
                p.id as pencil_id, p.number as pencil_number, p.penciled_at, p.penciled_by, p.price
         from page d
         left join pencil p on p.dealership_id = ",
    );
    query.push_bind(store).push(" and p.id = d.newest_pencil_id").push(order);
    let rows: Vec<LogRow> = query.build_query_as().fetch_all(tx.conn()).await?;
    rows.into_iter().map(LogLine::try_from).collect()
}

fn narrow(query: &mut QueryBuilder<Postgres>, of: &Owners, filter: &Filter) {
    match of.filter() {
        None => {}
        // One person's deals are an index of their own, in the order in which the log is mostly read.
        Some([person]) => {
            query.push(" and d.salesperson_id = ").push_bind(*person);
        }
        Some(people) => {
            query.push(" and d.salesperson_id = any (").push_bind(people.to_vec()).push(")");
        }
    }
    if !filter.states.is_empty() {
        let states: Vec<&str> = filter.states.iter().map(|state| state.as_str()).collect();
        query.push(" and d.state = any(").push_bind(states).push(")");
    }
    if let Some(customer) = filter.customer {
        query.push(" and d.customer_id = ").push_bind(customer);
    }
    if let Some(vehicle) = filter.vehicle {
        query.push(" and d.vehicle_id = ").push_bind(vehicle);
    }
}

/// Deals that match the words, joined, so that they are looked up by the key. In the order in which the log is mostly read, the search itself ends with the page;
/// otherwise it finds all of them.
fn search(
    query: &mut QueryBuilder<Postgres>,
    terms: &SearchTerms,
    of: &Owners,
    filter: &Filter,
    order: Order,
    after: Option<After>,
    limit: Limit,
) {
    let after = match (order, after) {
        (Order::Changed { newest_first: true }, None) => None,
        (Order::Changed { newest_first: true }, Some(After::Changed(at, id))) => Some((at, id)),
        _ => {
            query
                .push(" join desking_search_deals(")
                .push_bind(terms.patterns())
                .push(") found (id) on found.id = d.id");
            return;
        }
    };
    let states = filter.states.iter().map(|state| state.as_str()).collect::<Vec<_>>();
    // Whose a deal is is a key beside its words: one person is looked up with them, several are looked for in what they find.
    match of.filter() {
        None | Some([_]) => {
            query.push(" join desking_find_deals(").push_bind(terms.patterns());
            query.push(", ").push_bind(of.filter().and_then(|people| people.first().copied()));
        }
        Some(people) => {
            query.push(" join desking_find_deals_of(").push_bind(terms.patterns());
            query.push(", ").push_bind(people.to_vec());
        }
    }
    query.push(", ").push_bind((!states.is_empty()).then_some(states));
    query.push(", ").push_bind(filter.customer);
    query.push(", ").push_bind(filter.vehicle);
    query.push(", ").push_bind(after.map(|(at, _)| at.to_sqlx()));
    query.push(", ").push_bind(after.map(|(_, id)| id));
    query.push(", ").push_bind(i32::try_from(limit.fetch()).unwrap_or(i32::MAX));
    query.push(") found (id) on found.id = d.id");
}
