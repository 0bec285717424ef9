//! The stores one may see.

use autolytiq_authz::action;
use autolytiq_http::{ApiResult, Authorized};
use autolytiq_kernel::DealershipId;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        place::StorePlace,
        profile::{CURRENCY, StoreProfile},
    },
    store::dealership,
};

/// A store.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Dealership)]
pub(super) struct DealershipView {
    /// The store.
    id: DealershipId,
    /// Its name.
    name: String,
    /// Its time zone.
    time_zone: String,
    /// Where it stands.
    place: StorePlace,
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    /// Its currency, USD.
    currency: &'static str,
    /// Whether it is a demonstration store.
    demo: bool,
    /// Whether it is the one the caller acts for.
    acting: bool,
}

/// The stores.
#[derive(Serialize, ToSchema)]
pub(super) struct Dealerships {
    /// By name. A group has tens of stores, so there are no pages.
    items: Vec<DealershipView>,
}

/// The stores the caller may read: their own, and for managers of a group its others.
#[utoipa::path(get, path = "/admin/dealerships", operation_id = "listDealerships",
    responses((status = 200, description = "The stores.", body = Dealerships)))]
pub(super) async fn list_dealerships(auth: Authorized<action::DealershipRead>) -> ApiResult<Json<Dealerships>> {
    let mut tx = auth.begin().await?;
    let (acting, stores) = (tx.acting(), dealership::readable(&mut tx).await?);
    tx.commit().await?;
    let view = |store: StoreProfile| DealershipView {
        id: store.id,
        time_zone: store.zone.name().to_owned(),
        name: store.name,
        place: store.place,
        street: store.street,
        currency: CURRENCY,
        demo: store.demo,
        acting: store.id == acting,
    };
    Ok(Json(Dealerships { items: stores.into_iter().map(view).collect() }))
}
