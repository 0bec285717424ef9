//! What an evaluation answers: tax lines, fees, limits and notices, each with the steps and the source that made it.

use crate::kinds::{Due, Level, Severity};
pub use crate::rule::FinanceLimitKind;
use crate::rule::Source;
use autolytiq_money::{Money, MoneyError, Rate, Rounding};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use std::borrow::Cow;

/// Which rules made a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RulesStamp {
    /// Two letters.
    pub jurisdiction: &'static str,
    /// First day of the version of the rules that was applied.
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub effective: Date,
    /// SHA-256 of that version's content, 64 hexadecimal digits.
    pub hash: &'static str,
}

/// Everything one evaluation found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaxOutcome {
    pub lines: Vec<TaxLine>,
    pub notices: Vec<Notice>,
}

/// One tax, as it would stand on a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaxLine {
    /// Stable within the jurisdiction: `state`, `local`; the part of a lease tax due at signing ends in `.signing`.
    pub id: Cow<'static, str>,
    pub name: Cow<'static, str>,
    pub level: Level,
    pub due: Due,
    /// The amount taxed, after floors, credits and bands. For a tax with each payment: of one payment without a band, of the
    /// whole term with a band that runs over the term.
    pub base: Money,
    /// Absent where the tax is a flat amount or not one rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The line over the whole deal: for a tax with each payment, the sum over all payments. Negative only for a credit.
    pub amount: Money,
    /// Of a lease: whether the line is in the capitalised cost.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub capitalized: bool,
    /// What falls on which payments; empty for a line that is not due with payments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<PaymentTax>,
    /// Whether the rule, the parts of law that took part, and the local rates are verified.
    pub verified: bool,
    /// Why not, when not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'static, str>>,
    pub source: &'static Source,
    /// The evaluation itself, in order.
    pub steps: Vec<TaxStep>,
}

/// Consecutive lease payments that bear the same tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentTax {
    /// Number of the first of them; payments count from 1.
    pub first: u16,
    pub count: u16,
    /// Tax on each of them.
    pub amount: Money,
}

/// One step of an evaluation. Amounts are exact decimals of dollars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TaxStep {
    /// A component of the deal went into the sum (`counted` is negative where it is subtracted).
    Component {
        name: &'static str,
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        amount: Decimal,
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        counted: Decimal,
        /// The part of it that counts, where not the whole.
        #[serde(skip_serializing_if = "Option::is_none")]
        part: Option<Rate>,
        /// The most that counts, where it is limited.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<Money>,
    },
    /// The sum of what came before, not below nothing.
    Sum {
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        amount: Decimal,
    },
    /// The least the base may be.
    Floor {
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        least: Decimal,
        applied: bool,
    },
    /// The most the base may be.
    Ceiling {
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        most: Decimal,
        applied: bool,
    },
    /// The base was rounded to whole units ("per 100 or fraction").
    BaseRounded {
        unit: Money,
        rounding: Rounding,
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        amount: Decimal,
    },
    /// Only the slice of the base between two amounts counts.
    Band {
        from: Money,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Money>,
        /// Whether the slice runs over all payments of the lease together.
        over_term: bool,
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        amount: Decimal,
    },
    /// A rate took part; for a local rate, who levies it and where it was read. The rates of a line add up.
    Rate {
        rate: Rate,
        level: Level,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<Cow<'static, str>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        source: Option<Cow<'static, str>>,
        verified: bool,
    },
    /// A row of a table decided: what was measured, and up to where the row reaches.
    Row {
        by: &'static str,
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        measured: Decimal,
        #[serde(skip_serializing_if = "Option::is_none", with = "rust_decimal::serde::str_option")]
        #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
        up_to: Option<Decimal>,
    },
    /// A fixed amount was added.
    Flat { amount: Money },
    /// An amount per unit was added: `units` units of `unit` above `over`, at `each`.
    PerUnit {
        by: &'static str,
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        measured: Decimal,
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        units: Decimal,
        each: Money,
    },
    /// The tax itself was held up to a minimum or down to a maximum.
    Clamp { minimum: bool, limit: Money, applied: bool },
    /// The exact amount became cents.
    Rounded {
        #[serde(with = "rust_decimal::serde::str")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        exact: Decimal,
        rounding: Rounding,
        /// Whether the cents of several lines were rounded as one sum.
        together: bool,
        amount: Money,
    },
    /// The tax is part of the base it is taken on; the equation was solved.
    Solved {
        /// The tax before any of it is capitalised.
        without: Money,
        /// What one capitalised dollar adds to the tax.
        slope: Rate,
        capitalized: Money,
    },
}

/// The fees of a deal, and the facts that were missing to give more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleFees {
    pub fees: Vec<RuleFee>,
    pub notices: Vec<Notice>,
}

/// A fee that the jurisdiction's rules give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RuleFee {
    pub code: &'static str,
    pub name: &'static str,
    pub amount: Money,
    /// Whether it is part of the base of a tax.
    pub taxable: bool,
    /// [`Due::Signing`] when the store collects it, [`Due::BuyerToCounty`] when the buyer pays it himself.
    pub due: Due,
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    pub source: &'static Source,
    pub steps: Vec<TaxStep>,
}

/// What the law says about the documentation fee of this deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DocFeeLimit {
    /// The most the law allows, or presumes reasonable.
    pub limit: Money,
    /// True: a higher fee is unlawful. False: a higher fee needs a filing or a reason first.
    pub binding: bool,
    /// The rule in words.
    pub words: &'static str,
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    pub source: &'static Source,
    pub steps: Vec<TaxStep>,
}

/// A limit on the price of credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FinanceLimit {
    pub id: &'static str,
    pub name: &'static str,
    pub kind: FinanceLimitKind,
    /// A yearly rate, an add-on per dollar and year, or points of mark-up, each as a fraction of one.
    pub limit: Rate,
    /// Whether it is one of several limits of which the creditor may obey any one.
    pub alternative: bool,
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    pub source: &'static Source,
}

/// Something the reader must know beside the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// Stable: `unverified`, `fact-missing`, `exempt`, `doc-fee-limit`, `nonresident`, …
    pub code: Cow<'static, str>,
    pub severity: Severity,
    pub detail: Cow<'static, str>,
    /// JSON pointer into the deal's input, where a field is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static Source>,
}

impl TaxLine {
    /// The tax on the payment with this number (from 1); nothing for a line that is not due with payments.
    #[must_use]
    pub fn on_payment(&self, number: u16) -> Money {
        self.payments
            .iter()
            .find(|span| number >= span.first && number - span.first < span.count)
            .map_or(Money::ZERO, |span| span.amount)
    }
}

impl TaxOutcome {
    /// Sum of the lines that fall due in one of these ways.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`], as all sums here.
    pub fn due(&self, due: &[Due]) -> Result<Money, MoneyError> {
        Money::try_sum(self.lines.iter().filter(|line| due.contains(&line.due)).map(|line| line.amount))
    }

    /// Owed at the start: at signing, or by the lessor who passes it on.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn upfront(&self) -> Result<Money, MoneyError> {
        self.due(&[Due::Signing, Due::Lessor])
    }

    /// Tax on the payment with this number, from 1.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn on_payment(&self, number: u16) -> Result<Money, MoneyError> {
        Money::try_sum(self.lines.iter().map(|line| line.on_payment(number)))
    }

    /// Everything the store collects over the whole deal.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.due(&[Due::Signing, Due::Lessor, Due::Payment])
    }

    /// What the buyer pays to an office himself.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn buyer_pays(&self) -> Result<Money, MoneyError> {
        self.due(&[Due::BuyerToCounty])
    }
}
