//! The steps of a lease's figures.

use super::charges::Charge;
use super::{Build, residual, usual};
use crate::deal::common::Work;
use crate::deal::output::{LeaseFigures, TaxSummary};
use crate::deal::taxes;
use crate::lease::RentMethod;
use crate::sources::REGULATION_M;
use crate::trace::{Input, Step, Trace};
use autolytiq_money::{Money, Rounding};
use autolytiq_tax::Due;

/// Parts of the amount due at signing: code, path of its step, the figure it is, and the name of its name.
const SIGNING: [(&str, &str, &str, &str); 9] = [
    ("firstPayment", "signing.firstPayment", "signing.firstPayment", "figure.firstLeasePayment"),
    ("advancePayments", "signing.advancePayments", "signing.advancePayments", "figure.advancePayments"),
    ("cashReduction", "signing.cashReduction", "cashDown", "figure.cashReduction"),
    ("acquisitionFee", "signing.acquisitionFee", "acquisitionFee", "figure.acquisitionFee"),
    ("docFee", "signing.docFee", "docFee", "figure.docFee"),
    ("fees", "signing.fees", "fees", "figure.fees"),
    ("products", "signing.products", "products", "figure.products"),
    ("upfrontTax", "signing.upfrontTax", "tax.atSigning", "figure.taxAtSigning"),
    ("securityDeposit", "signing.securityDeposit", "securityDeposit", "figure.securityDeposit"),
];

impl Build<'_> {
    pub(super) fn trace(
        &self,
        work: &Work<'_>,
        trace: &mut Trace,
        figures: &LeaseFigures,
        tax: &TaxSummary,
        totals: &Totals,
    ) {
        if trace.is_off() {
            return;
        }
        let Totals { first_payment, advance, all_payments } = *totals;
        self.trace_tax(trace, figures, tax, first_payment);
        self.trace_cap(work, trace, figures, tax.capitalized);
        self.trace_payment(trace, figures, advance);
        let mut parts = Vec::with_capacity(figures.signing.len());
        for item in &figures.signing {
            let Some((_, path, figure, label)) = SIGNING.iter().find(|(code, ..)| *code == item.code) else { continue };
            parts.push(Input::from(item.code, item.amount, *path));
            // Payments made at signing, and fees and products of which only some are, have steps of their own.
            if path != figure && trace.get(path).is_none() {
                let inputs = vec![Input::from(*figure, item.amount, *figure)];
                trace.add(*path, Step::of(*label, item.amount, *figure, inputs));
            }
        }
        let formula = "sum of what is paid at signing";
        let step = Step::of("figure.dueAtSigning", figures.due_at_signing, formula, parts);
        trace.add("dueAtSigning", step);
        let mut inputs = vec![
            Input::figure("dueAtSigning", figures.due_at_signing),
            Input::figure("rebates", figures.common.rebates),
            Input::figure("netTrade", figures.common.net_trade),
            Input::figure("securityDeposit", figures.security_deposit),
            Input::given("allPayments", all_payments),
            Input::from("firstPayment", first_payment, "signing.firstPayment"),
            Input::figure("dispositionFee", figures.disposition_fee),
        ];
        let mut formula =
            "dueAtSigning + rebates + netTrade − securityDeposit + allPayments − firstPayment + dispositionFee";
        if !advance.is_zero() {
            inputs.push(Input::from("advancePayments", advance, "signing.advancePayments"));
            formula = "dueAtSigning + rebates + netTrade − securityDeposit + allPayments − firstPayment − advancePayments + dispositionFee";
        }
        let step = Step::of("figure.totalOfPayments", figures.total_of_payments, formula, inputs);
        trace.add("totalOfPayments", step.by(&REGULATION_M));
    }

    fn trace_tax(&self, trace: &mut Trace, figures: &LeaseFigures, tax: &TaxSummary, first_payment: Money) {
        let mut inputs = taxes::inputs_of(&tax.lines, &[Due::Signing, Due::Lessor]);
        inputs.push(Input::from("capitalized", tax.capitalized, "tax.capitalized"));
        let formula = "sum of the taxes due at the start − capitalized";
        trace.add("tax.atSigning", Step::of("figure.taxAtSigning", tax.at_signing, formula, inputs));
        let inside = taxes::capitalized(&tax.lines);
        let formula = if inside.is_empty() {
            "none of the taxes due at the start is put into the capitalised cost"
        } else {
            "sum of the taxes due at the start, put into the capitalised cost"
        };
        trace.add("tax.capitalized", Step::of("figure.taxCapitalized", tax.capitalized, formula, inside));
        let inputs = taxes::inputs_of(&tax.lines, &[Due::Signing, Due::Lessor, Due::Payment]);
        let step = Step::of("figure.taxTotal", tax.total, "sum of the taxes the store or the lessor collects", inputs);
        trace.add("tax.total", step);
        let lines = tax.lines.iter().filter(|line| line.due == Due::Payment);
        let number = usual(&figures.payments).map_or(1, |run| run.first);
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
        trace.add("securityDeposit", self.deposit_step(figures));
        let mut inputs = vec![Input::figure("price", common.price), Input::figure("accessories", common.accessories)];
        inputs.extend(self.charges.all.iter().filter_map(Charge::capitalized_input));
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
        trace.add("residual", residual::step(work, self.terms, figures.residual));
    }
}

/// Sums that the figures do not state.
pub(super) struct Totals {
    pub(super) first_payment: Money,
    /// The payments made in advance beside the first one.
    pub(super) advance: Money,
    pub(super) all_payments: Money,
}

impl Build<'_> {
    fn deposit_step(&self, figures: &LeaseFigures) -> Step {
        let label = "figure.securityDeposit";
        let Some(deposits) = self.terms.options.multiple_deposits else {
            return Step::entered(label, figures.security_deposit);
        };
        let inputs = vec![
            Input::given("deposit", self.terms.security_deposit),
            Input::given("deposits", deposits.count),
            Input::figure("basePayment", figures.base_payment),
            Input::given("roundTo", deposits.round_to),
        ];
        let formula = "deposit + deposits × the basePayment rounded up to a multiple of roundTo";
        Step::of(label, figures.security_deposit, formula, inputs)
    }

    fn factor_step(&self, figures: &LeaseFigures) -> Step {
        let label = "figure.moneyFactor";
        let Some(deposits) = self.terms.options.multiple_deposits else {
            return Step::entered(label, figures.money_factor);
        };
        let inputs = vec![
            Input::given("quotedFactor", self.terms.money_factor),
            Input::given("deposits", deposits.count),
            Input::given("step", deposits.step),
        ];
        let formula = if figures.money_factor.is_zero() {
            "quotedFactor − deposits × step, not below zero"
        } else {
            "quotedFactor − deposits × step"
        };
        Step::of(label, figures.money_factor, formula, inputs)
    }

    fn trace_payment(&self, trace: &mut Trace, figures: &LeaseFigures, advance: Money) {
        let options = self.terms.options;
        trace.add("moneyFactor", self.factor_step(figures));
        trace.add("termMonths", Step::entered("figure.termMonths", figures.term_months));
        let inputs = vec![Input::figure("moneyFactor", figures.money_factor)];
        let step = Step::of("figure.rateEquivalent", figures.rate_equivalent, "moneyFactor × 24", inputs);
        trace.add("rateEquivalent", step);
        let both = || {
            vec![
                Input::figure("adjustedCapCost", figures.adjusted_cap_cost),
                Input::figure("residual", figures.residual),
            ]
        };
        let step = Step::of("figure.depreciation", figures.depreciation, "adjustedCapCost − residual", both());
        trace.add("depreciation", step.by(&REGULATION_M));
        if let Some(count) = figures.payment_count {
            let step = Step::of("figure.paymentCount", count, "all in a single payment at signing", Vec::new());
            trace.add("paymentCount", step);
        }
        let mut inputs = both();
        inputs.push(Input::figure("termMonths", figures.term_months));
        inputs.push(Input::figure("moneyFactor", figures.money_factor));
        let formula = match (options.method, options.single_payment) {
            (RentMethod::MoneyFactor, false) => {
                "(adjustedCapCost − residual) ÷ termMonths + (adjustedCapCost + residual) × moneyFactor"
            }
            (RentMethod::MoneyFactor, true) => {
                "adjustedCapCost − residual + (adjustedCapCost + residual) × moneyFactor × termMonths"
            }
            (RentMethod::ConstantYield, true) => {
                "adjustedCapCost − residual × (1 + i)^−termMonths, where i = 2 × moneyFactor"
            }
            (RentMethod::ConstantYield, false) => {
                inputs.push(Input::given("advance", options.advance_payments));
                "(adjustedCapCost − residual × (1 + i)^−termMonths) ÷ ((1 − (1 + i)^−(termMonths − advance)) ÷ i + advance), where i = 2 × moneyFactor"
            }
        };
        let step = Step::of("figure.basePayment", figures.base_payment, formula, inputs);
        trace.add("basePayment", step.rounded(Rounding::HalfUp.words()).by(&REGULATION_M));
        let mut inputs = vec![Input::figure("basePayment", figures.base_payment)];
        let formula = if options.single_payment {
            "basePayment − depreciation"
        } else {
            inputs.push(Input::figure("termMonths", figures.term_months));
            "basePayment × termMonths − depreciation"
        };
        inputs.push(Input::figure("depreciation", figures.depreciation));
        let step = Step::of("figure.rentCharge", figures.rent_charge, formula, inputs);
        trace.add("rentCharge", step.by(&REGULATION_M));
        let inputs =
            vec![Input::figure("basePayment", figures.base_payment), Input::figure("paymentTax", figures.payment_tax)];
        trace.add("payment", Step::of("figure.payment", figures.payment, "basePayment + paymentTax", inputs));
        if !advance.is_zero() {
            let inputs = vec![Input::given("others", options.advance_payments.saturating_sub(1))];
            let formula = "the last others payments of the term, with their tax";
            trace.add("signing.advancePayments", Step::of("figure.advancePayments", advance, formula, inputs));
        }
    }
}
