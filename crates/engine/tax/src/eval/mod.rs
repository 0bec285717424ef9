//! Applies rules to facts. Pure: the same rules, facts and rates give the same answer everywhere.
//!
//! `context` answers questions about the deal, `amounts` and `conditions` are its two kinds of question, `line` computes one
//! line, `rate` finds its rate, `lease` handles what falls due with payments and the tax that is part of its own base,
//! `charges` the fees and limits.

mod amounts;
mod charges;
mod conditions;
mod context;
mod lease;
mod line;
mod rate;
mod unknown;

pub use charges::{doc_fee_limit, evaluate_note, fees, finance_limits};
pub use lease::{LeaseTax, evaluate_lease};

use crate::error::RuleError;
use crate::facts::Facts;
use crate::kinds::{DealKind, Due, Level, Severity};
use crate::outcome::{Notice, TaxLine, TaxOutcome, TaxStep};
use crate::rates::ResolvedRates;
use crate::rule::{Credit, JurisdictionVersion};
use autolytiq_money::{Money, Rounding};
use context::Context;
use line::Run;
use std::borrow::Cow;

/// All taxes of a deal: the retail lines for a cash or financed sale, the lease lines for a lease whose quantities stand in
/// the facts. A lease whose upfront tax may be capitalised goes through [`evaluate_lease`] instead.
///
/// # Errors
/// [`RuleError`] for an election that does not exist, a fact without which no tax can be computed, or an overflow.
pub fn evaluate(
    version: &JurisdictionVersion,
    facts: &Facts<'_>,
    rates: &ResolvedRates,
) -> Result<TaxOutcome, RuleError> {
    let context = Context::new(version, facts, rates)?;
    if let Some(exemption) = version.exemptions.iter().find(|exemption| context.holds(exemption.when)) {
        let notice = Notice {
            code: Cow::Borrowed("exempt"),
            severity: Severity::Info,
            detail: Cow::Borrowed(exemption.name),
            pointer: None,
            source: Some(exemption.source),
        };
        return Ok(TaxOutcome { lines: Vec::new(), notices: vec![notice] });
    }
    let list = match facts.deal {
        DealKind::Lease => version.lease,
        DealKind::Cash | DealKind::Finance => version.retail,
    };
    if facts.deal == DealKind::Lease && facts.lease.is_none() {
        return Err(RuleError::NoLease);
    }
    let mut run = Run::new(&context, list.len());
    for line in list {
        run.line(line)?;
    }
    let mut lines = run.finish();
    for credit in version.credits {
        apply_credit(&context, credit, &mut lines)?;
    }
    Ok(TaxOutcome { lines, notices: context.notices() })
}

/// Whether a line of an outcome was made by the rule with this id: its own, its part due at signing, or one of its levies.
fn belongs(line: &TaxLine, id: &str) -> bool {
    line.id.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Takes a credit off the lines it may reduce, never below nothing in all; it stands as a line of its own.
fn apply_credit(context: &Context<'_>, credit: &Credit, lines: &mut Vec<TaxLine>) -> Result<(), RuleError> {
    if !context.holds(credit.when) {
        return Ok(());
    }
    let mut steps = Vec::new();
    let Some(offered) = context.sum(credit.of, &[], Some(&mut steps))? else { return Ok(()) };
    let offered = Money::from_decimal(offered, Rounding::HalfUp)?;
    line::taken_off(&mut steps, 0);
    let may_reduce = |line: &&TaxLine| credit.against.is_empty() || credit.against.iter().any(|id| belongs(line, id));
    // What the buyer pays to the county himself is credited there too, where the store collects nothing.
    let collected = lines.iter().filter(may_reduce).any(|line| line.due != Due::BuyerToCounty);
    let reducible = lines.iter().filter(may_reduce).filter(|line| (line.due != Due::BuyerToCounty) == collected);
    let most = Money::try_sum(reducible.map(|line| line.amount))?;
    let amount = offered.min(most);
    if !amount.is_positive() {
        return Ok(());
    }
    steps.push(TaxStep::Clamp { minimum: false, limit: most, applied: amount < offered });
    lines.push(TaxLine {
        id: Cow::Borrowed(credit.id),
        name: Cow::Borrowed(credit.name),
        level: Level::State,
        due: if collected { Due::Signing } else { Due::BuyerToCounty },
        base: offered,
        rate: None,
        amount: amount.try_neg()?,
        capitalized: false,
        payments: Vec::new(),
        verified: credit.verified,
        reason: credit.reason.map(Cow::Borrowed),
        source: credit.source,
        steps,
    });
    Ok(())
}
