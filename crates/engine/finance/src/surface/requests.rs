//! Requests and answers of the named operations, beside the deal itself.

use super::{first_period, within_limits};
use crate::deal::input::DealInput;
use crate::deal::limits::MOST_LOAN_MONTHS;
use crate::deal::output::{FeeLine, TaxSummary};
use crate::{CalcError, FieldError};
use autolytiq_calendar::{DueDates, MonthsAndDays, supported};
use autolytiq_money::{Money, Rate};
use autolytiq_tax::{Notice, RatesStamp, ResolvedRates, RulesStamp, SectionKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A deal and the local rates of its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DealRequest {
    pub input: DealInput,
    /// Absent: the place levies nothing of its own; where the law has local rates a notice says that they are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rates: Option<ResolvedRates>,
}

/// The taxes and fees of one way to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaxResult {
    pub rules: RulesStamp,
    pub rates: RatesStamp,
    pub tax: TaxSummary,
    pub fees: Vec<FeeLine>,
    pub notices: Vec<Notice>,
}

/// A jurisdiction with rules of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SupportedState {
    /// Two letters.
    pub code: &'static str,
    pub name: &'static str,
    /// Its rules over time, the earliest first.
    pub versions: Vec<RulesStamp>,
    /// Parts of the newest rules that nobody has checked against their source; empty where all are verified.
    pub unverified: Vec<SectionKind>,
}

/// Which jurisdiction's rules to describe.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StateRequest {
    /// Two letters.
    pub state: String,
    /// The newest rules where absent.
    #[serde(default, with = "autolytiq_calendar::iso::option")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub date: Option<Date>,
}

/// Level monthly payments whose annual percentage rate is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AprRequest {
    /// After prepaid finance charges, 0 to 10,000,000.
    pub amount_financed: Money,
    pub payment: Money,
    /// The last payment, where it differs.
    #[serde(default)]
    pub final_payment: Option<Money>,
    /// Number of payments, 1 to 144.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 144))]
    pub payments: u16,
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub contract_date: Date,
    /// One month later where absent.
    #[serde(default, with = "autolytiq_calendar::iso::option")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub first_payment: Option<Date>,
}

/// An annual percentage rate, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AprResult {
    /// As a fraction.
    pub apr: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

impl AprRequest {
    /// Holds the request against the limits of a finance column, and counts its first period.
    pub(super) fn checked(&self) -> Result<(DueDates, MonthsAndDays), CalcError> {
        let mut errors = Vec::new();
        check_amount(&mut errors, self.amount_financed, "/amountFinanced");
        check_amount(&mut errors, self.payment, "/payment");
        if let Some(payment) = self.final_payment {
            check_amount(&mut errors, payment, "/finalPayment");
        }
        check_term(&mut errors, self.payments, "/payments");
        finish(errors, self.contract_date, self.first_payment)
    }

    /// A rate to begin the search at: that of a fairly ordinary loan.
    pub(super) const fn near(&self) -> Rate {
        Rate::from_units(Rate::SCALE / 12)
    }
}

pub(super) fn check_amount(errors: &mut Vec<FieldError>, amount: Money, pointer: &str) {
    if !within_limits(amount) {
        let detail = "the amount must lie between 0.00 and 10000000.00";
        errors.push(FieldError::new(pointer, "amount-out-of-range", detail));
    }
}

pub(super) fn check_term(errors: &mut Vec<FieldError>, months: u16, pointer: &str) {
    if months == 0 || months > MOST_LOAN_MONTHS {
        let detail = format!("the number must lie between 1 and {MOST_LOAN_MONTHS}");
        errors.push(FieldError::new(pointer, "term-out-of-range", detail));
    }
}

fn finish(
    mut errors: Vec<FieldError>,
    contract: Date,
    first: Option<Date>,
) -> Result<(DueDates, MonthsAndDays), CalcError> {
    if let Err(error) = supported(contract) {
        errors.push(FieldError::new("/contractDate", "date-out-of-range", error.to_string()));
        return Err(CalcError { errors });
    }
    match first_period(contract, first) {
        Ok(pair) if errors.is_empty() => Ok(pair),
        Ok(_) => Err(CalcError { errors }),
        Err(error) => {
            errors.push(error);
            Err(CalcError { errors })
        }
    }
}
