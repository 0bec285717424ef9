//! The engine over HTTP: the same operations as in the browser and on the command line. Nothing is stored.

use autolytiq_authz::action;
use autolytiq_finance::{
    CalcError,
    deal::output::DealResult,
    surface::{
        self, AmortizationRequest, AmortizationResult, AprRequest, AprResult, DealRequest, StateRequest,
        SupportedState, TaxResult,
    },
};
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized};
use autolytiq_kernel::problem::{FieldError, Problem};
use axum::Json;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    domain::desk::Desk,
    error::{DeskError, field_errors},
};

type Run = Authorized<action::CalcRun>;

fn problem(error: CalcError) -> Problem {
    Problem::invalid(field_errors(error, ""))
}

/// Costs, buy rates and the like are taken only from those who may see them.
fn allowed(auth: &Run, request: DealRequest) -> Result<DealRequest, DeskError> {
    let desk = Desk::of(auth.ctx()).ok_or(DeskError::NobodyAtTheDesk)?;
    let sight = desk.sight();
    let mut forbidden = sight.forbidden(&request.input, "/input");
    if request.input.costs.is_some() && !sight.cost {
        forbidden.push(FieldError::new("/input/costs", "forbidden", "your role may not see or set this field"));
    }
    if forbidden.is_empty() { Ok(request) } else { Err(DeskError::FieldsForbidden(forbidden)) }
}

/// A deal with all its columns.
#[utoipa::path(post, path = "/calc/deal", operation_id = "calcDeal", request_body = DealRequest,
    responses((status = 200, description = "The figures with their trace", body = DealResult)))]
pub(super) async fn deal(auth: Run, ApiJson(request): ApiJson<DealRequest>) -> ApiResult<Json<DealResult>> {
    Ok(Json(surface::calculate_deal(allowed(&auth, request)?).map_err(problem)?))
}

/// Taxes and fees of a deal.
#[utoipa::path(post, path = "/calc/tax", operation_id = "calcTax", request_body = DealRequest,
    responses((status = 200, description = "Taxes and fees", body = TaxResult)))]
pub(super) async fn tax(auth: Run, ApiJson(request): ApiJson<DealRequest>) -> ApiResult<Json<TaxResult>> {
    Ok(Json(surface::calculate_tax(allowed(&auth, request)?).map_err(problem)?))
}

/// A deal's cash columns.
#[utoipa::path(post, path = "/calc/cash", operation_id = "calcCash", request_body = DealRequest,
    responses((status = 200, description = "The figures with their trace", body = DealResult)))]
pub(super) async fn cash(auth: Run, ApiJson(request): ApiJson<DealRequest>) -> ApiResult<Json<DealResult>> {
    Ok(Json(surface::calculate_cash_deal(allowed(&auth, request)?).map_err(problem)?))
}

/// A deal's finance columns.
#[utoipa::path(post, path = "/calc/finance", operation_id = "calcFinance", request_body = DealRequest,
    responses((status = 200, description = "The figures with their trace", body = DealResult)))]
pub(super) async fn finance(auth: Run, ApiJson(request): ApiJson<DealRequest>) -> ApiResult<Json<DealResult>> {
    Ok(Json(surface::calculate_finance_deal(allowed(&auth, request)?).map_err(problem)?))
}

/// A deal's lease columns.
#[utoipa::path(post, path = "/calc/lease", operation_id = "calcLease", request_body = DealRequest,
    responses((status = 200, description = "The figures with their trace", body = DealResult)))]
pub(super) async fn lease(auth: Run, ApiJson(request): ApiJson<DealRequest>) -> ApiResult<Json<DealResult>> {
    Ok(Json(surface::calculate_lease_deal(allowed(&auth, request)?).map_err(problem)?))
}

/// The schedule of a loan.
#[utoipa::path(post, path = "/calc/amortization", operation_id = "calcAmortization", request_body = AmortizationRequest,
    responses((status = 200, description = "Payment by payment", body = AmortizationResult)))]
pub(super) async fn amortization(
    _: Run,
    ApiJson(request): ApiJson<AmortizationRequest>,
) -> ApiResult<Json<AmortizationResult>> {
    Ok(Json(surface::amortization(request).map_err(problem)?))
}

/// The annual percentage rate of level payments.
#[utoipa::path(post, path = "/calc/apr", operation_id = "calcApr", request_body = AprRequest,
    responses((status = 200, description = "The rate, or why there is none", body = AprResult)))]
pub(super) async fn apr(_: Run, ApiJson(request): ApiJson<AprRequest>) -> ApiResult<Json<AprResult>> {
    Ok(Json(surface::apr(request).map_err(problem)?))
}

/// The states whose rules are compiled in.
#[derive(Serialize, ToSchema)]
pub(super) struct SupportedStates {
    items: Vec<SupportedState>,
}

/// The states whose rules are compiled in.
#[utoipa::path(get, path = "/calc/states", operation_id = "listCalcStates",
    responses((status = 200, description = "With the stamps of their versions", body = SupportedStates)))]
pub(super) async fn states(_: Run) -> Json<SupportedStates> {
    Json(SupportedStates { items: surface::get_supported_states() })
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct StateQuery {
    /// The rules of this day; absent means the newest.
    #[param(value_type = Option<String>, format = Date)]
    date: Option<Date>,
}

/// The rules of one state in plain words.
#[utoipa::path(get, path = "/calc/states/{code}", operation_id = "getCalcState",
    params(("code" = String, Path, description = "Two letters"), StateQuery),
    responses((status = 200, description = "Sections, sources and dates", body = autolytiq_tax::Description)))]
pub(super) async fn state(
    _: Run,
    ApiPath(code): ApiPath<String>,
    ApiQuery(query): ApiQuery<StateQuery>,
) -> ApiResult<Json<autolytiq_tax::Description>> {
    let request = StateRequest { state: code, date: query.date };
    Ok(Json(surface::get_state_tax_rules(request).map_err(problem)?))
}
