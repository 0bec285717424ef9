//! States, counties and areas, for the fields in which a place is chosen.

use crate::data::{LocalRatesInfo, Needed, Tables};
use crate::error::STATE_UNKNOWN;
use autolytiq_http::{ApiPath, ApiResult, Public};
use autolytiq_kernel::{STATES, is_state, problem::Problem};
use autolytiq_tax::jurisdictions;
use axum::{Extension, Json};
use serde::Serialize;
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

#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct CountyView {
    name: String,
    /// Cities or districts inside it with rates of their own.
    areas: Vec<String>,
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
    if !is_state(&state) {
        return Err(Problem::new(&STATE_UNKNOWN, format!("'{state}' is no state")).into());
    }
    let counties = tables.state(&state).into_iter().flat_map(|table| &table.counties);
    let items = counties.map(|(name, areas)| CountyView {
        name: name.clone(),
        areas: areas.keys().filter(|area| !area.is_empty()).cloned().collect(),
    });
    Ok(Json(CountyList { items: items.collect() }))
}
