//! What is not a tax on the price: fees, the limit on the documentation fee, limits on credit, and stamps on the note.

use super::context::Context;
use super::line::Run;
use crate::error::RuleError;
use crate::facts::Facts;
use crate::outcome::{DocFeeLimit, FinanceLimit, RuleFee, RuleFees, TaxOutcome};
use crate::rates::ResolvedRates;
use crate::rule::{JurisdictionVersion, Line};
use autolytiq_money::Money;

/// How often a note that contains its own tax is computed anew. Stamps are taken per started hundred, so that the second
/// round already settles all but notes just below a step.
const NOTE_ROUNDS: usize = 6;

/// The fees that the rules give for this deal. None of them depends on a tax. A fee that needs a fact nobody gave is left
/// out, with a notice.
///
/// # Errors
/// [`RuleError`] as in [`super::evaluate`].
pub fn fees(version: &JurisdictionVersion, facts: &Facts<'_>) -> Result<RuleFees, RuleError> {
    let none = ResolvedRates::none(facts.date);
    let context = Context::new(version, facts, &none)?;
    let mut run = Run::new(&context, version.fees.len());
    let mut fees = Vec::with_capacity(version.fees.len());
    for fee in version.fees {
        let line = &fee.line;
        let mut amount = Money::ZERO;
        if context.holds(line.when)
            && let Some(charge) = run.charge(line, line.base, line.credits, None, 0)?
            && !charge.amount.is_zero()
        {
            amount = charge.amount;
            let reason = doubt(&context, line);
            fees.push(RuleFee {
                code: line.id,
                name: line.name,
                amount,
                taxable: fee.taxable,
                due: line.due,
                verified: reason.is_none(),
                reason,
                source: line.source,
                steps: charge.steps,
            });
        }
        run.amounts.push(amount);
    }
    Ok(RuleFees { fees, notices: context.unknown_facts() })
}

/// What the law allows, or presumes reasonable, for the documentation fee: the least of the limits that apply.
///
/// # Errors
/// [`RuleError`] as in [`super::evaluate`].
pub fn doc_fee_limit(version: &JurisdictionVersion, facts: &Facts<'_>) -> Result<Option<DocFeeLimit>, RuleError> {
    let none = ResolvedRates::none(facts.date);
    let context = Context::new(version, facts, &none)?;
    let mut run = Run::new(&context, 0);
    let mut least: Option<DocFeeLimit> = None;
    for cap in version.doc_fee_limits {
        let line = &cap.line;
        if !context.holds(line.when) {
            continue;
        }
        let Some(charge) = run.charge(line, line.base, line.credits, None, 0)? else { continue };
        if least.as_ref().is_none_or(|least| charge.amount < least.limit) {
            let reason = doubt(&context, line);
            least = Some(DocFeeLimit {
                limit: charge.amount,
                binding: cap.binding,
                words: cap.words,
                verified: reason.is_none(),
                reason,
                source: line.source,
                steps: charge.steps,
            });
        }
    }
    Ok(least)
}

fn doubt(context: &Context<'_>, line: &Line) -> Option<&'static str> {
    let own = if line.verified { None } else { line.reason };
    own.or_else(|| context.doubt(line.section, line.depends))
}

/// The limits on the price of credit that apply to this deal.
///
/// # Errors
/// [`RuleError`] as in [`super::evaluate`].
pub fn finance_limits(version: &JurisdictionVersion, facts: &Facts<'_>) -> Result<Vec<FinanceLimit>, RuleError> {
    let none = ResolvedRates::none(facts.date);
    let context = Context::new(version, facts, &none)?;
    let apply = version.finance_limits.iter().filter(|cap| context.holds(cap.when));
    Ok(apply
        .map(|cap| {
            let reason = if cap.verified { context.doubt(crate::kinds::SectionKind::Finance, 0) } else { cap.reason };
            FinanceLimit {
                id: cap.id,
                name: cap.name,
                kind: cap.kind,
                limit: cap.limit,
                alternative: cap.alternative,
                verified: reason.is_none(),
                reason,
                source: cap.source,
            }
        })
        .collect())
}

/// Taxes on the note of a financed sale. `amount` is the note without them; when they are financed too they are part of the
/// note they are taken on, and the note is computed anew until it stands.
///
/// # Errors
/// [`RuleError`] as in [`super::evaluate`]; [`RuleError::NoSolution`] when the note does not come to rest.
pub fn evaluate_note(
    version: &JurisdictionVersion,
    facts: &Facts<'_>,
    rates: &ResolvedRates,
    amount: Money,
    financed: bool,
) -> Result<TaxOutcome, RuleError> {
    let mut note = amount;
    for _ in 0..NOTE_ROUNDS {
        let facts = Facts { amount_financed: Some(note), ..*facts };
        let context = Context::new(version, &facts, rates)?;
        let mut run = Run::new(&context, version.note.len());
        for line in version.note {
            run.line(line)?;
        }
        let outcome = TaxOutcome { lines: run.finish(), notices: Vec::new() };
        if !financed {
            return Ok(outcome);
        }
        // The clerk's or county's own collection is not part of the note.
        let with = amount.try_add(outcome.upfront()?)?;
        if with == note {
            return Ok(outcome);
        }
        note = with;
    }
    Err(RuleError::NoSolution)
}
