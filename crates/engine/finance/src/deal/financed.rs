//! A finance column: the note, its payments, and the disclosures of Regulation Z.

use super::calculate::ColumnError;
use super::cash::{after_total_price, left_to_pay, total_price, trace_total_price};
use super::column::FinanceTerms;
use super::common::{Depth, Work};
use super::gross::{self, Spread};
use super::output::{ColumnResult, Common, Figures, FinanceFigures};
use super::taxes;
use crate::FinanceError;
use crate::apr::{Transaction, UnitPeriods};
use crate::loan::{Loan, Totals};
use crate::sources::REGULATION_Z;
use crate::trace::{Input, Step, Trace, Value};
use autolytiq_calendar::{DueDates, MonthsAndDays};
use autolytiq_money::{Money, Rate, Rounding};
use autolytiq_tax::{DealKind, Facts, FinanceLimit, FinanceLimitKind};

pub(super) fn column(work: &mut Work<'_>, terms: &FinanceTerms) -> Result<ColumnResult, ColumnError> {
    let term = Some(terms.term_months);
    let fees = work.fees(DealKind::Finance, term)?;
    let amounts = fees.amounts();
    let mut facts = work.facts(DealKind::Finance, term, &amounts);
    let mut outcome = autolytiq_tax::evaluate(work.rules, &facts, work.rates)?;
    let common =
        Common { fees: fees.total, cash_down: terms.cash_down.unwrap_or(work.input.cash_down), ..work.sums.common };

    // A tax on the note stands on what remains to be financed without it; the rules solve for the note that carries it.
    let before_note = left_to_pay(total_price(&common, outcome.upfront()?)?, &common)?;
    if before_note.is_positive() {
        let note = autolytiq_tax::evaluate_note(work.rules, &facts, work.rates, before_note, true)?;
        outcome.lines.extend(note.lines);
        outcome.notices.extend(note.notices);
    }
    let total_price = total_price(&common, outcome.upfront()?)?;
    let principal = left_to_pay(total_price, &common)?;
    facts.amount_financed = Some(principal);

    let due = match terms.first_payment {
        Some(first) => DueDates::beginning(work.input.deal_date, first),
        None => DueDates::monthly_after(work.input.deal_date),
    }
    .map_err(FinanceError::from)?;
    let first_period = MonthsAndDays::to_first_due(work.input.deal_date, due).map_err(FinanceError::from)?;
    let credit = Credit::of(work, terms, principal, first_period)?;
    let figures = FinanceFigures {
        common,
        total_price,
        principal,
        amount_financed: credit.amount_financed,
        prepaid_finance_charge: terms.prepaid_finance_charge,
        rate: terms.rate,
        term_months: terms.term_months,
        first_payment: due.first(),
        payment: credit.totals.payment,
        final_payment: credit.totals.final_payment,
        finance_charge: credit.finance_charge,
        total_of_payments: credit.totals.total_of_payments,
        total_sale_price: total_price.try_add(credit.finance_charge)?,
        apr: credit.apr,
    };
    work.hold_limits(&facts, terms, &figures)?;

    let mut trace = work.trace(36);
    work.trace_common(&mut trace, &common);
    fees.trace(&mut trace);
    let tax = taxes::retail(&mut trace, outcome.lines)?;
    work.notices.extend(outcome.notices);
    trace_total_price(&mut trace, &common, total_price, tax.at_signing);
    trace_credit(&mut trace, work, terms, &figures, &credit);
    let spread = spread(terms, &credit)?;
    taxes::link(&mut trace);
    let gross = gross::of(work.input, &spread, &mut trace)?;
    Ok(ColumnResult { id: terms.id.clone(), figures: Figures::Finance(figures), tax, fees: fees.lines, gross, trace })
}

/// The credit itself.
struct Credit {
    loan: Loan,
    totals: Totals,
    amount_financed: Money,
    finance_charge: Money,
    apr: Option<Rate>,
}

impl Credit {
    fn of(
        work: &mut Work<'_>,
        terms: &FinanceTerms,
        principal: Money,
        first_period: MonthsAndDays,
    ) -> Result<Self, ColumnError> {
        let loan = Loan { amount: principal, rate: terms.rate, payments: terms.term_months, first_period };
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
            return Ok(Self { loan, totals, amount_financed: principal, finance_charge: Money::ZERO, apr: None });
        }
        let totals = loan.totals()?;
        let amount_financed = principal.try_sub(terms.prepaid_finance_charge)?;
        let transaction = Transaction {
            advance: amount_financed,
            payment: totals.payment,
            final_payment: totals.final_payment,
            payments: terms.term_months,
            first: UnitPeriods { whole: first_period.months, odd_days: first_period.days, days_in_period: 30 },
            per_year: 12,
        };
        // Without a prepaid charge there always is a rate, so that nothing is left unsaid where it is not asked for.
        let wanted = work.depth == Depth::Explained || !terms.prepaid_finance_charge.is_zero();
        let apr = match wanted.then(|| transaction.apr(terms.rate)).transpose()? {
            Some(Ok(apr)) => Some(apr),
            Some(Err(reason)) => {
                work.notices.warn("no-apr", reason.words(), work.pointer("prepaidFinanceCharge"));
                None
            }
            None => None,
        };
        // Cents of rounding, multiplied by a high rate over a long term, end up in the last payment.
        let tolerance = totals.payment.try_add(Money::from_dollars(10))?;
        if totals.final_payment > tolerance {
            let detail = format!(
                "the payment rounded to the cent leaves {} for the last payment; a payment one cent higher avoids that",
                totals.final_payment
            );
            work.notices.warn("last-payment-larger", detail, work.pointer("rate"));
        }
        let finance_charge = totals.total_of_payments.try_sub(amount_financed)?;
        Ok(Self { loan, totals, amount_financed, finance_charge, apr })
    }
}

/// The reserve's spread: the interest at the contract rate against the interest at the lender's rate on the same note.
fn spread(terms: &FinanceTerms, credit: &Credit) -> Result<Spread, FinanceError> {
    match (terms.buy_rate, terms.reserve_share) {
        (Some(rate), Some(share)) if credit.loan.amount.is_positive() => {
            let bought = Loan { rate, ..credit.loan }.totals()?.interest;
            Ok(Spread { sold: credit.totals.interest, bought, share })
        }
        _ => Ok(Spread::NONE),
    }
}

impl Work<'_> {
    /// Warns where the price of the credit passes a limit of the jurisdiction: any limit that stands alone, or all of those of
    /// which the creditor may obey any one.
    fn hold_limits(
        &mut self,
        facts: &Facts<'_>,
        terms: &FinanceTerms,
        figures: &FinanceFigures,
    ) -> Result<(), ColumnError> {
        let (mut alternatives, mut obeyed) = (Vec::new(), false);
        for limit in autolytiq_tax::finance_limits(self.rules, facts)? {
            let Some(actual) = price_of_credit(limit.kind, terms, figures)? else { continue };
            let passed = actual > limit.limit;
            match (limit.alternative, passed) {
                (true, true) => alternatives.push(limit),
                (true, false) => obeyed = true,
                (false, true) => self.warn_of_limit(&limit),
                (false, false) => {}
            }
        }
        if !obeyed {
            for limit in &alternatives {
                self.warn_of_limit(limit);
            }
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

fn trace_credit(trace: &mut Trace, work: &Work<'_>, terms: &FinanceTerms, figures: &FinanceFigures, credit: &Credit) {
    if trace.is_off() {
        return;
    }
    let (common, totals) = (&figures.common, &credit.totals);
    let inputs = after_total_price(common, figures.total_price);
    let formula = "totalPrice − rebates − netTrade − cashDown";
    trace.add("principal", Step::of("figure.principal", figures.principal, formula, inputs));
    trace.add("prepaidFinanceCharge", Step::entered("figure.prepaidFinanceCharge", figures.prepaid_finance_charge));
    let inputs = vec![
        Input::figure("principal", figures.principal),
        Input::figure("prepaidFinanceCharge", figures.prepaid_finance_charge),
    ];
    let credit_given = figures.principal.is_positive();
    let formula =
        if credit_given { "principal − prepaidFinanceCharge" } else { "the principal: nothing is financed" };
    let step = Step::of("figure.amountFinanced", figures.amount_financed, formula, inputs);
    trace.add("amountFinanced", step.by(&REGULATION_Z));
    trace.add("rate", Step::entered("figure.rate", figures.rate));
    trace.add("termMonths", Step::entered("figure.termMonths", figures.term_months));
    let first = match terms.first_payment {
        Some(first) => Step::entered("figure.firstPayment", first),
        None => {
            let inputs = vec![Input::given("dealDate", work.input.deal_date)];
            Step::of("figure.firstPayment", figures.first_payment, "one month after dealDate", inputs)
        }
    };
    trace.add("firstPayment", first);
    trace.add("payment", payment_step(&credit.loan, totals.payment));
    let inputs = vec![
        Input::given("balanceBeforeLast", totals.balance_before_last),
        Input::given("lastInterest", totals.last_interest),
        Input::figure("payment", totals.payment),
    ];
    let formula =
        "balanceBeforeLast + lastInterest, where the schedule repays payment less a month's interest at a time";
    trace.add("finalPayment", Step::of("figure.finalPayment", totals.final_payment, formula, inputs));
    let inputs = vec![
        Input::figure("payment", totals.payment),
        Input::figure("termMonths", figures.term_months),
        Input::figure("finalPayment", totals.final_payment),
    ];
    let formula = if totals.ran_out {
        "sum of the schedule's payments, which end early because of their rounding"
    } else {
        "payment × (termMonths − 1) + finalPayment"
    };
    trace.add(
        "totalOfPayments",
        Step::of("figure.totalOfPayments", totals.total_of_payments, formula, inputs).by(&REGULATION_Z),
    );
    let inputs = vec![
        Input::figure("totalOfPayments", totals.total_of_payments),
        Input::figure("amountFinanced", figures.amount_financed),
    ];
    let formula = if credit_given { "totalOfPayments − amountFinanced" } else { "none, because nothing is financed" };
    let step = Step::of("figure.financeCharge", figures.finance_charge, formula, inputs);
    trace.add("financeCharge", step.by(&REGULATION_Z));
    let inputs =
        vec![Input::figure("totalPrice", figures.total_price), Input::figure("financeCharge", figures.finance_charge)];
    let step = Step::of("figure.totalSalePrice", figures.total_sale_price, "totalPrice + financeCharge", inputs);
    trace.add("totalSalePrice", step.by(&REGULATION_Z));
    trace.add("apr", apr_step(figures, credit));
}

fn payment_step(loan: &Loan, payment: Money) -> Step {
    let mut inputs = vec![
        Input::figure("principal", loan.amount),
        Input::figure("rate", loan.rate),
        Input::figure("termMonths", loan.payments),
    ];
    let formula = if !loan.amount.is_positive() {
        "none, because nothing is financed"
    } else if loan.rate.is_zero() {
        "principal ÷ termMonths"
    } else if loan.first_period == MonthsAndDays::REGULAR {
        "principal × i ÷ (1 − (1 + i)^−termMonths), where i = rate ÷ 12"
    } else {
        inputs.push(Input::given("months", loan.first_period.months));
        inputs.push(Input::given("days", loan.first_period.days));
        "principal × (1 + i × days ÷ 30) × (1 + i)^(months − 1) × i ÷ (1 − (1 + i)^−termMonths), where i = rate ÷ 12"
    };
    Step::of("figure.payment", payment, formula, inputs).rounded(Rounding::HalfUp.words())
}

fn apr_step(figures: &FinanceFigures, credit: &Credit) -> Step {
    let inputs = vec![
        Input::figure("amountFinanced", figures.amount_financed),
        Input::figure("payment", figures.payment),
        Input::figure("finalPayment", figures.final_payment),
        Input::figure("termMonths", figures.term_months),
        Input::given("months", credit.loan.first_period.months),
        Input::given("days", credit.loan.first_period.days),
    ];
    let formula = "12 × i, where i solves amountFinanced = sum of each payment ÷ ((1 + i × days ÷ 30) × (1 + i)^(its month)), the first one's month being months";
    let result = figures.apr.map_or(Value::None, Value::Rate);
    Step::of("figure.apr", result, formula, inputs).rounded("to eight decimal places, half up").by(&REGULATION_Z)
}
