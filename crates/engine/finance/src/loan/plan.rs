//! How a loan is repaid where that is not simply every month: the part of a lender's program that the schedule follows.

use crate::deal::limits::{MOST_DAYS_TO_FIRST, MOST_ITEMS, MOST_MONEY};
use autolytiq_calendar::{DueDates, Unit, actual_days};
use autolytiq_money::{Money, Rounding};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a loan is repaid. Every field may be left out; without any the loan is monthly, by unit-periods, in equal payments
/// rounded half up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PaymentPlan {
    pub frequency: Frequency,
    /// Number of due dates, skipped ones among them; as many as fit the term unless given. Of monthly payments it is the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payments: Option<u16>,
    pub accrual: Accrual,
    /// Of the level payment. What it leaves is in the last payment.
    pub rounding: Rounding,
    pub interest_rounding: InterestRounding,
    /// Due with the last payment, beyond it.
    pub balloon: Money,
    /// Due dates without a payment, by number from 1. The last due date cannot be skipped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<u16>,
    /// Payments beside the regular ones, each credited on its date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub extra_payments: Vec<DatedAmount>,
}

impl Default for PaymentPlan {
    fn default() -> Self {
        Self {
            frequency: Frequency::Monthly,
            payments: None,
            accrual: Accrual::UnitPeriod,
            rounding: Rounding::HalfUp,
            interest_rounding: InterestRounding::PerPeriod,
            balloon: Money::ZERO,
            skipped: Vec::new(),
            extra_payments: Vec::new(),
        }
    }
}

/// An amount on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DatedAmount {
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub date: Date,
    pub amount: Money,
}

/// How often a payment falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Frequency {
    Weekly,
    Biweekly,
    /// Every four weeks: thirteen times a year.
    FourWeekly,
    /// Twice a month, half a month apart: the 1st and 16th, the 15th and the last.
    Semimonthly,
    Monthly,
    Quarterly,
    /// Once, at the end.
    Single,
}

impl Frequency {
    /// What lies between two payments. Of a single payment the time is counted in months.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Weekly => Unit::Weeks(1),
            Self::Biweekly => Unit::Weeks(2),
            Self::FourWeekly => Unit::Weeks(4),
            Self::Semimonthly => Unit::HalfMonth,
            Self::Monthly | Self::Single => Unit::MONTH,
            Self::Quarterly => Unit::Months(3),
        }
    }

    /// How many due dates a term of months has.
    #[must_use]
    pub fn payments_in(self, months: u16) -> u16 {
        let (numerator, denominator) = self.unit().per_year();
        let count = u32::from(months) * u32::from(numerator) / (12 * u32::from(denominator));
        if self == Self::Single { 1 } else { u16::try_from(count).unwrap_or(u16::MAX).max(1) }
    }
}

/// How interest grows with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Accrual {
    /// Each period alike, whatever its days, and unpaid interest added to the balance: the actuarial method.
    #[serde(rename = "unitPeriod")]
    UnitPeriod,
    /// By days, every month having thirty of 360.
    #[serde(rename = "30/360")]
    Thirty360,
    /// By actual days of 365.
    #[serde(rename = "actual/365")]
    Actual365,
    /// By actual days of 360; a year costs 365 of them.
    #[serde(rename = "365/360")]
    Actual360,
    /// By actual days of the year in which they lie, 365 or 366.
    #[serde(rename = "actual/actual")]
    ActualActual,
}

/// What happens to the fraction of a cent in a period's interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum InterestRounding {
    /// Rounded half up and forgotten.
    PerPeriod,
    /// Carried into the next period's interest, so that it is not lost.
    Carried,
}

impl Accrual {
    /// A period's interest in words, for the trace.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::UnitPeriod => "balance × rate ÷ periodsPerYear, of a part of a period in proportion",
            Self::Thirty360 => "balance × rate × days ÷ 360, every month having 30 days",
            Self::Actual365 => "balance × rate × days ÷ 365",
            Self::Actual360 => "balance × rate × days ÷ 360",
            Self::ActualActual => "balance × rate × days ÷ 365, of the days in a leap year ÷ 366",
        }
    }
}

impl PaymentPlan {
    /// Whether every due date has the level payment and no other day has one.
    pub(crate) fn is_level(&self) -> bool {
        self.balloon.is_zero() && self.skipped.is_empty() && self.extra_payments.is_empty()
    }

    /// Whether this is the plan of an ordinary loan.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Number of due dates in a term.
    #[must_use]
    pub fn count(&self, term_months: u16) -> u16 {
        self.payments.unwrap_or_else(|| self.frequency.payments_in(term_months))
    }

    /// The due dates: beginning on a given date, or one period after the contract (a single payment: at the end of the term).
    ///
    /// # Errors
    /// A first payment that does not follow the contract; dates beyond the calendar.
    pub fn due(
        &self,
        contract: Date,
        first: Option<Date>,
        term_months: u16,
    ) -> Result<DueDates, autolytiq_calendar::CalendarError> {
        let unit = self.frequency.unit();
        match (first, self.frequency) {
            (Some(first), _) => DueDates::every(unit, contract, first),
            (None, Frequency::Single) => {
                let end = autolytiq_calendar::add_months(contract, term_months.into())?;
                DueDates::every(unit, contract, end)
            }
            (None, _) => DueDates::after(contract, unit),
        }
    }

    /// Holds the plan against its limits. `fault` is told the field within the plan, a code and a sentence.
    pub(crate) fn check(
        &self,
        contract: Date,
        first: Option<Date>,
        term_months: u16,
        fault: &mut dyn FnMut(String, &'static str, String),
    ) {
        let most = self.frequency.payments_in(term_months).saturating_add(1);
        match (self.payments, self.frequency) {
            (Some(count), Frequency::Monthly) if count != term_months => {
                let detail = "of monthly payments the number is the term, and may be left out";
                fault("/payments".to_owned(), "term-out-of-range", detail.to_owned());
            }
            (Some(count), Frequency::Single) if count != 1 => {
                fault("/payments".to_owned(), "term-out-of-range", "a single payment is one".to_owned());
            }
            (Some(count), _) if count == 0 || count > most => {
                let detail = format!("the term has room for 1 to {most} payments");
                fault("/payments".to_owned(), "term-out-of-range", detail);
            }
            _ => {}
        }
        let amount = |amount: Money| amount.is_negative() || amount > MOST_MONEY;
        let between = || "the amount must lie between 0.00 and 10000000.00".to_owned();
        if amount(self.balloon) {
            fault("/balloon".to_owned(), "amount-out-of-range", between());
        }
        let count = self.count(term_months);
        let mut before = 0;
        for (index, number) in self.skipped.iter().take(usize::from(count)).enumerate() {
            if *number <= before || *number >= count {
                let detail =
                    format!("skipped payments go upward, from 1 to the last but one, {}", count.saturating_sub(1));
                fault(format!("/skipped/{index}"), "number-out-of-range", detail);
            }
            before = *number;
        }
        if self.extra_payments.len() > MOST_ITEMS {
            fault("/extraPayments".to_owned(), "too-many-items", format!("at most {MOST_ITEMS} entries are allowed"));
        }
        let Some(last) =
            self.due(contract, first, term_months).ok().and_then(|due| due.nth(count.saturating_sub(1)).ok())
        else {
            let detail = autolytiq_calendar::CalendarError::OutOfRange.to_string();
            return fault("/frequency".to_owned(), "date-out-of-range", detail);
        };
        for (index, extra) in self.extra_payments.iter().take(MOST_ITEMS).enumerate() {
            if amount(extra.amount) {
                fault(format!("/extraPayments/{index}/amount"), "amount-out-of-range", between());
            }
            if extra.date <= contract || extra.date > last {
                let detail = format!("the payment must fall after {contract} and not after {last}, the last due date");
                fault(format!("/extraPayments/{index}/date"), "date-out-of-range", detail);
            }
        }
    }

    /// Whether a first due date lies within reach of the contract: a year and a day, or the term where it is the only one.
    pub(crate) fn reaches(&self, contract: Date, first: Date, term_months: u16) -> bool {
        let most = if self.frequency == Frequency::Single { 31 * u32::from(term_months) } else { 0 };
        first > contract && actual_days(contract, first).is_ok_and(|days| days <= most.max(MOST_DAYS_TO_FIRST))
    }
}
