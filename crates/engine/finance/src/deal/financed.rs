//! A finance column: the note, its payments, and the disclosures of Regulation Z.

mod explain;

use super::calculate::ColumnError;
use super::cash::{left_to_pay, total_price, trace_total_price};
use super::column::FinanceTerms;
use super::common::{Depth, Work};
use super::fees::Fees;
use super::gross::{self, Spread};
use super::input::ReserveMethod;
use super::output::{ColumnResult, Common, Figures, FinanceFigures, LimitVerdict, TaxSummary};
use super::ratios::{self, Basis};
use super::taxes;
use crate::FinanceError;
use crate::apr::{Equation, NoApr, Series, Term, Transaction, UnitPeriods};
use crate::decimal::{div, mul};
use crate::loan::{Contract, Frequency, Level, Row, Totals, Worked, steps};
use crate::trace::Trace;
use autolytiq_calendar::DueDates;
use autolytiq_money::{Money, Rate, Rounding};
use autolytiq_tax::{DealKind, Facts, FinanceLimit, FinanceLimitKind, TaxOutcome};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What a sale on credit carries before the credit itself is known.
struct Levied {
    fees: Fees,
    taxes: TaxOutcome,
    common: Common,
    /// The part of the down payment that comes later.
    deferred: Money,
}

/// Fees and taxes, a tax on the note among them.
fn levied(work: &mut Work<'_>, terms: &FinanceTerms) -> Result<Levied, ColumnError> {
    let term = Some(terms.term_months);
    let fees = work.fees(DealKind::Finance, term)?;
    let amounts = fees.amounts();
    let facts = work.facts(DealKind::Finance, term, &amounts);
    let mut taxes = autolytiq_tax::evaluate(work.rules, &facts, work.rates)?;
    let common =
        Common { fees: fees.total, cash_down: terms.cash_down.unwrap_or(work.input.cash_down), ..work.sums.common };
    // A tax on the note stands on what remains to be financed without it; the rules solve for the note that carries it.
    let deferred = Money::try_sum(terms.deferred_down.iter().map(|part| part.amount))?;
    let before_note = left_to_pay(total_price(&common, taxes.upfront()?)?, &common)?.try_sub(deferred)?;
    if before_note.is_positive() {
        let note = autolytiq_tax::evaluate_note(work.rules, &facts, work.rates, before_note, true)?;
        taxes.lines.extend(note.lines);
        taxes.notices.extend(note.notices);
    }
    Ok(Levied { fees, taxes, common, deferred })
}

/// The taxes alone.
pub(super) fn taxes_of(work: &mut Work<'_>, terms: &FinanceTerms) -> Result<TaxSummary, ColumnError> {
    Ok(taxes::retail(&mut Trace::off(), levied(work, terms)?.taxes.lines)?)
}

pub(super) fn column(work: &mut Work<'_>, terms: &FinanceTerms) -> Result<ColumnResult, ColumnError> {
    let Levied { fees, taxes: outcome, common, deferred } = levied(work, terms)?;
    let amounts = fees.amounts();
    let mut facts = work.facts(DealKind::Finance, Some(terms.term_months), &amounts);
    let total_price = total_price(&common, outcome.upfront()?)?;
    let principal = left_to_pay(total_price, &common)?.try_sub(deferred)?;
    facts.amount_financed = Some(principal);

    let due =
        terms.plan.due(work.input.deal_date, terms.first_payment, terms.term_months).map_err(FinanceError::from)?;
    let credit = Credit::of(work, terms, principal, due)?;
    let figures = FinanceFigures {
        common,
        total_price,
        principal,
        amount_financed: credit.amount_financed,
        prepaid_finance_charge: terms.prepaid_finance_charge,
        rate: terms.rate,
        term_months: terms.term_months,
        payment_count: (!terms.plan.is_default()).then_some(credit.contract.payments),
        deferred_down: (!terms.deferred_down.is_empty()).then_some(deferred),
        first_payment: due.first(),
        payment: credit.totals.payment,
        final_payment: credit.totals.final_payment,
        finance_charge: credit.finance_charge,
        total_of_payments: credit.totals.total_of_payments,
        total_sale_price: total_price.try_add(credit.finance_charge)?,
        apr: credit.apr,
    };
    let limits = work.hold_limits(&facts, terms, &figures)?;

    let mut trace = work.trace(36);
    work.trace_common(&mut trace, &common);
    fees.trace(&mut trace);
    let tax = taxes::retail(&mut trace, outcome.lines)?;
    work.notices.extend(outcome.notices);
    trace_total_price(&mut trace, &common, total_price, tax.at_signing);
    explain::trace_credit(&mut trace, work, terms, &figures, &credit);
    let monthly = terms.plan.frequency == Frequency::Monthly && principal.is_positive();
    let basis = Basis { owed: principal, products: common.products, payment: monthly.then_some(credit.totals.payment) };
    let ratios = ratios::of(work.input, &basis, &mut trace);
    let spread = spread(work, terms, &credit)?;
    taxes::link(&mut trace);
    let gross = gross::of(work.input, &spread, &mut trace)?;
    Ok(ColumnResult {
        id: terms.id.clone(),
        figures: Figures::Finance(figures),
        tax,
        fees: fees.lines,
        ratios,
        limits,
        gross,
        trace,
    })
}

/// The credit itself.
struct Credit<'a> {
    contract: Contract<'a>,
    level: Level,
    totals: Totals,
    amount_financed: Money,
    finance_charge: Money,
    apr: Option<Rate>,
}

impl<'a> Credit<'a> {
    fn of(work: &mut Work<'_>, terms: &'a FinanceTerms, principal: Money, due: DueDates) -> Result<Self, ColumnError> {
        let contract = contract(terms, work.input.deal_date, principal, due);
        if !principal.is_positive() {
            let owed = principal.try_neg()?;
            let detail = if owed.is_zero() {
                "nothing remains to be financed".to_owned()
            } else {
                format!(
                    "trade, rebates and cash exceed the price: nothing is financed, and the store owes the customer {owed}"
                )
            };
            work.notices.info("nothing-to-finance", detail, format!("/columns/{}", work.index));
            // No credit is extended, so no charge is made for it.
            let totals = Totals::NONE;
            let level = Level { payment: totals.payment, division: None };
            let (amount_financed, finance_charge) = (principal, Money::ZERO);
            return Ok(Self { contract, level, totals, amount_financed, finance_charge, apr: None });
        }
        // An ordinary loan needs no lines; any other is gone through once for all that is asked of it.
        let worked = if contract.is_annuity() { None } else { Some(contract.work_out()?) };
        let totals = worked.as_ref().map_or_else(|| contract.totals(), |worked| Ok(worked.totals))?;
        let amount_financed = principal.try_sub(terms.prepaid_finance_charge)?;
        // Without a prepaid charge there always is a rate, so that nothing is left unsaid where it is not asked for.
        let wanted = work.depth == Depth::Explained || !terms.prepaid_finance_charge.is_zero();
        let apr = match wanted.then(|| apr(&contract, worked.as_ref(), &totals, amount_financed)).transpose()? {
            Some(Ok(apr)) => Some(apr),
            Some(Err(reason)) => {
                work.notices.warn("no-apr", reason.words(), work.pointer("prepaidFinanceCharge"));
                None
            }
            None => None,
        };
        // Cents of rounding, multiplied by a high rate over a long term, end up in the last payment.
        let tolerance = totals.payment.try_add(terms.plan.balloon)?.try_add(Money::from_dollars(10))?;
        if totals.final_payment > tolerance {
            let detail = format!(
                "the payment rounded to the cent leaves {} for the last payment; a payment one cent higher avoids that",
                totals.final_payment
            );
            work.notices.warn("last-payment-larger", detail, work.pointer("rate"));
        }
        let finance_charge = totals.total_of_payments.try_sub(amount_financed)?;
        let level = worked.map_or(Level { payment: totals.payment, division: None }, |worked| worked.level);
        Ok(Self { contract, level, totals, amount_financed, finance_charge, apr })
    }
}

fn contract(terms: &FinanceTerms, start: Date, amount: Money, due: DueDates) -> Contract<'_> {
    let payments = terms.plan.count(terms.term_months);
    Contract { amount, rate: terms.rate, start, due, payments, plan: &terms.plan }
}

/// The lines of a column's schedule without their dates; none where nothing is financed.
///
/// # Errors
/// As [`Contract::level`].
pub(crate) fn schedule(terms: &FinanceTerms, start: Date, principal: Money) -> Result<Vec<Row>, FinanceError> {
    if !principal.is_positive() {
        return Ok(Vec::new());
    }
    let due = terms.plan.due(start, terms.first_payment, terms.term_months)?;
    contract(terms, start, principal, due).rows()?.collect()
}

/// The annual percentage rate of the contract.
fn apr(
    contract: &Contract<'_>,
    worked: Option<&Worked>,
    totals: &Totals,
    advance: Money,
) -> Result<Result<Rate, NoApr>, FinanceError> {
    let unit = contract.due.unit();
    if contract.is_annuity() && contract.payments > 1 && !totals.ran_out {
        // Only the last payment differs, and no date but the first matters.
        let transaction = Transaction {
            advance,
            payment: totals.payment,
            final_payment: totals.final_payment,
            payments: contract.payments,
            first: steps::first_period(contract).into(),
            per_year: unit.per_year(),
        };
        return transaction.apr(contract.rate);
    }
    let single = contract.plan.frequency == Frequency::Single && contract.plan.extra_payments.is_empty();
    let term = if single { Term::of_single(contract.start, contract.due)? } else { Term::Units(unit) };
    let advance = Series { amount: advance, count: 1, at: UnitPeriods::NOW };
    let payments = match worked {
        Some(worked) => worked.series(contract, term)?,
        None => contract.work_out()?.series(contract, term)?,
    };
    Equation { advances: &[advance], payments: &payments, per_year: term.per_year() }.apr(contract.rate)
}

/// The reserve's spread: the interest at the contract rate against the interest at the lender's rate on the same note.
fn spread(work: &Work<'_>, terms: &FinanceTerms, credit: &Credit<'_>) -> Result<Spread, FinanceError> {
    if !credit.contract.amount.is_positive() {
        return Ok(Spread::NONE);
    }
    let Some((rate, share)) = terms.buy_rate.zip(terms.reserve_share) else {
        return Ok(Spread { sold_to_lender: true, ..Spread::NONE });
    };
    let program = work.input.costs.as_ref().and_then(|costs| costs.reserve.as_ref());
    let present = program.is_some_and(|program| program.method == ReserveMethod::PresentValue);
    let at_buy = Contract { rate, ..credit.contract };
    if present && credit.contract.is_annuity() {
        // Worth at the lender's rate: in the ratio of the payment to the one that would repay the principal at that rate. That
        // one is taken from a principal a thousand times as large, so that its cents do not show.
        let scaled = Contract { amount: credit.contract.amount.times_count(1_000)?, ..at_buy }.level()?.payment;
        let worth =
            div(mul(credit.totals.payment.to_decimal(), credit.contract.amount.to_decimal())?, scaled.to_decimal())?;
        let sold = Money::from_decimal(mul(worth, Decimal::from(1_000))?, Rounding::HalfUp)?;
        return Ok(Spread { sold, bought: credit.contract.amount, share, sold_to_lender: true });
    }
    let bought = at_buy.totals()?.interest;
    Ok(Spread { sold: credit.totals.interest, bought, share, sold_to_lender: true })
}

impl Work<'_> {
    /// Warns where the price of the credit passes a limit of the jurisdiction: any limit that stands alone, or all of those of
    /// which the creditor may obey any one.
    fn hold_limits(
        &mut self,
        facts: &Facts<'_>,
        terms: &FinanceTerms,
        figures: &FinanceFigures,
    ) -> Result<Vec<LimitVerdict>, ColumnError> {
        let mut verdicts = Vec::new();
        for limit in autolytiq_tax::finance_limits(self.rules, facts)? {
            let Some(actual) = price_of_credit(limit.kind, terms, figures)? else { continue };
            let passed = actual > limit.limit;
            verdicts.push(LimitVerdict { limit, passed, broken: passed });
        }
        if verdicts.iter().any(|verdict| verdict.limit.alternative && !verdict.passed) {
            for verdict in verdicts.iter_mut().filter(|verdict| verdict.limit.alternative) {
                verdict.broken = false;
            }
        }
        for verdict in verdicts.iter().filter(|verdict| verdict.broken) {
            self.warn_of_limit(&verdict.limit);
        }
        self.hold_markup(terms)?;
        Ok(verdicts)
    }

    /// Warns where the mark-up passes what the lender's own program allows. The numbers stay between lender and store.
    fn hold_markup(&mut self, terms: &FinanceTerms) -> Result<(), ColumnError> {
        let program = self.input.costs.as_ref().and_then(|costs| costs.reserve.as_ref());
        let most = program.and_then(|program| program.most_markup);
        if let (Some(most), Some(buy)) = (most, terms.buy_rate)
            && terms.rate.try_sub(buy)? > most
        {
            let detail = "the contract rate is further above the lender's rate than its program allows";
            self.notices.warn("markup-above-program", detail, self.pointer("rate"));
        }
        Ok(())
    }

    /// Only the limit is named: what it was compared with would tell the lender's rate.
    fn warn_of_limit(&mut self, limit: &FinanceLimit) {
        let standing = if limit.verified { "" } else { " (this limit is not verified)" };
        let detail = format!(
            "{}: the limit of {} in {} is passed{standing} ({}, {})",
            limit.name, limit.limit, self.rules.name, limit.source.title, limit.source.citation
        );
        self.notices.warn("finance-limit", detail, self.pointer("rate"));
    }
}

/// What a limit is held against; `None` where the deal does not have it.
fn price_of_credit(
    kind: FinanceLimitKind,
    terms: &FinanceTerms,
    figures: &FinanceFigures,
) -> Result<Option<Rate>, FinanceError> {
    Ok(match kind {
        FinanceLimitKind::YearlyRate => Some(terms.rate),
        FinanceLimitKind::Markup => terms.buy_rate.map(|buy| terms.rate.try_sub(buy)).transpose()?,
        FinanceLimitKind::AddOn if figures.amount_financed.is_positive() => {
            // The charge for a year on each dollar first financed.
            let charge = figures.finance_charge.times_count(12)?;
            let financed = figures.amount_financed.times_count(terms.term_months.into())?;
            Some(charge.ratio_of(financed, Rounding::HalfUp)?)
        }
        FinanceLimitKind::AddOn => None,
    })
}
