//! A lease column: the capitalised cost, the payments with their tax, and what is due at signing.

use super::calculate::ColumnError;
use super::column::{LeaseTerms, Residual};
use super::common::Work;
use super::gross::{self, Spread};
use super::output::{ColumnResult, Common, Figures, LeaseFigures, PaymentRun, SigningItem, TaxSummary};
use super::taxes;
use crate::FinanceError;
use crate::lease::{Lease, LeasePayment};
use crate::sources::REGULATION_M;
use crate::trace::{Input, Step, Trace};
use autolytiq_money::{Money, Rounding};
use autolytiq_tax::{Capitalized, DealKind, Due, LeaseQuantities, TaxOutcome};

pub(super) fn column(work: &mut Work<'_>, terms: &LeaseTerms) -> Result<ColumnResult, ColumnError> {
    let term = Some(terms.term_months);
    let fees = work.fees(DealKind::Lease, term)?;
    let amounts = fees.amounts();
    let facts = work.facts(DealKind::Lease, term, &amounts);
    let common =
        Common { fees: fees.total, cash_down: terms.cash_down.unwrap_or(work.input.cash_down), ..work.sums.common };
    let build = Build { terms, common: &common, residual: residual(work, terms)? };

    let taxed = autolytiq_tax::evaluate_lease(work.rules, &facts, work.rates, terms.capitalize.upfront_tax, |tax| {
        build.quantities(tax)
    })?;
    let outcome = taxed.outcome;
    let cap = build.cap(taxed.capitalized)?;
    let lease = build.lease(&cap);
    let paid = lease.payment()?;
    let upfront_tax = outcome.upfront()?.try_sub(taxed.capitalized)?;

    let payments = runs(&outcome, paid.base_payment, terms.term_months)?;
    let usual = payments.iter().copied().max_by_key(|run| (run.count, std::cmp::Reverse(run.first)));
    let payment = usual.map_or(paid.base_payment, |run| run.amount);
    let payment_tax = payment.try_sub(paid.base_payment)?;
    let first_payment = payments.first().map_or(payment, |run| run.amount);
    let signing = build.signing(first_payment, upfront_tax);
    let due_at_signing = Money::try_sum(signing.iter().map(|item| item.amount))?;
    let mut all_payments = Money::ZERO;
    for run in &payments {
        all_payments = all_payments.try_add(run.amount.times_count(run.count.into())?)?;
    }
    let total_of_payments = due_at_signing
        .try_sub(terms.security_deposit)?
        .try_add(all_payments.try_sub(first_payment)?)?
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
        money_factor: terms.money_factor,
        rate_equivalent: terms.money_factor.times_count(24)?,
        term_months: terms.term_months,
        total_of_payments,
        due_at_signing,
        signing,
        acquisition_fee: terms.acquisition_fee,
        disposition_fee: terms.disposition_fee,
        security_deposit: terms.security_deposit,
    };
    build.notices(work, &figures);

    let mut trace = Trace::with_capacity(40);
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
    build.trace(work, &mut trace, &figures, &tax, first_payment, all_payments);
    let spread = spread(terms, &lease, &paid)?;
    taxes::link(&mut trace);
    let gross = gross::of(work.input, &spread, &mut trace)?;
    Ok(ColumnResult { id: terms.id.clone(), figures: Figures::Lease(figures), tax, fees: fees.lines, gross, trace })
}

/// The residual in dollars.
fn residual(work: &Work<'_>, terms: &LeaseTerms) -> Result<Money, FinanceError> {
    match terms.residual {
        Residual::Amount(amount) => Ok(amount),
        // Validated: a residual in percent has an MSRP beside it.
        Residual::Percent(part) => Ok(work.input.vehicle.msrp.unwrap_or_default().times(part, Rounding::HalfUp)?),
    }
}

/// What the capitalised cost is built from.
struct Build<'a> {
    terms: &'a LeaseTerms,
    common: &'a Common,
    residual: Money,
}

/// The capitalised cost, from gross to adjusted.
struct Cap {
    gross: Money,
    reduction: Money,
    adjusted: Money,
}

impl Build<'_> {
    /// The charges that may go either way: code, amount, and whether this lease capitalises them.
    fn charges(&self) -> [(&'static str, Money, bool); 4] {
        let (common, choice) = (self.common, self.terms.capitalize);
        [
            ("acquisitionFee", self.terms.acquisition_fee, choice.acquisition_fee),
            ("docFee", common.doc_fee, choice.doc_fee),
            ("fees", common.fees, choice.government_fees),
            ("products", common.products, choice.products),
        ]
    }

    /// The capitalised cost when it carries `tax`.
    fn cap(&self, tax: Money) -> Result<Cap, FinanceError> {
        let common = self.common;
        let base = [common.price, common.accessories, common.negative_equity, tax];
        let charges = self.charges().into_iter().filter(|(.., capitalized)| *capitalized).map(|(_, amount, _)| amount);
        let gross = Money::try_sum(base.into_iter().chain(charges))?;
        let reduction = common.cash_down.try_add(common.rebates)?.try_add(common.net_trade)?;
        Ok(Cap { gross, reduction, adjusted: gross.try_sub(reduction)? })
    }

    fn lease(&self, cap: &Cap) -> Lease {
        Lease {
            adjusted_cap_cost: cap.adjusted,
            residual: self.residual,
            money_factor: self.terms.money_factor,
            payments: self.terms.term_months,
        }
    }

    /// The lease as the tax rules see it when its cost carries `tax`.
    fn quantities(&self, tax: Money) -> Result<LeaseQuantities, FinanceError> {
        let (terms, common) = (self.terms, self.common);
        let cap = self.cap(tax)?;
        let lease = self.lease(&cap);
        let paid = lease.payment()?;
        Ok(LeaseQuantities {
            term_months: terms.term_months,
            payment: paid.base_payment,
            payment_per_dollar: lease.payment_per_dollar()?,
            cash_reduction: common.cash_down,
            rebate_reduction: common.rebates,
            trade_reduction: common.net_trade,
            acquisition_fee: terms.acquisition_fee,
            gross_cap: cap.gross,
            adjusted_cap: cap.adjusted,
            residual: self.residual,
            rent_charge: paid.rent_charge,
            capitalized: Capitalized {
                acquisition_fee: terms.capitalize.acquisition_fee,
                doc_fee: terms.capitalize.doc_fee,
                fees: terms.capitalize.government_fees,
                products: terms.capitalize.products,
            },
        })
    }

    /// What the customer hands over at signing. A charge is here or in the capitalised cost, never in both.
    fn signing(&self, first_payment: Money, upfront_tax: Money) -> Vec<SigningItem> {
        let mut items = Vec::with_capacity(8);
        items.push(SigningItem { code: "firstPayment", amount: first_payment });
        let mut add = |code, amount: Money| {
            if !amount.is_zero() {
                items.push(SigningItem { code, amount });
            }
        };
        add("cashReduction", self.common.cash_down);
        for (code, amount, capitalized) in self.charges() {
            if !capitalized {
                add(code, amount);
            }
        }
        add("upfrontTax", upfront_tax);
        add("securityDeposit", self.terms.security_deposit);
        items
    }

    fn notices(&self, work: &mut Work<'_>, figures: &LeaseFigures) {
        if figures.residual > figures.adjusted_cap_cost {
            let detail = format!(
                "the residual of {} is above the adjusted cap cost of {}: the payment returns less than nothing of the cost",
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

/// Parts of the amount due at signing: code, path of its step, the figure it is, and the name of its name.
const SIGNING: [(&str, &str, &str, &str); 8] = [
    ("firstPayment", "signing.firstPayment", "signing.firstPayment", "figure.firstLeasePayment"),
    ("cashReduction", "signing.cashReduction", "cashDown", "figure.cashReduction"),
    ("acquisitionFee", "signing.acquisitionFee", "acquisitionFee", "figure.acquisitionFee"),
    ("docFee", "signing.docFee", "docFee", "figure.docFee"),
    ("fees", "signing.fees", "fees", "figure.fees"),
    ("products", "signing.products", "products", "figure.products"),
    ("upfrontTax", "signing.upfrontTax", "tax.atSigning", "figure.taxAtSigning"),
    ("securityDeposit", "signing.securityDeposit", "securityDeposit", "figure.securityDeposit"),
];

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

/// The reserve's spread: the rent at the customer's factor against the rent at the lessor's.
fn spread(terms: &LeaseTerms, lease: &Lease, paid: &LeasePayment) -> Result<Spread, FinanceError> {
    match (terms.buy_money_factor, terms.reserve_share) {
        (Some(money_factor), Some(share)) => {
            let bought = Lease { money_factor, ..*lease }.payment()?.rent_charge;
            Ok(Spread { sold: paid.rent_charge, bought, share })
        }
        _ => Ok(Spread::NONE),
    }
}

impl Build<'_> {
    fn trace(
        &self,
        work: &Work<'_>,
        trace: &mut Trace,
        figures: &LeaseFigures,
        tax: &TaxSummary,
        first_payment: Money,
        all_payments: Money,
    ) {
        self.trace_tax(trace, figures, tax, first_payment);
        self.trace_cap(work, trace, figures, tax.capitalized);
        trace_payment(trace, figures);
        let mut parts = Vec::with_capacity(figures.signing.len());
        for item in &figures.signing {
            let Some((_, path, figure, label)) = SIGNING.iter().find(|(code, ..)| *code == item.code) else { continue };
            parts.push(Input::from(item.code, item.amount, *path));
            // The first payment has its own step, made with its tax.
            if path != figure {
                let inputs = vec![Input::from(*figure, item.amount, *figure)];
                trace.add(*path, Step::of(*label, item.amount, *figure, inputs));
            }
        }
        let formula = "sum of what is paid at signing";
        let step = Step::of("figure.dueAtSigning", figures.due_at_signing, formula, parts);
        trace.add("dueAtSigning", step);
        let inputs = vec![
            Input::figure("dueAtSigning", figures.due_at_signing),
            Input::figure("securityDeposit", figures.security_deposit),
            Input::given("allPayments", all_payments),
            Input::from("firstPayment", first_payment, "signing.firstPayment"),
            Input::figure("dispositionFee", figures.disposition_fee),
        ];
        let formula = "dueAtSigning − securityDeposit + allPayments − firstPayment + dispositionFee";
        let step = Step::of("figure.totalOfPayments", figures.total_of_payments, formula, inputs);
        trace.add("totalOfPayments", step.by(&REGULATION_M));
    }

    fn trace_tax(&self, trace: &mut Trace, figures: &LeaseFigures, tax: &TaxSummary, first_payment: Money) {
        let mut inputs = taxes::inputs_of(&tax.lines, &[Due::Signing, Due::Lessor]);
        inputs.push(Input::from("capitalized", tax.capitalized, "tax.capitalized"));
        let formula = "sum of the taxes due at the start − capitalized";
        trace.add("tax.atSigning", Step::of("figure.taxAtSigning", tax.at_signing, formula, inputs));
        let (inputs, formula) = if tax.capitalized.is_zero() {
            (Vec::new(), "none of the taxes due at the start is put into the capitalised cost")
        } else {
            let inputs = taxes::inputs_of(&tax.lines, &[Due::Signing, Due::Lessor]);
            (inputs, "sum of the taxes due at the start, put into the capitalised cost")
        };
        trace.add("tax.capitalized", Step::of("figure.taxCapitalized", tax.capitalized, formula, inputs));
        let inputs = taxes::inputs_of(&tax.lines, &[Due::Signing, Due::Lessor, Due::Payment]);
        let step = Step::of("figure.taxTotal", tax.total, "sum of the taxes the store or lessor collects", inputs);
        trace.add("tax.total", step);
        let lines = tax.lines.iter().filter(|line| line.due == Due::Payment);
        let number =
            figures.payments.iter().max_by_key(|run| (run.count, std::cmp::Reverse(run.first))).map_or(1, |r| r.first);
        let inputs = lines
            .clone()
            .map(|line| Input::from(line.name.clone(), line.on_payment(number), ["tax.", &line.id].concat()));
        let formula = "sum of the taxes with one payment";
        let step = Step::of("figure.paymentTax", figures.payment_tax, formula, inputs.collect());
        trace.add("paymentTax", step.clone());
        trace.add("tax.perPayment", step);
        let mut inputs = vec![Input::figure("basePayment", figures.base_payment)];
        inputs
            .extend(lines.map(|line| Input::from(line.name.clone(), line.on_payment(1), ["tax.", &line.id].concat())));
        let formula = "basePayment + the taxes with the first payment";
        trace.add("signing.firstPayment", Step::of("figure.firstLeasePayment", first_payment, formula, inputs));
    }

    fn trace_cap(&self, work: &Work<'_>, trace: &mut Trace, figures: &LeaseFigures, capitalized_tax: Money) {
        let common = self.common;
        trace.add("acquisitionFee", Step::entered("figure.acquisitionFee", figures.acquisition_fee));
        trace.add("dispositionFee", Step::entered("figure.dispositionFee", figures.disposition_fee));
        trace.add("securityDeposit", Step::entered("figure.securityDeposit", figures.security_deposit));
        let mut inputs = vec![Input::figure("price", common.price), Input::figure("accessories", common.accessories)];
        for (code, amount, capitalized) in self.charges() {
            if capitalized {
                inputs.push(Input::figure(code, amount));
            }
        }
        inputs.push(Input::figure("negativeEquity", common.negative_equity));
        if !capitalized_tax.is_zero() {
            inputs.push(Input::from("capitalizedTax", capitalized_tax, "tax.capitalized"));
        }
        let step = Step::of("figure.grossCapCost", figures.gross_cap_cost, "sum of what is capitalised", inputs);
        trace.add("grossCapCost", step.by(&REGULATION_M));
        let inputs = vec![
            Input::figure("cashDown", common.cash_down),
            Input::figure("rebates", common.rebates),
            Input::figure("netTrade", common.net_trade),
        ];
        let step =
            Step::of("figure.capCostReduction", figures.cap_cost_reduction, "cashDown + rebates + netTrade", inputs);
        trace.add("capCostReduction", step.by(&REGULATION_M));
        let inputs = vec![
            Input::figure("grossCapCost", figures.gross_cap_cost),
            Input::figure("capCostReduction", figures.cap_cost_reduction),
        ];
        let step =
            Step::of("figure.adjustedCapCost", figures.adjusted_cap_cost, "grossCapCost − capCostReduction", inputs);
        trace.add("adjustedCapCost", step.by(&REGULATION_M));
        let residual = match self.terms.residual {
            Residual::Amount(amount) => Step::entered("figure.residual", amount),
            Residual::Percent(part) => {
                let msrp = work.input.vehicle.msrp.unwrap_or_default();
                let inputs = vec![Input::given("msrp", msrp), Input::given("residualPercent", part)];
                Step::of("figure.residual", figures.residual, "msrp × residualPercent", inputs)
                    .rounded(Rounding::HalfUp.words())
            }
        };
        trace.add("residual", residual);
    }
}

fn trace_payment(trace: &mut Trace, figures: &LeaseFigures) {
    trace.add("moneyFactor", Step::entered("figure.moneyFactor", figures.money_factor));
    trace.add("termMonths", Step::entered("figure.termMonths", figures.term_months));
    let inputs = vec![Input::figure("moneyFactor", figures.money_factor)];
    trace.add("rateEquivalent", Step::of("figure.rateEquivalent", figures.rate_equivalent, "moneyFactor × 24", inputs));
    let both = || {
        vec![Input::figure("adjustedCapCost", figures.adjusted_cap_cost), Input::figure("residual", figures.residual)]
    };
    let step = Step::of("figure.depreciation", figures.depreciation, "adjustedCapCost − residual", both());
    trace.add("depreciation", step.by(&REGULATION_M));
    let mut inputs = both();
    inputs.push(Input::figure("termMonths", figures.term_months));
    inputs.push(Input::figure("moneyFactor", figures.money_factor));
    let formula = "(adjustedCapCost − residual) ÷ termMonths + (adjustedCapCost + residual) × moneyFactor";
    let step = Step::of("figure.basePayment", figures.base_payment, formula, inputs).rounded(Rounding::HalfUp.words());
    trace.add("basePayment", step.by(&REGULATION_M));
    let inputs = vec![
        Input::figure("basePayment", figures.base_payment),
        Input::figure("termMonths", figures.term_months),
        Input::figure("depreciation", figures.depreciation),
    ];
    let step = Step::of("figure.rentCharge", figures.rent_charge, "basePayment × termMonths − depreciation", inputs);
    trace.add("rentCharge", step.by(&REGULATION_M));
    let inputs =
        vec![Input::figure("basePayment", figures.base_payment), Input::figure("paymentTax", figures.payment_tax)];
    trace.add("payment", Step::of("figure.payment", figures.payment, "basePayment + paymentTax", inputs));
}
