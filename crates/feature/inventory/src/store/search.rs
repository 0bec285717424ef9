//! The list of vehicles.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{Limit, VehicleId, search::SearchTerms};
use autolytiq_tax::Condition;
use sqlx::QueryBuilder;

use super::vehicle::{VehicleRow, select_vehicle};
use crate::api::{Vehicle, VehicleStatus};

/// Where a page of the list begins: after this row.
pub(crate) type After = (String, VehicleId);

/// What the list is narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub(crate) terms: Option<SearchTerms>,
    pub(crate) condition: Option<Condition>,
    pub(crate) status: Option<VehicleStatus>,
}

/// One row more than a page of the store's vehicles in the order of their stock numbers.
pub(crate) async fn page(
    tx: &mut TenantTx,
    filter: &Filter,
    after: Option<After>,
    limit: Limit,
) -> Result<Vec<Vehicle>, DbError> {
    let store = tx.acting();
    let mut query = QueryBuilder::new(select_vehicle!());
    if let Some(terms) = &filter.terms {
        // Joined, so that the found ones are looked up by the key; `in` reads an index of the whole store for them.
        query.push("join inventory_find_vehicles(").push_bind(terms.patterns());
        query.push(", ").push_bind(filter.condition.map(Condition::word));
        query.push(", ").push_bind(filter.status.map(VehicleStatus::as_str));
        query.push(", ").push_bind(after.as_ref().map(|(stock_number, _)| stock_number.clone()));
        query.push(", ").push_bind(after.as_ref().map(|(_, id)| *id));
        query.push(", ").push_bind(i32::try_from(limit.fetch()).unwrap_or(i32::MAX));
        query.push(") found (id) on found.id = v.id ");
    }
    query.push("where v.dealership_id = ").push_bind(store);
    if let Some(condition) = filter.condition {
        query.push(" and v.condition = ").push_bind(condition.word());
    }
    if let Some(status) = filter.status {
        query.push(" and v.status = ").push_bind(status.as_str());
    }
    if let Some((stock_number, id)) = after {
        query.push(" and (v.stock_number, v.id) > (").push_bind(stock_number);
        query.push(", ").push_bind(id).push(")");
    }
    query.push(" order by v.stock_number, v.id limit ").push_bind(limit.fetch());
    let rows: Vec<VehicleRow> = query.build_query_as().fetch_all(tx.conn()).await?;
    rows.into_iter().map(Vehicle::try_from).collect()
}
