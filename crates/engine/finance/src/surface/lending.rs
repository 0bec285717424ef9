//! The disclosures of closed-end credit for any advances and payments (12 CFR 1026.18 and 1026.22).

mod disclose;

use super::within_limits;
use crate::apr::Flow;
use crate::loan::{DatedAmount, Frequency};
use crate::trace::Trace;
use crate::{CalcError, FieldError};
use autolytiq_calendar::{DueDates, Unit, supported};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is advanced and what is paid, whose annual percentage rate and other disclosures are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TruthInLendingRequest {
    /// The day on which the finance charge begins to be earned; of the first advance where absent.
    #[serde(default, with = "autolytiq_calendar::iso::option")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub start: Option<Date>,
    /// 1 to 50.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 50))]
    pub advances: Vec<DatedAmount>,
    /// 1 to 60, with at most 2,000 payments among them.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 60))]
    pub payments: Vec<PaymentStream>,
    /// Paid apart or withheld at the beginning.
    #[serde(default)]
    pub prepaid_finance_charge: Money,
    /// Paid down in a sale, with any prepaid charge that was paid in cash: for the total sale price.
    #[serde(default)]
    pub down_payment: Money,
    /// Figures already disclosed, to be held against the tolerances.
    #[serde(default)]
    pub disclosed: Option<Disclosed>,
}

/// Equal payments on a series of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentStream {
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub first: Date,
    pub amount: Money,
    #[serde(default = "once")]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 2000))]
    pub count: u16,
    /// What lies between them; monthly where absent.
    #[serde(default = "monthly")]
    pub frequency: Frequency,
    /// Instead of the frequency: so many months between them, 1 to 12.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 12))]
    pub months: Option<u8>,
}

const fn once() -> u16 {
    1
}

const fn monthly() -> Frequency {
    Frequency::Monthly
}

/// What was disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Disclosed {
    #[serde(default)]
    pub apr: Option<Rate>,
    #[serde(default)]
    pub finance_charge: Option<Money>,
}

/// The disclosures, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TruthInLendingResult {
    /// As a fraction; absent where there is none.
    pub apr: Option<Rate>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The rate with a first period counted as a regular one, where 12 CFR 1026.17(c)(4) lets its irregularity be disregarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apr_disregarding_first_period: Option<Rate>,
    pub amount_financed: Money,
    pub finance_charge: Money,
    pub total_of_payments: Money,
    pub total_sale_price: Money,
    /// `month`, `4 weeks`, `255 days`.
    pub unit_period: String,
    /// To the first payment.
    pub first_period: Period,
    /// Whether advances, periods and payments are regular but for the first period, the first and the last payment.
    pub regular: bool,
    /// How far a disclosed rate may lie off: an eighth of a percentage point, or a quarter where irregular.
    pub tolerance: Rate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checks: Option<Checks>,
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, crate::trace::Step>))]
    pub trace: Trace,
}

/// A length of time in unit-periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Period {
    pub whole: u16,
    /// Parts beyond the whole ones, of which `per` make one.
    pub odd: u16,
    pub per: u16,
}

/// What was disclosed, held against the exact figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Checks {
    /// Whether the rate is within the tolerance of either rate above (12 CFR 1026.22(a)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apr: Option<bool>,
    /// Whether the charge is within 5 dollars, or within 10 where more than 1,000 dollars are financed (12 CFR 1026.18(d)(2)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finance_charge: Option<bool>,
}

const MOST_ADVANCES: usize = 50;
const MOST_STREAMS: usize = 60;
const MOST_PAYMENTS: u32 = 2000;

impl PaymentStream {
    fn unit(&self) -> Unit {
        self.months.map_or_else(|| self.frequency.unit(), Unit::Months)
    }
}

impl TruthInLendingRequest {
    /// The beginning of the term, the advances and the payments.
    fn checked(&self) -> Result<(Date, Vec<Flow>, Vec<Flow>), CalcError> {
        let mut errors = Vec::new();
        let mut fault = |pointer: String, code, detail: String| errors.push(FieldError::new(pointer, code, detail));
        let amount = |amount: Money| within_limits(amount);
        let between = || "the amount must lie between 0.00 and 10000000.00".to_owned();
        let counts =
            [(self.advances.len(), MOST_ADVANCES, "/advances"), (self.payments.len(), MOST_STREAMS, "/payments")];
        for (count, most, pointer) in counts {
            if count == 0 || count > most {
                let code = if count == 0 { "empty" } else { "too-many-items" };
                fault(pointer.to_owned(), code, format!("there must be 1 to {most} entries"));
            }
        }
        for (value, pointer) in
            [(self.prepaid_finance_charge, "/prepaidFinanceCharge"), (self.down_payment, "/downPayment")]
        {
            if !amount(value) {
                fault(pointer.to_owned(), "amount-out-of-range", between());
            }
        }
        let start = self.start.or_else(|| self.advances.iter().map(|advance| advance.date).min());
        let start = start.unwrap_or(autolytiq_calendar::EARLIEST);
        if self.start.is_some() && supported(start).is_err() {
            fault(
                "/start".to_owned(),
                "date-out-of-range",
                "dates from 1900-01-01 to 2199-12-31 are supported".to_owned(),
            );
        }
        let mut advances = Vec::with_capacity(self.advances.len());
        for (index, advance) in self.advances.iter().take(MOST_ADVANCES).enumerate() {
            if !amount(advance.amount) {
                fault(format!("/advances/{index}/amount"), "amount-out-of-range", between());
            }
            if advance.date < start || supported(advance.date).is_err() {
                fault(format!("/advances/{index}/date"), "date-out-of-range", format!("nothing falls before {start}"));
            }
            advances.push(Flow { amount: advance.amount, count: 1, due: DueDates::from(advance.date, Unit::MONTH) });
        }
        let mut payments = Vec::with_capacity(self.payments.len());
        let mut count = 0_u32;
        for (index, stream) in self.payments.iter().take(MOST_STREAMS).enumerate() {
            count += u32::from(stream.count);
            if !amount(stream.amount) {
                fault(format!("/payments/{index}/amount"), "amount-out-of-range", between());
            }
            if stream.count == 0 || count > MOST_PAYMENTS {
                let detail = format!("there must be at least one payment here and at most {MOST_PAYMENTS} in all");
                fault(format!("/payments/{index}/count"), "number-out-of-range", detail);
                continue;
            }
            if stream.months.is_some_and(|months| !(1..=12).contains(&months)) {
                let detail = "1 to 12 months may lie between payments";
                fault(format!("/payments/{index}/months"), "number-out-of-range", detail.to_owned());
                continue;
            }
            let due = if stream.first > start && index == 0 {
                DueDates::every(stream.unit(), start, stream.first)
                    .unwrap_or_else(|_| DueDates::from(stream.first, stream.unit()))
            } else {
                DueDates::from(stream.first, stream.unit())
            };
            if stream.first < start || due.nth(stream.count - 1).is_err() {
                fault(
                    format!("/payments/{index}/first"),
                    "date-out-of-range",
                    format!("the payments fall from {start} to 2199-12-31"),
                );
            }
            payments.push(Flow { amount: stream.amount, count: stream.count, due });
        }
        if errors.is_empty() { Ok((start, advances, payments)) } else { Err(CalcError { errors }) }
    }
}

/// Annual percentage rate, finance charge, amount financed, total of payments and total sale price of any closed-end credit,
/// with the tolerances.
///
/// # Errors
/// Amounts, counts or dates outside their limits, each with its field.
#[expect(clippy::needless_pass_by_value, reason = "an operation owns its request, as every other does")]
pub fn truth_in_lending(request: TruthInLendingRequest) -> Result<TruthInLendingResult, CalcError> {
    let (start, advances, payments) = request.checked()?;
    disclose::disclose(&request, start, &advances, &payments).map_err(|error| error.at("/payments").into())
}
