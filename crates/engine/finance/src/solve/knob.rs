//! The fields of a deal that may be moved, each as a whole number of its smallest units.

use crate::FieldError;
use crate::deal::column::{Column, Residual};
use crate::deal::input::DealInput;
use crate::deal::limits::{MOST_LEASE_MONTHS, MOST_LOAN_MONTHS, MOST_MONEY, MOST_MONEY_FACTOR, MOST_RATE};
use crate::trace::Value;
use autolytiq_money::{Money, Rate};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A field of a deal that may be moved to reach a target, or laid along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Variable {
    Price,
    /// The column's own cash down where it has one, the deal's otherwise.
    CashDown,
    /// The allowance of one trade.
    TradeAllowance,
    /// The amount of one rebate.
    Rebate,
    /// The contract rate of a finance column.
    Rate,
    /// The number of payments.
    TermMonths,
    /// Of a lease column.
    MoneyFactor,
    /// Of a lease column: in percent of MSRP or in dollars, as the column has it.
    Residual,
}

/// A value as it is typed: a string for money and rates (`"41250.00"`, `"0.0649"`), a number for months.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, examples("41250.00")))]
pub struct Typed(String);

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TypedVisitor)
    }
}

struct TypedVisitor;

impl Visitor<'_> for TypedVisitor {
    type Value = Typed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount or a rate as a string, or a number of months")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Typed, E> {
        // No amount, rate or term is longer.
        if text.len() > 32 { Err(E::custom("the value is too long")) } else { Ok(Typed(text.to_owned())) }
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Typed, E> {
        Ok(Typed(number.to_string()))
    }
}

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// What the units of a variable are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Cents.
    Money,
    /// 10⁻¹².
    Rate,
    /// Months.
    Count,
}

/// One field of one deal, found and ready to be moved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Knob {
    variable: Variable,
    kind: Kind,
    column: usize,
    item: usize,
    /// The largest number of units the field may hold; the smallest is 0, of months 1.
    most: i64,
    /// Units in which the field is usually quoted.
    step: i64,
    own_cash: bool,
}

impl Knob {
    /// Finds a variable of a column.
    ///
    /// # Errors
    /// The column is of another kind, or the deal has no such trade or rebate.
    pub(crate) fn of(
        input: &DealInput,
        column: usize,
        variable: Variable,
        item: u16,
        at: &str,
    ) -> Result<Self, FieldError> {
        let foreign = || {
            let detail = "a column of this kind does not have this variable";
            FieldError::new(format!("{at}/variable"), "not-in-column", detail)
        };
        let missing = |what: &'static str| FieldError::new(format!("{at}/item"), "no-such-item", what);
        let item = usize::from(item);
        let terms = input.columns.get(column);
        let (kind, most, step) = match (variable, terms) {
            (Variable::TradeAllowance, _) if input.trades.get(item).is_none() => {
                return Err(missing("the deal has no such trade"));
            }
            (Variable::Rebate, _) if input.rebates.get(item).is_none() => {
                return Err(missing("the deal has no such rebate"));
            }
            (Variable::Price | Variable::CashDown | Variable::TradeAllowance | Variable::Rebate, _) => MONEY,
            (Variable::Rate, Some(Column::Finance(_))) => (Kind::Rate, MOST_RATE.units(), Rate::SCALE / 10_000),
            (Variable::TermMonths, Some(Column::Finance(_))) => (Kind::Count, MOST_LOAN_MONTHS.into(), 1),
            (Variable::TermMonths, Some(Column::Lease(_))) => (Kind::Count, MOST_LEASE_MONTHS.into(), 1),
            (Variable::MoneyFactor, Some(Column::Lease(_))) => {
                (Kind::Rate, MOST_MONEY_FACTOR.units(), Rate::SCALE / 100_000)
            }
            (Variable::Residual, Some(Column::Lease(terms))) => match terms.residual {
                Residual::Amount(_) => MONEY,
                Residual::Percent(_) => (Kind::Rate, Rate::SCALE, Rate::SCALE / 10_000),
            },
            _ => return Err(foreign()),
        };
        let own_cash = match terms {
            Some(Column::Finance(terms)) => terms.cash_down.is_some(),
            Some(Column::Lease(terms)) => terms.cash_down.is_some(),
            _ => false,
        };
        Ok(Self { variable, kind, column, item, most, step, own_cash })
    }

    pub(crate) const fn least(&self) -> i64 {
        match self.kind {
            Kind::Count => 1,
            Kind::Money | Kind::Rate => 0,
        }
    }

    pub(crate) const fn most(&self) -> i64 {
        self.most
    }

    /// Units in which the field is usually quoted: a cent, a hundredth of a percent, 0.00001 of a money factor, a month.
    pub(crate) const fn step(&self) -> i64 {
        self.step
    }

    pub(crate) fn is_money(&self) -> bool {
        self.kind == Kind::Money
    }

    pub(crate) fn is_count(&self) -> bool {
        self.kind == Kind::Count
    }

    pub(crate) fn is_money_factor(&self) -> bool {
        self.variable == Variable::MoneyFactor
    }

    /// The field's value in units.
    pub(crate) fn get(&self, input: &DealInput) -> i64 {
        match self.variable {
            Variable::Price => input.price.cents(),
            Variable::TradeAllowance => input.trades.get(self.item).map_or(0, |trade| trade.allowance.cents()),
            Variable::Rebate => input.rebates.get(self.item).map_or(0, |rebate| rebate.amount.cents()),
            Variable::CashDown | Variable::Rate | Variable::TermMonths | Variable::MoneyFactor | Variable::Residual => {
                self.of_column(input)
            }
        }
    }

    fn of_column(&self, input: &DealInput) -> i64 {
        match (input.columns.get(self.column), self.variable) {
            (Some(Column::Finance(terms)), Variable::CashDown) => terms.cash_down.unwrap_or(input.cash_down).cents(),
            (Some(Column::Finance(terms)), Variable::Rate) => terms.rate.units(),
            (Some(Column::Finance(terms)), Variable::TermMonths) => terms.term_months.into(),
            (Some(Column::Lease(terms)), Variable::CashDown) => terms.cash_down.unwrap_or(input.cash_down).cents(),
            (Some(Column::Lease(terms)), Variable::TermMonths) => terms.term_months.into(),
            (Some(Column::Lease(terms)), Variable::MoneyFactor) => terms.money_factor.units(),
            (Some(Column::Lease(terms)), Variable::Residual) => match terms.residual {
                Residual::Amount(amount) => amount.cents(),
                Residual::Percent(part) => part.units(),
            },
            _ => input.cash_down.cents(),
        }
    }

    /// Moves the field.
    pub(crate) fn set(&self, input: &mut DealInput, units: i64) {
        let (money, rate) = (Money::from_cents(units), Rate::from_units(units));
        let months = u16::try_from(units).unwrap_or(u16::MAX);
        match (self.variable, input.columns.get_mut(self.column)) {
            (Variable::Price, _) => input.price = money,
            (Variable::TradeAllowance, _) => {
                if let Some(trade) = input.trades.get_mut(self.item) {
                    trade.allowance = money;
                }
            }
            (Variable::Rebate, _) => {
                if let Some(rebate) = input.rebates.get_mut(self.item) {
                    rebate.amount = money;
                }
            }
            (Variable::CashDown, Some(Column::Finance(terms))) if self.own_cash => terms.cash_down = Some(money),
            (Variable::CashDown, Some(Column::Lease(terms))) if self.own_cash => terms.cash_down = Some(money),
            (Variable::CashDown, _) => input.cash_down = money,
            (Variable::Rate, Some(Column::Finance(terms))) => terms.rate = rate,
            (Variable::TermMonths, Some(Column::Finance(terms))) => terms.term_months = months,
            (Variable::TermMonths, Some(Column::Lease(terms))) => terms.term_months = months,
            (Variable::MoneyFactor, Some(Column::Lease(terms))) => terms.money_factor = rate,
            (Variable::Residual, Some(Column::Lease(terms))) => {
                terms.residual = match terms.residual {
                    Residual::Amount(_) => Residual::Amount(money),
                    Residual::Percent(_) => Residual::Percent(rate),
                };
            }
            _ => {}
        }
    }

    /// Where the field stands in the deal.
    pub(crate) fn pointer(&self) -> String {
        let column = |field: &str| format!("/columns/{}/{field}", self.column);
        match self.variable {
            Variable::Price => "/price".to_owned(),
            Variable::CashDown if self.own_cash => column("cashDown"),
            Variable::CashDown => "/cashDown".to_owned(),
            Variable::TradeAllowance => format!("/trades/{}/allowance", self.item),
            Variable::Rebate => format!("/rebates/{}/amount", self.item),
            Variable::Rate => column("rate"),
            Variable::TermMonths => column("termMonths"),
            Variable::MoneyFactor => column("moneyFactor"),
            Variable::Residual if self.is_money() => column("residual/amount"),
            Variable::Residual => column("residual/percent"),
        }
    }

    /// Units as a value of the field.
    pub(crate) fn value(&self, units: i64) -> Value {
        match self.kind {
            Kind::Money => Value::Money(Money::from_cents(units)),
            Kind::Rate => Value::Rate(Rate::from_units(units)),
            Kind::Count => Value::Count(u32::try_from(units).unwrap_or_default()),
        }
    }

    /// A typed value in units, within the field's limits.
    ///
    /// # Errors
    /// It is not of the field's kind, or out of its limits.
    pub(crate) fn read(&self, typed: &Typed, pointer: impl Into<String>) -> Result<i64, FieldError> {
        let text = typed.0.as_str();
        let units = match self.kind {
            Kind::Money => text.parse::<Money>().map(Money::cents).map_err(|error| error.to_string()),
            Kind::Rate => text.parse::<Rate>().map(Rate::units).map_err(|error| error.to_string()),
            Kind::Count => text.parse::<u16>().map(i64::from).map_err(|_| "not a number of months".to_owned()),
        };
        match units {
            Ok(units) if (self.least()..=self.most).contains(&units) => Ok(units),
            Ok(_) => {
                let (code, words) = match self.kind {
                    Kind::Money => ("amount-out-of-range", "the amount is outside the limits of its field"),
                    Kind::Rate => ("rate-out-of-range", "the rate is outside the limits of its field"),
                    Kind::Count => ("term-out-of-range", "the term is outside the limits of its field"),
                };
                Err(FieldError::new(pointer, code, words))
            }
            Err(detail) => Err(FieldError::new(pointer, "invalid-value", detail)),
        }
    }
}

const MONEY: (Kind, i64, i64) = (Kind::Money, MOST_MONEY.cents(), 1);
