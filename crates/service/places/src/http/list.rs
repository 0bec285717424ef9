//! States, counties and areas, for the fields in which a place is chosen; the table of local rates a store computes with.

use crate::data::{LocalRatesInfo, Needed, Tables};
use crate::error::STATE_UNKNOWN;
use crate::in_force::{CountyView, LocalTable, counties};
use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiQuery, ApiResult, Authorized, Public};
use autolytiq_kernel::{STATES, is_state, problem::Problem};
use autolytiq_tax::jurisdictions;
use axum::{Extension, Json};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// All states, the District of Columbia and the territories.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct StateList {
    items: Vec<StateView>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StateView {
    /// Two letters.
    code: &'static str,
    name: &'static str,
    /// Whether the product has its tax rules.
    supported: bool,
    /// What a place must name besides the state for its rates to be settled.
    needs: Vec<Needed>,
    /// Absent where no local tax reaches a vehicle.
    #[serde(skip_serializing_if = "Option::is_none")]
    local_rates: Option<LocalRatesInfo>,
}

/// The counties of a state.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct CountyList {
    items: Vec<CountyView>,
}

/// All states: whether the product has their rules, and what is known of their local rates. Public, as the set-up of an empty
/// installation asks where the store stands before anybody can sign in.
#[utoipa::path(get, path = "/places/states", operation_id = "listStates", responses((status = 200, body = StateList)))]
pub(crate) async fn list_states(
    _anybody: Public,
    Extension(tables): Extension<Arc<Tables>>,
) -> ApiResult<Json<StateList>> {
    let view = |&(code, name): &(&'static str, &'static str)| {
        let local_rates = tables.state(code).map(|table| table.info.clone());
        let needs = local_rates.as_ref().map(|info| info.needs.clone()).unwrap_or_default();
        let supported = jurisdictions().iter().any(|known| known.code == code);
        StateView { code, name, supported, needs, local_rates }
    };
    Ok(Json(StateList { items: STATES.iter().map(view).collect() }))
}

/// The counties of a state that local tax tells apart; empty where none does. Public for the same reason.
#[utoipa::path(get, path = "/places/{state}/counties", operation_id = "listCounties",
    params(("state" = String, Path, description = "Two letters")), responses((status = 200, body = CountyList)))]
pub(crate) async fn list_counties(
    _anybody: Public,
    ApiPath(state): ApiPath<String>,
    Extension(tables): Extension<Arc<Tables>>,
) -> ApiResult<Json<CountyList>> {
    known(&state)?;
    Ok(Json(CountyList { items: tables.state(&state).into_iter().flat_map(counties).collect() }))
}

fn known(state: &str) -> Result<(), Problem> {
    if is_state(state) { Ok(()) } else { Err(Problem::new(&STATE_UNKNOWN, format!("'{state}' is no state"))) }
}

/// The day whose table is asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DayQuery {
    #[param(value_type = String, format = Date)]
    date: Date,
}

/// The local rates of a state that the store computes deals of a day with: what it imported, else what is shipped, and the
/// counties and areas they are told apart by.
#[utoipa::path(get, path = "/places/{state}/local-rates", operation_id = "localRates",
    params(("state" = String, Path, description = "Two letters"), DayQuery), responses((status = 200, body = LocalTable)))]
pub(crate) async fn local_rates(
    auth: Authorized<action::PlaceRead>,
    Extension(tables): Extension<Arc<Tables>>,
    ApiPath(state): ApiPath<String>,
    ApiQuery(query): ApiQuery<DayQuery>,
) -> ApiResult<Json<LocalTable>> {
    known(&state)?;
    let mut tx = auth.begin().await?;
    Ok(Json(tables.in_force(&mut tx, &state, query.date).await?))
}
