//! Reading a column. One flat form with every field of every kind: unlike a buffered tagged enum it keeps the path of a
//! wrong value down to the field, and it is smaller and faster.

use super::{Capitalize, CashTerms, Column, FinanceTerms, LeaseOptions, LeaseTerms, Residual};
use crate::lease::factor_of_rate;
use crate::loan::{DatedAmount, PaymentPlan};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Cash,
    Finance,
    Lease,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AnyColumn {
    kind: Kind,
    id: String,
    term_months: Option<u16>,
    cash_down: Option<Money>,
    reserve_share: Option<Rate>,
    rate: Option<Rate>,
    #[serde(default, with = "autolytiq_calendar::iso::option")]
    first_payment: Option<Date>,
    prepaid_finance_charge: Option<Money>,
    buy_rate: Option<Rate>,
    plan: Option<PaymentPlan>,
    deferred_down: Option<Vec<DatedAmount>>,
    money_factor: Option<Rate>,
    residual: Option<Residual>,
    acquisition_fee: Option<Money>,
    disposition_fee: Option<Money>,
    security_deposit: Option<Money>,
    annual_miles: Option<u32>,
    capitalize: Option<Capitalize>,
    buy_money_factor: Option<Rate>,
    options: Option<LeaseOptions>,
}

/// Why fields do not make a column of their kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Misfit {
    Missing(&'static str),
    Foreign(&'static str),
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(f, "missing field `{field}`"),
            Self::Foreign(field) => write!(f, "the field `{field}` does not belong to a column of this kind"),
        }
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ColumnVisitor)
    }
}

/// Converts while the object is still being read, so that a misfit is reported at the column and not at the list.
struct ColumnVisitor;

impl<'de> Visitor<'de> for ColumnVisitor {
    type Value = Column;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column with its kind, its id and its terms")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Column, A::Error> {
        let any = AnyColumn::deserialize(MapAccessDeserializer::new(map))?;
        Column::try_from(any).map_err(A::Error::custom)
    }
}

impl TryFrom<AnyColumn> for Column {
    type Error = Misfit;

    fn try_from(any: AnyColumn) -> Result<Self, Misfit> {
        any.refuse_foreign()?;
        match any.kind {
            Kind::Cash => Ok(Self::Cash(CashTerms { id: any.id })),
            Kind::Finance => Ok(Self::Finance(FinanceTerms {
                id: any.id,
                rate: any.rate.ok_or(Misfit::Missing("rate"))?,
                term_months: any.term_months.ok_or(Misfit::Missing("termMonths"))?,
                first_payment: any.first_payment,
                prepaid_finance_charge: any.prepaid_finance_charge.unwrap_or_default(),
                cash_down: any.cash_down,
                buy_rate: any.buy_rate,
                reserve_share: any.reserve_share,
                plan: any.plan.unwrap_or_default(),
                deferred_down: any.deferred_down.unwrap_or_default(),
            })),
            Kind::Lease => Ok(Self::Lease(LeaseTerms {
                money_factor: any.factor()?,
                id: any.id,
                term_months: any.term_months.ok_or(Misfit::Missing("termMonths"))?,
                residual: any.residual.ok_or(Misfit::Missing("residual"))?,
                acquisition_fee: any.acquisition_fee.unwrap_or_default(),
                disposition_fee: any.disposition_fee.unwrap_or_default(),
                security_deposit: any.security_deposit.unwrap_or_default(),
                annual_miles: any.annual_miles,
                capitalize: any.capitalize.unwrap_or_default(),
                cash_down: any.cash_down,
                buy_money_factor: any.buy_money_factor,
                reserve_share: any.reserve_share,
                options: any.options.unwrap_or_default(),
            })),
        }
    }
}

impl AnyColumn {
    /// The money factor, or that of the rate in its place.
    fn factor(&self) -> Result<Rate, Misfit> {
        let of_rate = self.rate.and_then(|rate| factor_of_rate(rate).ok());
        self.money_factor.or(of_rate).ok_or(Misfit::Missing("moneyFactor"))
    }

    fn refuse_foreign(&self) -> Result<(), Misfit> {
        let (finance, lease) = (self.kind == Kind::Finance, self.kind == Kind::Lease);
        let fields = [
            ("termMonths", self.term_months.is_some(), finance || lease),
            ("cashDown", self.cash_down.is_some(), finance || lease),
            ("reserveShare", self.reserve_share.is_some(), finance || lease),
            ("rate", self.rate.is_some(), finance || lease && self.money_factor.is_none()),
            ("firstPayment", self.first_payment.is_some(), finance),
            ("prepaidFinanceCharge", self.prepaid_finance_charge.is_some(), finance),
            ("buyRate", self.buy_rate.is_some(), finance),
            ("plan", self.plan.is_some(), finance),
            ("deferredDown", self.deferred_down.is_some(), finance),
            ("moneyFactor", self.money_factor.is_some(), lease),
            ("residual", self.residual.is_some(), lease),
            ("acquisitionFee", self.acquisition_fee.is_some(), lease),
            ("dispositionFee", self.disposition_fee.is_some(), lease),
            ("securityDeposit", self.security_deposit.is_some(), lease),
            ("annualMiles", self.annual_miles.is_some(), lease),
            ("capitalize", self.capitalize.is_some(), lease),
            ("buyMoneyFactor", self.buy_money_factor.is_some(), lease),
            ("options", self.options.is_some(), lease),
        ];
        match fields.into_iter().find(|(_, present, own)| *present && !*own) {
            Some((name, ..)) => Err(Misfit::Foreign(name)),
            None => Ok(()),
        }
    }
}
