//! The engine over HTTP: the same operations as in the browser and on the command line. Nothing is stored.

use autolytiq_authz::action;
use autolytiq_finance::{
    CalcError,
    compare::Comparison,
    deal::{input::DealInput, output::DealResult},
    explain::Explained,
    grid::Grid,
    itemization::Itemization,
    products::ProductEffects,
    rebates::BestRebates,
    solve::Solved,
    surface::{
        self, AmortizationRequest, AmortizationResult, AprRequest, AprResult, BestRebatesRequest, CompareRequest,
        DealRequest, ExplainRequest, GridRequest, PayoffRequest, PayoffResult, ProductsRequest, SolveRequest,
        StateRequest, SupportedState, TaxResult, TruthInLendingRequest, TruthInLendingResult,
    },
};
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized};
use autolytiq_kernel::problem::{FieldError, Problem};
use axum::Json;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    domain::sight::Sight,
    error::{DeskError, field_errors},
};

type Run = Authorized<action::CalcRun>;

fn problem(error: CalcError) -> Problem {
    Problem::invalid(field_errors(error, ""))
}

/// Costs, buy rates and the like are taken only from those who may see them.
fn allowed(auth: &Run, request: DealRequest) -> Result<DealRequest, DeskError> {
    may_use(auth, &request.input, "/input")?;
    Ok(request)
}

/// Refuses a deal with fields its sender may not see; `at` is where it stands in the request.
fn may_use(auth: &Run, input: &DealInput, at: &str) -> Result<(), DeskError> {
    let sight = Sight::of(|permission| auth.grant().may(permission));
    let mut forbidden = sight.forbidden(input, at);
    if input.costs.is_some() && !sight.cost {
        forbidden.push(FieldError::new(format!("{at}/costs"), "forbidden", "your role may not see or set this field"));
    }
    if forbidden.is_empty() { Ok(()) } else { Err(DeskError::FieldsForbidden(forbidden)) }
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

/// What a loan's borrower owes on a day, to be free of it.
#[utoipa::path(post, path = "/calc/payoff", operation_id = "calcPayoff", request_body = PayoffRequest,
    responses((status = 200, description = "By the United States Rule or the Rule of 78", body = PayoffResult)))]
pub(super) async fn payoff(_: Run, ApiJson(request): ApiJson<PayoffRequest>) -> ApiResult<Json<PayoffResult>> {
    Ok(Json(surface::payoff(request).map_err(problem)?))
}

/// The disclosures of any credit: its annual percentage rate, finance charge and totals, and whether stated figures hold.
#[utoipa::path(post, path = "/calc/truth-in-lending", operation_id = "calcTruthInLending", request_body = TruthInLendingRequest,
    responses((status = 200, description = "Regulation Z, with its tolerances", body = TruthInLendingResult)))]
pub(super) async fn truth_in_lending(
    _: Run,
    ApiJson(request): ApiJson<TruthInLendingRequest>,
) -> ApiResult<Json<TruthInLendingResult>> {
    Ok(Json(surface::truth_in_lending(request).map_err(problem)?))
}

/// The itemisations of a deal's finance columns.
#[derive(Serialize, ToSchema)]
pub(super) struct Itemizations {
    items: Vec<Itemization>,
}

/// Of what the amount financed of each finance column consists, and to whom it is paid.
#[utoipa::path(post, path = "/calc/itemization", operation_id = "calcItemization", request_body = DealRequest,
    responses((status = 200, description = "One per finance column", body = Itemizations)))]
pub(super) async fn itemization(auth: Run, ApiJson(request): ApiJson<DealRequest>) -> ApiResult<Json<Itemizations>> {
    let items = surface::itemization(allowed(&auth, request)?).map_err(problem)?;
    Ok(Json(Itemizations { items }))
}

/// The value of a field at which a figure of a column is the target.
#[utoipa::path(post, path = "/calc/solve", operation_id = "calcSolve", request_body = SolveRequest,
    responses((status = 200, description = "The value, or the nearest on both sides", body = Solved)))]
pub(super) async fn solve(auth: Run, ApiJson(request): ApiJson<SolveRequest>) -> ApiResult<Json<Solved>> {
    may_use(&auth, &request.input, "/input")?;
    Ok(Json(surface::solve(request).map_err(problem)?))
}

/// A column at every combination of one to three of its fields.
#[utoipa::path(post, path = "/calc/grid", operation_id = "calcGrid", request_body = GridRequest,
    responses((status = 200, description = "A cell per combination, the last axis first", body = Grid)))]
pub(super) async fn grid(auth: Run, ApiJson(request): ApiJson<GridRequest>) -> ApiResult<Json<Grid>> {
    may_use(&auth, &request.input, "/input")?;
    Ok(Json(surface::grid(request).map_err(problem)?))
}

/// Scenarios against the first of them, with the reason for every difference.
#[utoipa::path(post, path = "/calc/compare", operation_id = "calcCompare", request_body = CompareRequest,
    responses((status = 200, description = "Differences and their causes", body = Comparison)))]
pub(super) async fn compare(auth: Run, ApiJson(request): ApiJson<CompareRequest>) -> ApiResult<Json<Comparison>> {
    for (index, scenario) in request.scenarios.iter().enumerate() {
        may_use(&auth, &scenario.input, &format!("/scenarios/{index}/input"))?;
    }
    Ok(Json(surface::compare(request).map_err(problem)?))
}

/// What each product adds to a column's payment, and what the column is without any.
#[utoipa::path(post, path = "/calc/products", operation_id = "calcProducts", request_body = ProductsRequest,
    responses((status = 200, description = "The column with and without", body = ProductEffects)))]
pub(super) async fn products(auth: Run, ApiJson(request): ApiJson<ProductsRequest>) -> ApiResult<Json<ProductEffects>> {
    may_use(&auth, &request.input, "/input")?;
    Ok(Json(surface::products(request).map_err(problem)?))
}

/// The stack of a deal's rebates that costs the customer least, of those that may be combined.
#[utoipa::path(post, path = "/calc/best-rebates", operation_id = "calcBestRebates", request_body = BestRebatesRequest,
    responses((status = 200, description = "The stack, why the others are left out, and the next best", body = BestRebates)))]
pub(super) async fn best_rebates(
    auth: Run,
    ApiJson(request): ApiJson<BestRebatesRequest>,
) -> ApiResult<Json<BestRebates>> {
    may_use(&auth, &request.input, "/input")?;
    Ok(Json(surface::best_rebates(request).map_err(problem)?))
}

/// The steps of a column in words.
#[utoipa::path(post, path = "/calc/explain", operation_id = "calcExplain", request_body = ExplainRequest,
    responses((status = 200, description = "As text or as a table", body = Explained)))]
pub(super) async fn explain(auth: Run, ApiJson(request): ApiJson<ExplainRequest>) -> ApiResult<Json<Explained>> {
    may_use(&auth, &request.input, "/input")?;
    Ok(Json(surface::explain(request).map_err(problem)?))
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
