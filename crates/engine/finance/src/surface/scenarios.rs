//! The operations that compute a deal more than once, or say why: `solve`, `grid`, `compare`, `explain`,
//! `products` and `best_rebates`.

use super::{checked, within_input};
use crate::compare::{Comparison, MOST_SCENARIOS, Scenario};
use crate::deal::input::DealInput;
use crate::explain::{Explained, Format};
use crate::grid::{Axis, Grid};
use crate::products::ProductEffects;
use crate::rebates::BestRebates;
use crate::solve::{Aim, Fault, Solved, Target, Typed, Variable};
use crate::{CalcError, deal};
use autolytiq_tax::{JurisdictionVersion, ResolvedRates};
use serde::Deserialize;

/// A figure to reach by moving one field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SolveRequest {
    pub input: DealInput,
    /// Absent: the place levies nothing of its own.
    #[serde(default)]
    pub rates: Option<ResolvedRates>,
    /// The id of the column.
    pub column: String,
    pub variable: Variable,
    /// Which trade or rebate, from 0.
    #[serde(default)]
    pub item: u16,
    pub target: Target,
    /// Values tried are multiples of this. Absent: a cent, a hundredth of a percent, 0.00001 of a money factor, a month.
    #[serde(default)]
    pub step: Option<Typed>,
    /// The least value to try; the field's own limit where absent.
    #[serde(default)]
    pub least: Option<Typed>,
    /// The greatest value to try; the field's own limit where absent.
    #[serde(default)]
    pub most: Option<Typed>,
}

/// A column over one to three of its variables.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GridRequest {
    pub input: DealInput,
    /// Absent: the place levies nothing of its own.
    #[serde(default)]
    pub rates: Option<ResolvedRates>,
    /// The id of the column.
    pub column: String,
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 3))]
    pub axes: Vec<Axis>,
}

/// Scenarios to hold against the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompareRequest {
    /// 2 to 8.
    #[cfg_attr(feature = "schema", schema(min_items = 2, max_items = 8))]
    pub scenarios: Vec<ScenarioRequest>,
}

/// One scenario: a deal and the column of it that counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScenarioRequest {
    #[serde(default)]
    pub label: String,
    pub input: DealInput,
    /// Absent: the place levies nothing of its own.
    #[serde(default)]
    pub rates: Option<ResolvedRates>,
    /// The id of the column.
    pub column: String,
}

/// A column whose steps are wanted in words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExplainRequest {
    pub input: DealInput,
    /// Absent: the place levies nothing of its own.
    #[serde(default)]
    pub rates: Option<ResolvedRates>,
    /// The id of the column.
    pub column: String,
    pub format: Format,
    /// Only this figure and those it was made from, by the path of its step; absent, all of them.
    #[serde(default)]
    pub figure: Option<String>,
}

/// A column whose products are wanted one by one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductsRequest {
    pub input: DealInput,
    /// Absent: the place levies nothing of its own.
    #[serde(default)]
    pub rates: Option<ResolvedRates>,
    /// The id of the column.
    pub column: String,
}

/// A column for which the best stack of the deal's rebates is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BestRebatesRequest {
    /// Its rebates are those offered, at most 12; `excludes` says which of them may not be combined.
    pub input: DealInput,
    /// Absent: the place levies nothing of its own.
    #[serde(default)]
    pub rates: Option<ResolvedRates>,
    /// The id of the column.
    pub column: String,
}

/// Finds the value of a field at which a figure of a column is the target: "they want 499".
///
/// ```
/// let answer = autolytiq_finance::surface::call("solve", r#"{
///     "input": {"dealDate": "2026-11-21", "vehicle": {"condition": "new"}, "dealerPlace": {"state": "TX"},
///         "buyerPlace": {"state": "TX"}, "price": "41250.00",
///         "columns": [{"kind": "finance", "id": "72", "rate": "0.0649", "termMonths": 72}]},
///     "column": "72", "variable": "cashDown", "target": {"figure": "payment", "amount": "499.00"}}"#)?;
/// assert!(answer.starts_with(r#"{"pointer":"/cashDown","outcome":"exact","answer":{"value":{"type":"money","value":"#));
/// assert!(answer.contains(r#""payment":"499.00""#));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// As [`solve`](crate::solve::solve).
pub fn solve(request: SolveRequest) -> Result<Solved, CalcError> {
    let SolveRequest { input, rates, column, variable, item, target, step, least, most } = request;
    let (rules, rates) = with_rules(&input, rates)?;
    let (step, least, most) = (step.as_ref(), least.as_ref(), most.as_ref());
    let aim = Aim { column: &column, variable, item, target, step, least, most };
    crate::solve::solve(input, rules, &rates, &aim).map_err(pointed)
}

/// Computes a column at every combination of one to three of its fields.
///
/// ```
/// let answer = autolytiq_finance::surface::call("grid", r#"{
///     "input": {"dealDate": "2026-11-21", "vehicle": {"condition": "new"}, "dealerPlace": {"state": "TX"},
///         "buyerPlace": {"state": "TX"}, "price": "41250.00",
///         "columns": [{"kind": "finance", "id": "72", "rate": "0.0649", "termMonths": 72}]},
///     "column": "72", "axes": [{"variable": "termMonths", "values": [60, 72]},
///         {"variable": "cashDown", "values": ["0", "2000.00", "4000.00"]}]}"#)?;
/// assert!(answer.starts_with(r#"{"shape":[2,3],"notices":"#));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// As [`grid`](crate::grid::grid).
pub fn grid(request: GridRequest) -> Result<Grid, CalcError> {
    let GridRequest { input, rates, column, axes } = request;
    let (rules, rates) = with_rules(&input, rates)?;
    crate::grid::grid(input, rules, &rates, &column, &axes).map_err(pointed)
}

/// Holds scenarios against the first of them, with the reason for every difference.
///
/// ```
/// let deal = |down: &str| format!(r#"{{"dealDate": "2026-11-21", "vehicle": {{"condition": "new"}}, "dealerPlace": {{"state": "TX"}},
///     "buyerPlace": {{"state": "TX"}}, "price": "41250.00", "cashDown": "{down}",
///     "columns": [{{"kind": "finance", "id": "72", "rate": "0.0649", "termMonths": 72}}]}}"#);
/// let request = format!(r#"{{"scenarios": [{{"label": "now", "input": {}, "column": "72"}},
///     {{"label": "with more down", "input": {}, "column": "72"}}]}}"#, deal("0"), deal("2000.00"));
/// let answer = autolytiq_finance::surface::call("compare", &request)?;
/// assert!(answer.contains(r#""causes":[{"inputs":[{"pointer":"/cashDown","before":"0.00","after":"2000.00"}],"lines":["#));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// As [`compare`](crate::compare::compare).
pub fn compare(request: CompareRequest) -> Result<Comparison, CalcError> {
    let scenarios = request.scenarios.into_iter().take(MOST_SCENARIOS + 1).enumerate().map(|(index, scenario)| {
        let ScenarioRequest { label, input, rates, column } = scenario;
        let rates = checked(rates, input.deal_date, &format!("/scenarios/{index}/rates"))?;
        Ok(Scenario { label, input, rates, column })
    });
    let scenarios = scenarios.collect::<Result<Vec<Scenario>, CalcError>>()?;
    crate::compare::compare(&scenarios).map_err(|error| error.under("/scenarios"))
}

/// The steps of a column in words: as text, or as a table.
///
/// # Errors
/// As [`calculate`](crate::calculate); a column or a figure that is not there.
pub fn explain(request: ExplainRequest) -> Result<Explained, CalcError> {
    let ExplainRequest { input, rates, column, format, figure } = request;
    let (rules, rates) = with_rules(&input, rates)?;
    let position = crate::solve::position(&input, &column, "/column")?;
    let result = deal::calculate(&input, rules, &rates).map_err(within_input)?;
    crate::explain::explain(&result, position, format, figure.as_deref())
}

/// What each product adds to a column's payment, and what the column is without any.
///
/// # Errors
/// As [`product_effects`](crate::products::product_effects).
pub fn products(request: ProductsRequest) -> Result<ProductEffects, CalcError> {
    let ProductsRequest { input, rates, column } = request;
    let (rules, rates) = with_rules(&input, rates)?;
    crate::products::product_effects(input, rules, &rates, &column).map_err(pointed)
}

/// The stack of the deal's rebates that costs the customer least.
///
/// ```
/// let answer = autolytiq_finance::surface::call("best_rebates", r#"{
///     "input": {"dealDate": "2026-11-21", "vehicle": {"condition": "new"}, "dealerPlace": {"state": "TX"},
///         "buyerPlace": {"state": "TX"}, "price": "41250.00", "columns": [{"kind": "cash", "id": "cash"}],
///         "rebates": [{"kind": "manufacturer", "name": "Customer cash", "amount": "1500.00", "excludes": ["Loyalty"]},
///             {"kind": "manufacturer", "name": "Loyalty", "amount": "1000.00"},
///             {"kind": "manufacturer", "name": "College", "amount": "750.00"}]},
///     "column": "cash"}"#)?;
/// assert!(answer.starts_with(r#"{"best":{"rebates":[0,2],"names":["Customer cash","College"],"amount":"2250.00""#));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// As [`best_rebates`](crate::rebates::best_rebates).
pub fn best_rebates(request: BestRebatesRequest) -> Result<BestRebates, CalcError> {
    let BestRebatesRequest { input, rates, column } = request;
    let (rules, rates) = with_rules(&input, rates)?;
    crate::rebates::best_rebates(input, rules, &rates, &column).map_err(pointed)
}

fn with_rules(
    input: &DealInput,
    rates: Option<ResolvedRates>,
) -> Result<(&'static JurisdictionVersion, ResolvedRates), CalcError> {
    let rules = deal::rules_for(input).map_err(within_input)?;
    Ok((rules, checked(rates, input.deal_date, "/rates")?))
}

fn pointed(fault: Fault) -> CalcError {
    match fault {
        Fault::Deal(error) => within_input(error),
        Fault::Aim(error) => error,
    }
}
