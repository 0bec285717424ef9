//! The steps of a lease's figures.

use super::{Build, usual};
use crate::deal::column::Residual;
use crate::deal::common::Work;
use crate::deal::output::{LeaseFigures, TaxSummary};
use crate::deal::taxes;
use crate::sources::REGULATION_M;
use crate::trace::{Input, Step, Trace};
use autolytiq_money::{Money, Rounding};
use autolytiq_tax::Due;

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

impl Build<'_> {
    pub(super) fn trace(
        &self,
        work: &Work<'_>,
        trace: &mut Trace,
        figures: &LeaseFigures,
        tax: &TaxSummary,
        first_payment: Money,
        all_payments: Money,
    ) {
        if trace.is_off() {
            return;
        }
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
            Input::figure("rebates", figures.common.rebates),
            Input::figure("netTrade", figures.common.net_trade),
            Input::figure("securityDeposit", figures.security_deposit),
            Input::given("allPayments", all_payments),
            Input::from("firstPayment", first_payment, "signing.firstPayment"),
            Input::figure("dispositionFee", figures.disposition_fee),
        ];
        let formula =
            "dueAtSigning + rebates + netTrade − securityDeposit + allPayments − firstPayment + dispositionFee";
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
