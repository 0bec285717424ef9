//! A lease column: the capitalised cost, the payments with their tax, and what is due at signing.

mod charges;
mod residual;
mod steps;

use super::calculate::ColumnError;
use super::column::LeaseTerms;
use super::common::Work;
use super::gross::{self, Spread};
use super::output::{ColumnResult, Common, Figures, LeaseFigures, PaymentRun, SigningItem, TaxSummary};
use super::ratios::{self, Basis};
use super::taxes;
use crate::FinanceError;
use crate::lease::{Lease, LeasePayment, rate_of_factor};
use autolytiq_money::{Money, Rate, Rounding};
use autolytiq_tax::{Capitalized, CapitalizedTax, DealKind, LeaseQuantities, TaxOutcome};
use charges::Charges;
use std::cmp::Reverse;

pub(super) fn column(work: &mut Work<'_>, terms: &LeaseTerms) -> Result<ColumnResult, ColumnError> {
    let term = Some(terms.term_months);
    let mut fees = work.fees(DealKind::Lease, term)?;
    charges::place(work, terms, &mut fees).map_err(ColumnError::Field)?;
    let amounts = fees.amounts();
    let facts = work.facts(DealKind::Lease, term, &amounts);
    let common =
        Common { fees: fees.total, cash_down: terms.cash_down.unwrap_or(work.input.cash_down), ..work.sums.common };
    let build = Build {
        terms,
        charges: Charges::of(work, terms, &fees)?,
        common: &common,
        residual: residual::of(work, terms)?,
        factor: factor(terms, terms.money_factor)?,
        rebates_received: work.sums.rebates_received(),
    };

    let upfront = CapitalizedTax { all: terms.capitalize.upfront_tax, each: &terms.capitalize.each_tax };
    let taxed = autolytiq_tax::evaluate_lease(work.rules, &facts, work.rates, &upfront, |tax| build.quantities(tax))?;
    let outcome = taxed.outcome;
    let cap = build.cap(taxed.capitalized)?;
    let lease = build.lease(&cap);
    let paid = lease.payment()?;
    let upfront_tax = outcome.upfront()?.try_sub(taxed.capitalized)?;

    let payments = runs(&outcome, paid.base_payment, lease.payments())?;
    let payment = usual(&payments).map_or(paid.base_payment, |run| run.amount);
    let payment_tax = payment.try_sub(paid.base_payment)?;
    let first_payment = payments.first().map_or(payment, |run| run.amount);
    let advance = advance(&payments, terms)?;
    let security_deposit = build.deposits(paid.base_payment)?.try_add(terms.security_deposit)?;
    let signing = build.signing(first_payment, advance, upfront_tax, security_deposit);
    let due_at_signing = Money::try_sum(signing.iter().map(|item| item.amount))?;
    let mut all_payments = Money::ZERO;
    for run in &payments {
        all_payments = all_payments.try_add(run.amount.times_count(run.count.into())?)?;
    }
    let at_signing = due_at_signing.try_add(common.rebates)?.try_add(common.net_trade)?;
    let total_of_payments = at_signing
        .try_sub(security_deposit)?
        .try_add(all_payments.try_sub(first_payment)?.try_sub(advance)?)?
        .try_add(terms.disposition_fee)?;
    let figures = LeaseFigures {
        common,
        gross_cap_cost: cap.gross,
        cap_cost_reduction: cap.reduction,
        adjusted_cap_cost: cap.adjusted,
        residual: build.residual,
        depreciation: paid.depreciation,
        rent_charge: paid.rent_charge,
        base_payment: paid.base_payment,
        payment_tax,
        payment,
        payments,
        money_factor: build.factor,
        rate_equivalent: rate_of_factor(build.factor)?,
        term_months: terms.term_months,
        total_of_payments,
        due_at_signing,
        signing,
        acquisition_fee: terms.acquisition_fee,
        disposition_fee: terms.disposition_fee,
        security_deposit,
        payment_count: terms.options.single_payment.then_some(1),
    };
    build.notices(work, &figures);

    let mut trace = work.trace(40);
    work.trace_common(&mut trace, &common);
    fees.trace(&mut trace);
    let tax = TaxSummary {
        total: outcome.total()?,
        at_signing: upfront_tax,
        capitalized: taxed.capitalized,
        per_payment: payment_tax,
        buyer_pays: outcome.buyer_pays()?,
        lines: outcome.lines,
    };
    work.notices.extend(outcome.notices);
    taxes::trace_lines(&mut trace, &tax);
    build.charges.trace(work, terms, &fees.lines, &mut trace);
    build.trace(work, &mut trace, &figures, &tax, &steps::Totals { first_payment, advance, all_payments });
    let basis = Basis {
        owed: cap.adjusted,
        products: Money::try_sum(build.charges.products)?,
        payment: (!terms.options.single_payment).then_some(payment),
    };
    let ratios = ratios::of(work.input, &basis, &mut trace);
    let spread = spread(terms, &lease, &paid)?;
    taxes::link(&mut trace);
    let gross = gross::of(work.input, &spread, &mut trace)?;
    Ok(ColumnResult {
        id: terms.id.clone(),
        figures: Figures::Lease(figures),
        tax,
        fees: fees.lines,
        ratios,
        limits: Vec::new(),
        gross,
        trace,
    })
}

/// A money factor less what multiple deposits take off it, not below nothing.
fn factor(terms: &LeaseTerms, quoted: Rate) -> Result<Rate, FinanceError> {
    match terms.options.multiple_deposits {
        Some(deposits) => Ok(quoted.try_sub(deposits.step.times_count(deposits.count.into())?)?.max(Rate::ZERO)),
        None => Ok(quoted),
    }
}

/// The payments made in advance beside the first one: the last ones of the term, with their tax.
fn advance(payments: &[PaymentRun], terms: &LeaseTerms) -> Result<Money, FinanceError> {
    let mut left = if terms.options.single_payment { 0 } else { terms.options.advance_payments.saturating_sub(1) };
    let mut sum = Money::ZERO;
    for run in payments.iter().rev() {
        let count = left.min(run.count);
        sum = sum.try_add(run.amount.times_count(count.into())?)?;
        left -= count;
    }
    Ok(sum)
}

/// What the capitalised cost is built from.
struct Build<'a> {
    terms: &'a LeaseTerms,
    charges: Charges,
    common: &'a Common,
    residual: Money,
    /// The money factor after what multiple deposits take off.
    factor: Rate,
    rebates_received: Money,
}

/// The capitalised cost, from gross to adjusted.
struct Cap {
    gross: Money,
    reduction: Money,
    adjusted: Money,
}

impl Build<'_> {
    /// The capitalised cost when it carries `tax`.
    fn cap(&self, tax: Money) -> Result<Cap, FinanceError> {
        let common = self.common;
        let base = [common.price, common.accessories, common.negative_equity, tax];
        let charges = self.charges.all.iter().map(|charge| charge.capitalized);
        let gross = Money::try_sum(base.into_iter().chain(charges))?;
        let reduction = common.cash_down.try_add(common.rebates)?.try_add(common.net_trade)?;
        Ok(Cap { gross, reduction, adjusted: gross.try_sub(reduction)? })
    }

    fn lease(&self, cap: &Cap) -> Lease {
        let options = self.terms.options;
        Lease {
            adjusted_cap_cost: cap.adjusted,
            residual: self.residual,
            money_factor: self.factor,
            months: self.terms.term_months,
            method: options.method,
            advance: options.advance_payments,
            single: options.single_payment,
        }
    }

    /// The multiple deposits: as many base payments, each rounded up.
    fn deposits(&self, base_payment: Money) -> Result<Money, FinanceError> {
        let Some(deposits) = self.terms.options.multiple_deposits else { return Ok(Money::ZERO) };
        let unit = deposits.round_to.max(Money::CENT);
        let units = Rounding::Up.divide(base_payment.or_zero().cents().into(), unit.cents().into())?;
        let each = unit.times_count(u32::try_from(units).map_err(|_| FinanceError::OutOfRange)?)?;
        Ok(each.times_count(deposits.count.into())?)
    }

    /// The lease as the tax rules see it when its cost carries `tax`.
    fn quantities(&self, tax: Money) -> Result<LeaseQuantities, FinanceError> {
        let (terms, common) = (self.terms, self.common);
        let cap = self.cap(tax)?;
        let lease = self.lease(&cap);
        let paid = lease.payment()?;
        Ok(LeaseQuantities {
            term_months: lease.payments(),
            payment: paid.base_payment,
            payment_per_dollar: lease.payment_per_dollar()?,
            cash_reduction: common.cash_down,
            rebate_reduction: self.rebates_received,
            trade_reduction: common.net_trade,
            acquisition_fee: terms.acquisition_fee,
            gross_cap: cap.gross,
            adjusted_cap: cap.adjusted,
            residual: self.residual,
            rent_charge: paid.rent_charge,
            capitalized: Capitalized {
                acquisition_fee: terms.capitalize.acquisition_fee,
                doc_fee: terms.capitalize.doc_fee,
                products: self.charges.products,
            },
        })
    }

    /// What the customer hands over at signing. A charge is here or in the capitalised cost, never in both.
    fn signing(
        &self,
        first_payment: Money,
        advance: Money,
        upfront_tax: Money,
        security_deposit: Money,
    ) -> Vec<SigningItem> {
        let mut items = Vec::with_capacity(9);
        items.push(SigningItem { code: "firstPayment", amount: first_payment });
        let mut add = |code, amount: Money| {
            if !amount.is_zero() {
                items.push(SigningItem { code, amount });
            }
        };
        add("advancePayments", advance);
        add("cashReduction", self.common.cash_down);
        for charge in &self.charges.all {
            add(charge.code, charge.at_signing);
        }
        add("upfrontTax", upfront_tax);
        add("securityDeposit", security_deposit);
        items
    }

    fn notices(&self, work: &mut Work<'_>, figures: &LeaseFigures) {
        if figures.residual > figures.adjusted_cap_cost {
            let detail = format!(
                "the residual of {} is above the adjusted cap cost of {}: there is no depreciation to pay",
                figures.residual, figures.adjusted_cap_cost
            );
            work.notices.warn("residual-above-cap", detail, work.pointer("residual"));
        }
        if figures.payment.is_negative() {
            let detail = "cash, rebates and trade exceed what the lease costs: the payment is below zero";
            work.notices.warn("payment-below-zero", detail, format!("/columns/{}", work.index));
        }
        if figures.payments.len() > 1 {
            let detail = "the tax is limited over the term, so that the payments are not all the same";
            work.notices.info("payments-differ", detail, format!("/columns/{}", work.index));
        }
    }
}

/// All payments in runs of equal ones, tax included.
fn runs(outcome: &TaxOutcome, base: Money, term: u16) -> Result<Vec<PaymentRun>, FinanceError> {
    let mut starts: Vec<u16> = vec![1];
    for span in outcome.lines.iter().flat_map(|line| &line.payments) {
        starts.push(span.first);
        starts.push(span.first.saturating_add(span.count));
    }
    starts.sort_unstable();
    starts.dedup();
    starts.retain(|start| (1..=term).contains(start));
    let mut runs: Vec<PaymentRun> = Vec::with_capacity(starts.len());
    for (index, first) in starts.iter().copied().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(term + 1);
        let amount = base.try_add(outcome.on_payment(first)?)?;
        match runs.last_mut() {
            Some(run) if run.amount == amount => run.count += end - first,
            _ => runs.push(PaymentRun { first, count: end - first, amount }),
        }
    }
    Ok(runs)
}

/// The run that most payments belong to, the earlier of two as long.
fn usual(runs: &[PaymentRun]) -> Option<PaymentRun> {
    runs.iter().copied().max_by_key(|run| (run.count, Reverse(run.first)))
}

/// The reserve's spread: the rent at the customer's factor against the rent at the lessor's.
fn spread(terms: &LeaseTerms, lease: &Lease, paid: &LeasePayment) -> Result<Spread, FinanceError> {
    match (terms.buy_money_factor, terms.reserve_share) {
        (Some(money_factor), Some(share)) => {
            let bought = Lease { money_factor: factor(terms, money_factor)?, ..*lease }.payment()?.rent_charge;
            Ok(Spread { sold: paid.rent_charge, bought, share, sold_to_lender: true })
        }
        _ => Ok(Spread { sold_to_lender: true, ..Spread::NONE }),
    }
}
