//! Components of a deal, and sums of them.

use super::context::Context;
use super::unknown::Unknown;
use crate::error::RuleError;
use crate::facts::{LeaseQuantities, TradeAmount};
use crate::kinds::VehicleClass;
use crate::outcome::TaxStep;
use crate::rule::{Component, Scope, Term, TradeFilter};
use autolytiq_money::{Money, MoneyError};
use rust_decimal::Decimal;

impl Context<'_> {
    /// The sum of the terms that apply, or nothing when it needs a value that nobody gave. Terms that come to something are
    /// written into the steps. `lines` are the amounts of earlier lines of the same list.
    pub(super) fn sum(
        &self,
        terms: &[Term],
        lines: &[Money],
        mut steps: Option<&mut Vec<TaxStep>>,
    ) -> Result<Option<Decimal>, RuleError> {
        let mut total = Decimal::ZERO;
        for term in terms {
            if !self.holds(term.when) {
                continue;
            }
            let Some(amount) = self.amount(term, lines)? else { return Ok(None) };
            if amount.is_zero() {
                continue;
            }
            let mut counted = match term.part {
                Some(part) => amount.checked_mul(part.to_decimal()).ok_or(RuleError::Overflow)?,
                None => amount,
            };
            if let Some(limit) = term.up_to {
                counted = counted.min(limit.to_decimal());
            }
            if term.negative {
                counted = -counted;
            }
            total = total.checked_add(counted).ok_or(RuleError::Overflow)?;
            if let Some(steps) = steps.as_deref_mut() {
                steps.push(TaxStep::Component { name: term.name, amount, counted, part: term.part, limit: term.up_to });
            }
        }
        Ok(Some(total))
    }

    fn amount(&self, term: &Term, lines: &[Money]) -> Result<Option<Decimal>, RuleError> {
        let whole = match (self.component(term.of, term.trades, lines)?, term.or) {
            (None, Some(other)) => self.component(other, term.trades, lines)?,
            (found, _) => found,
        };
        let Some(whole) = whole else { return Ok(None) };
        if term.scope == Scope::Whole {
            return Ok(Some(whole.to_decimal()));
        }
        let Some(lease) = self.facts.lease.filter(|_| !whole.is_zero()) else { return Ok(Some(Decimal::ZERO)) };
        let capitalized = self.capitalized(term.of, whole, lease)?;
        let share = |times: u16| -> Result<Decimal, RuleError> {
            let one = capitalized.to_decimal().checked_mul(lease.payment_per_dollar).ok_or(RuleError::Overflow)?;
            one.checked_mul(Decimal::from(times)).ok_or(RuleError::Overflow)
        };
        Ok(Some(match term.scope {
            Scope::Whole => whole.to_decimal(),
            Scope::Signing => whole.try_sub(capitalized)?.to_decimal(),
            Scope::Capitalized => capitalized.to_decimal(),
            Scope::Share => share(1)?,
            Scope::Shares => share(lease.term_months)?,
        }))
    }

    /// What of a charge is in the capitalised cost; the rest is paid at signing.
    fn capitalized(&self, of: Component, whole: Money, lease: &LeaseQuantities) -> Result<Money, MoneyError> {
        let choice = &lease.capitalized;
        let all = match of {
            Component::Fee(code) => return self.fees(|fee| fee.capitalized && fee.code == code),
            Component::TaxableFees => {
                return self.fees(|fee| fee.capitalized && fee.taxable && !self.is_rule_fee(fee.code));
            }
            Component::Fees => return self.fees(|fee| fee.capitalized),
            Component::Product(kind) => return Ok(choice.products.get(kind.index()).copied().unwrap_or_default()),
            Component::Products => return Money::try_sum(choice.products),
            Component::AcquisitionFee => choice.acquisition_fee,
            Component::DocFee => choice.doc_fee,
            // Old debt is never paid at signing: what is paid in cash is a cap reduction.
            Component::NegativeEquity => true,
            _ => false,
        };
        Ok(if all { whole } else { Money::ZERO })
    }

    /// The amount of a component; nothing when it is a value that nobody gave.
    fn component(
        &self,
        of: Component,
        filter: Option<&TradeFilter>,
        lines: &[Money],
    ) -> Result<Option<Money>, RuleError> {
        let facts = self.facts;
        let amounts = &facts.amounts;
        let money = match of {
            Component::Price => amounts.price,
            Component::Accessories => amounts.accessories,
            Component::DocFee => amounts.doc_fee,
            Component::Fee(code) => self.fees(|fee| fee.code == code)?,
            Component::TaxableFees => self.fees(|fee| fee.taxable && !self.is_rule_fee(fee.code))?,
            Component::Fees => self.fees(|_| true)?,
            Component::Product(kind) => amounts.products.get(kind.index()).copied().unwrap_or_default(),
            Component::Products => Money::try_sum(amounts.products)?,
            Component::Rebate(kind) => amounts.rebates.get(kind.index()).copied().unwrap_or_default(),
            Component::Rebates => Money::try_sum(amounts.rebates)?,
            Component::TradeAllowance => self.trades(filter, |trade| trade.allowance)?,
            Component::TradePayoff => self.trades(filter, |trade| trade.payoff)?,
            Component::TradeEquity => {
                let allowance = self.trades(filter, |trade| trade.allowance)?;
                allowance.try_sub(self.trades(filter, |trade| trade.payoff)?)?.or_zero()
            }
            Component::NegativeEquity => {
                let allowance = Money::try_sum(amounts.trades.iter().map(|trade| trade.allowance))?;
                let payoff = Money::try_sum(amounts.trades.iter().map(|trade| trade.payoff))?;
                payoff.try_sub(allowance)?.or_zero()
            }
            Component::PrivateSale => facts.buyer.private_sale.map_or(Money::ZERO, |sale| sale.amount),
            Component::InsuranceProceeds => facts.buyer.insurance_proceeds,
            Component::TaxPaidElsewhere => facts.buyer.tax_paid_elsewhere,
            Component::HomeTax => return Ok(self.value(facts.buyer.home_state_tax, Unknown::HomeTax)),
            Component::Msrp => return Ok(self.value(facts.vehicle.msrp, Unknown::Msrp)),
            Component::FairValue => return Ok(self.value(facts.vehicle.fair_value, Unknown::FairValue)),
            Component::AssessedValue => return Ok(self.value(facts.vehicle.assessed_value, Unknown::AssessedValue)),
            Component::GuideTradeValue => {
                return Ok(self.value(facts.vehicle.guide_trade_value, Unknown::GuideTradeValue));
            }
            Component::AmountFinanced => return Ok(facts.amount_financed),
            Component::Line(index) => lines.get(usize::from(index)).copied().unwrap_or_default(),
            _ => match facts.lease {
                Some(lease) => lease_component(of, lease)?,
                None => Money::ZERO,
            },
        };
        Ok(Some(money))
    }

    fn value(&self, given: Option<Money>, fact: Unknown) -> Option<Money> {
        if given.is_none() {
            self.missed(fact);
        }
        given
    }

    fn fees(&self, counts: impl Fn(&crate::facts::FeeAmount<'_>) -> bool) -> Result<Money, MoneyError> {
        Money::try_sum(self.facts.amounts.fees.iter().filter(|fee| counts(fee)).map(|fee| fee.amount))
    }

    fn is_rule_fee(&self, code: &str) -> bool {
        self.version.fees.iter().any(|fee| fee.line.id == code)
    }

    /// Sums over the trades the customer owns and the filter lets pass.
    fn trades(&self, filter: Option<&TradeFilter>, of: fn(&TradeAmount) -> Money) -> Result<Money, MoneyError> {
        let counts = |trade: &&TradeAmount| {
            !trade.leased
                && filter.is_none_or(|filter| {
                    let class = trade.class.unwrap_or(VehicleClass::Passenger);
                    (filter.classes.is_empty() || filter.classes.contains(&class))
                        && (!filter.taxed_here || trade.taxed_here.unwrap_or(true))
                })
        };
        Money::try_sum(self.facts.amounts.trades.iter().filter(counts).map(of))
    }
}

fn lease_component(of: Component, lease: &LeaseQuantities) -> Result<Money, MoneyError> {
    match of {
        Component::Payment => Ok(lease.payment),
        Component::TotalPayments => lease.payment.times_count(lease.term_months.into()),
        Component::RemainingPayments => lease.payment.times_count(lease.term_months.saturating_sub(1).into()),
        Component::CashReduction => Ok(lease.cash_reduction),
        Component::RebateReduction => Ok(lease.rebate_reduction),
        Component::TradeReduction => Ok(lease.trade_reduction),
        Component::AcquisitionFee => Ok(lease.acquisition_fee),
        Component::GrossCap => Ok(lease.gross_cap),
        Component::AdjustedCap => Ok(lease.adjusted_cap),
        Component::Residual => Ok(lease.residual),
        Component::RentCharge => Ok(lease.rent_charge),
        _ => Ok(Money::ZERO),
    }
}
