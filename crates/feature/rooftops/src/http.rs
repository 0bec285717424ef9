//! `GET /admin/group`.

use std::collections::BTreeMap;

use autolytiq_authz::{Permission, Reach, action};
use autolytiq_desking::api::deal_counts;
use autolytiq_http::{ApiResult, Authorized, Routes, op};
use autolytiq_identity::api::{StoreProfile, readable_stores, rooftop_people, rooftop_settings};
use autolytiq_inventory::api::units_in_stock;
use autolytiq_kernel::DealershipId;
use autolytiq_privacy::api::rooftop_compliance;
use axum::Json;
use jiff::Timestamp;

use crate::{
    usual::unusual,
    view::{Compared, Found, Rooftop, Rooftops},
};

pub(crate) fn routes() -> Routes {
    Routes::api("admin").add(op!(get_group))
}

/// All stores of the group side by side. Of each store the caller is told what their role shows them of their own.
#[utoipa::path(get, path = "/admin/group", operation_id = "getGroup",
    responses((status = 200, description = "The stores.", body = Rooftops)))]
async fn get_group(auth: Authorized<action::OverGroup<action::DealershipRead>>) -> ApiResult<Json<Rooftops>> {
    let sees = |permission: Permission, least: Reach| auth.grant().reach_of(permission) >= least;
    let sees_stock = sees(Permission::VehicleRead, Reach::Store);
    let sees_compliance = sees(Permission::ComplianceRead, Reach::Store);
    // Whoever may change how long customers are kept is shown it, as on the page where it is changed.
    let sees_retention = sees(Permission::CustomerErase, Reach::Store);
    let mut tx = auth.begin().await?;
    let now = tx.now();
    let stores = readable_stores(&mut tx).await?;
    let mut people = BTreeMap::new();
    if sees(Permission::UserRead, Reach::Group) {
        people = rooftop_people(&mut tx).await?;
    }
    let mut deals = BTreeMap::new();
    if sees(Permission::DealRead, Reach::Store) {
        deals = deal_counts(&mut tx, &months(&stores, now)).await?;
    }
    let mut units = BTreeMap::new();
    if sees_stock {
        units = units_in_stock(&mut tx).await?;
    }
    let mut compliance = BTreeMap::new();
    if sees_compliance || sees_retention {
        compliance = rooftop_compliance(&mut tx).await?;
    }
    let mut settings = BTreeMap::new();
    if sees(Permission::SettingsRead, Reach::Store) {
        settings = rooftop_settings(&mut tx).await?;
    }
    tx.commit().await?;
    let row = |store: StoreProfile| {
        let desk = compliance.get(&store.id).copied();
        let found = Found {
            people: people.get(&store.id).copied(),
            deals: deals.get(&store.id).copied(),
            units: sees_stock.then(|| units.get(&store.id).copied().unwrap_or(0)),
            compliance: desk.filter(|_| sees_compliance),
            retention: desk.filter(|_| sees_retention),
            settings: settings.get(&store.id).copied(),
        };
        let today = store.zone.date_at(now);
        Rooftop::of(store, today, &found)
    };
    Ok(Json(Rooftops { items: compared(stores.into_iter().map(row).collect()) }))
}

/// When the month began in each store: at its own midnight.
fn months(stores: &[StoreProfile], now: Timestamp) -> Vec<(DealershipId, Timestamp)> {
    let began = |store: &StoreProfile| {
        let first = store.zone.date_at(now).first_of_month();
        (store.id, store.zone.day(first).map_or(now, |(start, _)| start))
    };
    stores.iter().map(began).collect()
}

/// The same rows, each with the settings in which it is the exception.
fn compared(mut rows: Vec<Rooftop>) -> Vec<Rooftop> {
    let exceptions = [
        (Compared::DocFee, unusual(&rows.iter().map(Rooftop::doc_fee).collect::<Vec<_>>())),
        (Compared::Sessions, unusual(&rows.iter().map(Rooftop::sessions).collect::<Vec<_>>())),
        (Compared::Retention, unusual(&rows.iter().map(Rooftop::kept).collect::<Vec<_>>())),
    ];
    for (setting, unusual) in exceptions {
        for (row, _) in rows.iter_mut().zip(unusual).filter(|(_, unusual)| *unusual) {
            row.differs.push(setting);
        }
    }
    rows
}
