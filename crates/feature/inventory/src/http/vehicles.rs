//! The list of vehicles, and one of them.

use autolytiq_authz::{Permission, action};
use autolytiq_db::TenantTx;
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_identity::api::store_profile;
use autolytiq_kernel::{Form, Page, PageRequest, VehicleId, problem::Problem, search::SearchTerms};
use autolytiq_tax::Condition;
use axum::Json;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{VehicleView, view};
use crate::{
    InventoryError,
    api::{self, VehicleForm, VehicleStatus},
    store::search::{After, Filter, page as read_page},
};

/// The name of the list's only order, bound into its cursors.
const BY_STOCK_NUMBER: &str = "inventory.stockNumber";

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct VehicleQuery {
    /// Stock number, VIN or its end, year, make, model, trim; every word must be found.
    #[param(max_length = 100)]
    q: Option<String>,
    /// New or used only.
    #[param(inline)]
    condition: Option<Condition>,
    /// In one status only.
    #[param(inline)]
    status: Option<VehicleStatus>,
}

/// Vehicles by stock number.
#[utoipa::path(get, path = "/inventory", operation_id = "listVehicles", params(PageRequest, VehicleQuery),
    responses((status = 200, description = "A page of vehicles", body = Page<VehicleView>)))]
pub(super) async fn list_vehicles(
    auth: Authorized<action::VehicleRead>,
    ApiQuery(page): ApiQuery<PageRequest>,
    ApiQuery(query): ApiQuery<VehicleQuery>,
) -> ApiResult<Json<Page<VehicleView>>> {
    let mut form = Form::new();
    let q = form.optional_line("/q", query.q.as_deref(), 100);
    let q = form.finish(q).map_err(Problem::invalid)?;
    let after = page.key::<After>(BY_STOCK_NUMBER)?;
    let mut tx = auth.begin().await?;
    let rows = match q.as_deref().map(SearchTerms::parse) {
        // Something was typed, and there is no letter or digit in it: nothing is called that.
        Some(None) => Vec::new(),
        terms => {
            let filter = Filter { terms: terms.flatten(), condition: query.condition, status: query.status };
            read_page(&mut tx, &filter, after, page.limit).await?
        }
    };
    let (today, with_cost) = (today(&mut tx).await?, auth.grant().may(Permission::VehicleCostView));
    let page =
        Page::from_rows(rows, page.limit, BY_STOCK_NUMBER, |vehicle| (vehicle.stock_number().to_owned(), vehicle.id));
    Ok(Json(page.map(|vehicle| view(&vehicle, Some(today), with_cost))))
}

/// Takes a vehicle into stock.
#[utoipa::path(post, path = "/inventory", operation_id = "createVehicle", request_body = VehicleForm,
    responses((status = 201, description = "Taken into stock", body = VehicleView)))]
pub(super) async fn create_vehicle(
    auth: Authorized<action::VehicleCreate>,
    ApiJson(form): ApiJson<VehicleForm>,
) -> ApiResult<Created<VehicleView>> {
    let id = form.id.ok_or_else(|| Problem::invalid_field("/id", "required", "make an id for the new vehicle"))?;
    let with_cost = auth.grant().may(Permission::VehicleCostView);
    let mut tx = auth.begin().await?;
    let vehicle = api::add_vehicle(&mut tx, id, &form, with_cost).await?;
    let today = today(&mut tx).await?;
    tx.commit().await?;
    let location = format!("/api/v1/inventory/{}", vehicle.id);
    Ok(Created::new(location, vehicle.version, view(&vehicle, Some(today), with_cost)))
}

/// One vehicle.
#[utoipa::path(get, path = "/inventory/{id}", operation_id = "getVehicle", params(("id" = VehicleId, Path)),
    responses((status = 200, description = "The vehicle", body = VehicleView)))]
pub(super) async fn get_vehicle(
    auth: Authorized<action::VehicleRead>,
    ApiPath(id): ApiPath<VehicleId>,
) -> ApiResult<Versioned<VehicleView>> {
    let mut tx = auth.begin().await?;
    let vehicle = api::vehicle(&mut tx, id).await?;
    let today = today(&mut tx).await?;
    let view = view(&vehicle, Some(today), auth.grant().may(Permission::VehicleCostView));
    Ok(Versioned::new(vehicle.version, view))
}

/// Replaces what is known of the vehicle. Its status is moved by deals alone.
#[utoipa::path(put, path = "/inventory/{id}", operation_id = "putVehicle", request_body = VehicleForm,
    params(("id" = VehicleId, Path), ("If-Match" = String, Header, description = "The version that was changed")),
    responses((status = 200, description = "As saved", body = VehicleView)))]
pub(super) async fn put_vehicle(
    auth: Authorized<action::VehicleEdit>,
    ApiPath(id): ApiPath<VehicleId>,
    if_match: IfMatch,
    ApiJson(form): ApiJson<VehicleForm>,
) -> ApiResult<Versioned<VehicleView>> {
    if form.id.is_some_and(|repeated| repeated != id) {
        return Err(Problem::invalid_field("/id", "different", "this is not the id in the address").into());
    }
    let with_cost = auth.grant().may(Permission::VehicleCostView);
    let mut tx = auth.begin().await?;
    let vehicle = api::update_vehicle(&mut tx, id, if_match.version(), &form, with_cost).await?;
    let today = today(&mut tx).await?;
    tx.commit().await?;
    Ok(Versioned::new(vehicle.version, view(&vehicle, Some(today), with_cost)))
}

/// The civil date in the store.
pub(super) async fn today(tx: &mut TenantTx) -> Result<Date, InventoryError> {
    Ok(store_profile(tx).await?.zone.date_at(tx.now()))
}
