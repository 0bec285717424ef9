//! The engine by name and JSON: the same operations for the browser, the command line and HTTP.
//!
//! [`call`] takes an operation's name and its request as JSON, and answers JSON; an error is a problem document
//! (RFC 9457) with JSON pointers into the request. The typed functions beside it are what it calls.

mod lending;
mod loans;
mod problem;
mod requests;
mod scenarios;
mod tree;

pub use lending::{
    Checks, Disclosed, PaymentStream, Period, TruthInLendingRequest, TruthInLendingResult, truth_in_lending,
};
pub use loans::{
    AmortizationRequest, AmortizationResult, AmortizationRow, PayoffMethod, PayoffRequest, PayoffResult, amortization,
    payoff,
};
pub use problem::Problem;
pub use requests::{AprRequest, AprResult, DealRequest, StateRequest, SupportedState, TaxResult};

pub use scenarios::{
    BestRebatesRequest, CompareRequest, ExplainRequest, GridRequest, ProductsRequest, ScenarioRequest, SolveRequest,
    best_rebates, compare, explain, grid, products, solve,
};

use crate::FieldError;
use crate::apr::{Transaction, UnitPeriods};
use crate::deal::column::{CashTerms, Column};
use crate::deal::input::DealInput;
use crate::deal::output::DealResult;
use crate::itemization::{Itemization, itemize};
use crate::{CalcError, deal};
use autolytiq_calendar::{DueDates, MonthsAndDays};
use autolytiq_money::Money;
use autolytiq_tax::{Notice, ResolvedRates, Severity};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Names that [`call`] knows.
pub const OPERATIONS: [&str; 18] = [
    "deal",
    "calculate_tax",
    "calculate_cash_deal",
    "calculate_finance_deal",
    "calculate_lease_deal",
    "get_supported_states",
    "get_state_tax_rules",
    "amortization",
    "apr",
    "solve",
    "grid",
    "compare",
    "explain",
    "products",
    "best_rebates",
    "payoff",
    "truth_in_lending",
    "itemization",
];

/// Runs an operation on a request in JSON.
///
/// # Errors
/// A problem document in JSON.
pub fn call(operation: &str, request: &str) -> Result<String, String> {
    run(operation, request).map_err(|problem| problem.to_json())
}

/// [`call`], with the problem as a value.
///
/// # Errors
/// A [`Problem`].
pub fn run(operation: &str, request: &str) -> Result<String, Problem> {
    match operation {
        "deal" => answer(request, calculate_deal),
        "calculate_tax" => answer(request, calculate_tax),
        "calculate_cash_deal" => answer(request, calculate_cash_deal),
        "calculate_finance_deal" => answer(request, calculate_finance_deal),
        "calculate_lease_deal" => answer(request, calculate_lease_deal),
        "get_supported_states" => json(&get_supported_states()),
        "get_state_tax_rules" => answer(request, get_state_tax_rules),
        "amortization" => answer(request, amortization),
        "apr" => answer(request, apr),
        "solve" => answer(request, scenarios::solve),
        "grid" => answer(request, scenarios::grid),
        "compare" => answer(request, scenarios::compare),
        "explain" => answer(request, scenarios::explain),
        "products" => answer(request, scenarios::products),
        "best_rebates" => answer(request, scenarios::best_rebates),
        "payoff" => answer(request, payoff),
        "truth_in_lending" => answer(request, truth_in_lending),
        "itemization" => answer(request, itemization),
        _ => Err(Problem::unknown_operation(&OPERATIONS)),
    }
}

fn answer<Q: DeserializeOwned, A: Serialize>(
    request: &str,
    operation: impl Fn(Q) -> Result<A, CalcError>,
) -> Result<String, Problem> {
    json(&operation(parse(request)?)?)
}

/// Reads JSON into a request; a fault is reported with the pointer of the field.
///
/// # Errors
/// A [`Problem`] of the code `malformed-json` or `invalid-field`.
pub fn parse<Q: DeserializeOwned>(text: &str) -> Result<Q, Problem> {
    let tree: tree::Node<'_> = serde_json::from_str(text).map_err(|error| Problem::malformed(&error))?;
    Q::deserialize(&tree).map_err(Problem::of_field)
}

/// Reads the local rates of a deal, within their limits.
///
/// # Errors
/// As [`parse`] and [`deal::validate_rates`], with pointers below `/rates`.
pub(crate) fn parse_rates(text: &str) -> Result<ResolvedRates, Problem> {
    let rates: ResolvedRates = parse(text).map_err(|problem| problem.under("/rates"))?;
    deal::validate_rates(&rates).map_err(|error| error.under("/rates"))?;
    Ok(rates)
}

/// Writes an answer as JSON.
///
/// # Errors
/// Never for the engine's own types; a [`Problem`] all the same instead of a panic.
pub fn json<A: Serialize>(answer: &A) -> Result<String, Problem> {
    serde_json::to_string(answer).map_err(|error| Problem::malformed(&error))
}

/// Computes a deal with all its columns by the rules of its date and place.
///
/// # Errors
/// As [`deal::rules_for`] and [`deal::calculate`].
pub fn calculate_deal(request: DealRequest) -> Result<DealResult, CalcError> {
    let DealRequest { input, rates } = request;
    let resolved = rates.is_some();
    let rates = checked(rates, input.deal_date, "/rates")?;
    let rules = deal::rules_for(&input).map_err(within_input)?;
    let mut result = deal::calculate(&input, rules, &rates).map_err(within_input)?;
    if !resolved {
        result.notices.push(Notice {
            code: "no-local-rates".into(),
            severity: Severity::Warning,
            detail: "the request carried no local rates: taxes of counties, cities and districts are left out".into(),
            pointer: Some("/rates".into()),
            source: None,
        });
    }
    Ok(result)
}

/// The browser's calculation: a deal and its local rates in, `{"ok": result}` or `{"errors": [fields]}` out. Pointers start at
/// the deal. Rates that cannot be read are a fault of the program, reported at `/rates`.
#[must_use]
pub fn preview(input: &str, rates: &str) -> String {
    let computed = || -> Result<DealResult, Problem> {
        let input: DealInput = parse(input)?;
        let rates = parse_rates(rates)?;
        Ok(deal::calculate(&input, deal::rules_for(&input)?, &rates)?)
    };
    match computed() {
        Ok(result) => Answer::Ok(&result).json(),
        Err(problem) => Answer::Errors(&problem.into_errors()).json(),
    }
}

/// What the page of a deal is told.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Answer<'a> {
    Ok(&'a DealResult),
    Errors(&'a [FieldError]),
}

impl Answer<'_> {
    pub(crate) fn json(&self) -> String {
        json(self).unwrap_or_default()
    }
}

/// [`call`] for a caller without exceptions: `{"ok": answer}` or `{"problem": document}`.
#[must_use]
pub fn reply(operation: &str, request: &str) -> String {
    match run(operation, request) {
        Ok(answer) => ["{\"ok\":", &answer, "}"].concat(),
        Err(problem) => ["{\"problem\":", &problem.to_json(), "}"].concat(),
    }
}

/// The taxes and fees of a deal: of its first column, or of a sale paid in cash where it has none.
///
/// # Errors
/// As [`calculate_deal`].
pub fn calculate_tax(mut request: DealRequest) -> Result<TaxResult, CalcError> {
    if request.input.columns.is_empty() {
        request.input.columns.push(cash_column());
    }
    request.input.columns.truncate(1);
    let result = calculate_deal(request)?;
    let column = result.columns.into_iter().next().ok_or_else(|| no_column("/input/columns"))?;
    Ok(TaxResult {
        rules: result.rules,
        rates: result.rates,
        tax: column.tax,
        fees: column.fees,
        notices: result.notices,
    })
}

/// A deal's cash columns; one is added where it has none.
///
/// # Errors
/// As [`calculate_deal`].
pub fn calculate_cash_deal(mut request: DealRequest) -> Result<DealResult, CalcError> {
    request.input.columns.retain(|column| matches!(column, Column::Cash(_)));
    if request.input.columns.is_empty() {
        request.input.columns.push(cash_column());
    }
    calculate_deal(request)
}

/// A deal's finance columns.
///
/// # Errors
/// As [`calculate_deal`]; `no-columns` where it has none of the kind.
pub fn calculate_finance_deal(mut request: DealRequest) -> Result<DealResult, CalcError> {
    request.input.columns.retain(|column| matches!(column, Column::Finance(_)));
    calculate_deal(request)
}

/// The itemisation of the amount financed of a deal's finance columns.
///
/// # Errors
/// As [`calculate_finance_deal`].
pub fn itemization(request: DealRequest) -> Result<Vec<Itemization>, CalcError> {
    let input = request.input.clone();
    let result = calculate_finance_deal(request)?;
    let of = |column| itemize(&input, column).map_err(|error| CalcError::from(error.at("/input/columns"))).transpose();
    result.columns.iter().filter_map(of).collect()
}

/// A deal's lease columns.
///
/// # Errors
/// As [`calculate_deal`]; `no-columns` where it has none of the kind.
pub fn calculate_lease_deal(mut request: DealRequest) -> Result<DealResult, CalcError> {
    request.input.columns.retain(|column| matches!(column, Column::Lease(_)));
    calculate_deal(request)
}

fn cash_column() -> Column {
    Column::Cash(CashTerms { id: "cash".to_owned() })
}

fn no_column(pointer: &str) -> CalcError {
    FieldError::new(pointer, "no-columns", "a deal needs at least one column").into()
}

/// The local rates of a request within their limits, or none of the day.
fn checked(rates: Option<ResolvedRates>, date: Date, at: &str) -> Result<ResolvedRates, CalcError> {
    let Some(rates) = rates else { return Ok(ResolvedRates::none(date)) };
    deal::validate_rates(&rates).map_err(|error| error.under(at))?;
    Ok(rates)
}

/// Pointers into the deal become pointers into the request that carries it.
fn within_input(error: CalcError) -> CalcError {
    error.under("/input")
}

/// The jurisdictions whose rules are compiled in.
#[must_use]
pub fn get_supported_states() -> Vec<SupportedState> {
    let of = |rules: &&'static autolytiq_tax::Jurisdiction| SupportedState {
        code: rules.code,
        name: rules.name,
        versions: rules.versions.iter().map(autolytiq_tax::JurisdictionVersion::stamp).collect(),
        unverified: rules.versions.last().map_or_else(Vec::new, unverified),
    };
    autolytiq_tax::jurisdictions().iter().map(of).collect()
}

fn unverified(version: &autolytiq_tax::JurisdictionVersion) -> Vec<autolytiq_tax::SectionKind> {
    version.sections.iter().filter(|section| !section.verified).map(|section| section.kind).collect()
}

/// The rules of one jurisdiction in plain words: of a date, or the newest.
///
/// # Errors
/// An unknown state, or a date before its first rules.
pub fn get_state_tax_rules(request: StateRequest) -> Result<autolytiq_tax::Description, CalcError> {
    let StateRequest { state, date } = request;
    let newest = || {
        let rules = autolytiq_tax::jurisdictions().iter().find(|rules| rules.code == state);
        rules.and_then(|rules| rules.versions.last())
    };
    let version = match date {
        Some(date) => autolytiq_tax::jurisdiction(&state, date).map_err(|error| {
            let pointer = match error {
                autolytiq_tax::RuleError::BeforeFirstVersion { .. } => "/date",
                _ => "/state",
            };
            FieldError { pointer: pointer.to_owned(), code: error.code().into(), detail: error.to_string().into() }
        })?,
        None => newest().ok_or_else(|| {
            let error = autolytiq_tax::RuleError::UnknownJurisdiction { code: state.clone() };
            FieldError { pointer: "/state".to_owned(), code: error.code().into(), detail: error.to_string().into() }
        })?,
    };
    Ok(autolytiq_tax::describe(version))
}

/// The annual percentage rate of level monthly payments (Regulation Z, Appendix J).
///
/// # Errors
/// Amounts, term or dates outside the limits of a finance column.
pub fn apr(request: AprRequest) -> Result<AprResult, CalcError> {
    let (_, first) = request.checked()?;
    let transaction = Transaction {
        advance: request.amount_financed,
        payment: request.payment,
        final_payment: request.final_payment.unwrap_or(request.payment),
        payments: request.payments,
        first: UnitPeriods { whole: first.months, odd_days: first.days, days_in_period: 30 },
        per_year: (12, 1),
    };
    let solved = transaction.apr(request.near()).map_err(|error| error.at("/amountFinanced"))?;
    Ok(match solved {
        Ok(apr) => AprResult { apr: Some(apr), reason: None },
        Err(reason) => AprResult { apr: None, reason: Some(reason.words()) },
    })
}

/// The series of due dates and the length of the first period that a contract date and an optional first payment make.
pub(crate) fn first_period(
    contract: jiff::civil::Date,
    first: Option<jiff::civil::Date>,
) -> Result<(DueDates, MonthsAndDays), FieldError> {
    let due = match first {
        Some(first) => DueDates::beginning(contract, first),
        None => DueDates::monthly_after(contract),
    };
    let pair = due.and_then(|due| Ok((due, MonthsAndDays::to_first_due(contract, due)?)));
    pair.map_err(|error| FieldError::new("/firstPayment", "date-out-of-range", error.to_string()))
}

/// Whether an amount lies within the limits of a deal.
pub(crate) fn within_limits(amount: Money) -> bool {
    !amount.is_negative() && amount <= deal::limits::MOST_MONEY
}
