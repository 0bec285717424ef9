//! The desk log.

use autolytiq_crm::api::customer_names;
use autolytiq_db::TenantTx;
use autolytiq_inventory::api::{VehicleName, vehicle_names};
use autolytiq_kernel::{CustomerId, Limit, VehicleId};
use std::collections::HashMap;

use super::{context::desk, page::Names};
use crate::{
    DeskError,
    domain::desk::Desk,
    store::{
        log::{After, Filter, LogLine, Order, page},
        pencil::{Columns, columns},
    },
};

/// Lines of the log, one more than a page, with what they refer to.
pub(crate) struct DeskLog {
    pub(crate) desk: Desk,
    pub(crate) lines: Vec<LogLine>,
    pub(crate) customers: HashMap<CustomerId, String>,
    pub(crate) vehicles: HashMap<VehicleId, VehicleName>,
    pub(crate) columns: Columns,
    pub(crate) names: Names,
}

/// A page of the log. A salesperson sees the deals of their own, a team those of its people, everybody else
/// those of the store.
///
/// # Errors
/// The database's.
pub(crate) async fn desk_log(
    tx: &mut TenantTx,
    filter: &Filter,
    order: Order,
    after: Option<After>,
    limit: Limit,
) -> Result<DeskLog, DeskError> {
    let desk = desk(tx).await?;
    let lines = page(tx, &desk.finds(), filter, order, after, limit).await?;
    let customer_ids: Vec<_> = lines.iter().map(|line| line.customer).collect();
    let vehicle_ids: Vec<_> = lines.iter().map(|line| line.vehicle).collect();
    let pencil_ids: Vec<_> = lines.iter().filter_map(|line| Some(line.pencil?.id)).collect();
    let people: Vec<_> =
        lines.iter().flat_map(|line| [Some(line.salesperson), line.pencil.map(|p| p.by)]).flatten().collect();
    Ok(DeskLog {
        desk,
        customers: customer_names(tx, &customer_ids).await?,
        vehicles: vehicle_names(tx, &vehicle_ids).await?,
        columns: columns(tx, &pencil_ids).await?,
        names: Names::of(tx, people).await?,
        lines,
    })
}
