//! `/admin/keys` and `/admin/data-map`.

use autolytiq_authz::action;
use autolytiq_db::catalogue;
use autolytiq_http::{ApiResult, Authorized, Routes, op};
use axum::Json;

use crate::{
    store,
    view::{DataMapView, KeysView},
};

pub(crate) fn routes() -> Routes {
    Routes::api("protection").add(op!(get_keys).confirmed()).add(op!(get_data_map))
}

/// Which master keys stand over the store's customers, and how far a rotation is. No key is shown.
#[utoipa::path(get, path = "/admin/keys", operation_id = "getKeys",
    responses((status = 200, description = "The versions", body = KeysView)))]
async fn get_keys(auth: Authorized<action::AuditRead>) -> ApiResult<Json<KeysView>> {
    let mut tx = auth.begin().await?;
    let under = store::by_master_key(&mut tx).await?;
    tx.commit().await?;
    let vault = &auth.platform().vault;
    let rotation = vault.rotation(&auth.platform().db).await?;
    Ok(Json(KeysView::new(vault.keys_in_file(), &vault.master_key_ids(), under, rotation)))
}

/// What is stored, of which class and in which form: every column of the database, and no row of it.
#[utoipa::path(get, path = "/admin/data-map", operation_id = "getDataMap",
    responses((status = 200, description = "The map", body = DataMapView)))]
async fn get_data_map(auth: Authorized<action::AuditRead>) -> ApiResult<Json<DataMapView>> {
    let mut tx = auth.begin().await?;
    let tables = catalogue::map(tx.conn()).await?;
    tx.commit().await?;
    Ok(Json(tables.into()))
}
