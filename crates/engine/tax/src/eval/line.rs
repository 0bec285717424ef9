//! One line: `clamp(flat + per unit + rate × band(floor(base) - credits))`, rounded once.

use super::context::Context;
use super::rate::Found;
use crate::error::RuleError;
use crate::kinds::Due;
use crate::outcome::{PaymentTax, TaxLine, TaxStep};
use crate::rates::LocalRate;
use crate::rule::{Band, Line, Per, SumOf};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Rounding groups a list of lines may have.
const GROUPS: usize = 4;

/// The lines of one list, computed in order.
pub(super) struct Run<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) out: Vec<TaxLine>,
    /// Amount of each line of the list so far, for lines that stand on others; of one payment where due with payments.
    pub(super) amounts: Vec<Money>,
    /// Per rounding group, for charges at the start and for payments: exact sum and what of it was given out as cents.
    groups: [[(Decimal, Money); GROUPS]; 2],
}

/// One charge computed.
pub(super) struct Charge {
    /// What the base came to before floors and credits.
    pub(super) gross: Decimal,
    pub(super) taxable: Decimal,
    pub(super) rate: Option<Rate>,
    pub(super) amount: Money,
    pub(super) steps: Vec<TaxStep>,
    pub(super) doubt: Option<Cow<'static, str>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(context: &'a Context<'a>, lines: usize) -> Self {
        Self {
            context,
            out: Vec::with_capacity(lines),
            amounts: Vec::with_capacity(lines),
            groups: [[(Decimal::ZERO, Money::ZERO); GROUPS]; 2],
        }
    }

    pub(super) fn finish(self) -> Vec<TaxLine> {
        self.out
    }

    /// Computes a line when its condition holds.
    pub(super) fn line(&mut self, line: &'static Line) -> Result<(), RuleError> {
        let mut amount = Money::ZERO;
        if self.context.holds(line.when) {
            amount = match line.rate.local.filter(|local| local.each) {
                Some(local) => {
                    let mut sum = Money::ZERO;
                    let context = self.context;
                    for (position, entry) in context.local_entries(local).enumerate() {
                        sum = sum.try_add(self.one(line, Some((position, entry)))?)?;
                    }
                    sum
                }
                None => self.one(line, None)?,
            };
        }
        self.amounts.push(amount);
        Ok(())
    }

    fn one(&mut self, line: &'static Line, levy: Option<(usize, &LocalRate)>) -> Result<Money, RuleError> {
        if line.due == Due::Payment {
            return self.with_payments(line, levy);
        }
        let entry = levy.map(|(_, entry)| entry);
        let Some(charge) = self.charge(line, line.base, line.credits, entry, 0)? else { return Ok(Money::ZERO) };
        let amount = charge.amount;
        self.push(line, levy, line.due, charge, amount, Vec::new())?;
        Ok(amount)
    }

    /// One charge of a line on one base. Nothing when it needs a fact that nobody gave; the context remembers which.
    pub(super) fn charge(
        &mut self,
        line: &'static Line,
        base: SumOf,
        credits: SumOf,
        entry: Option<&LocalRate>,
        phase: usize,
    ) -> Result<Option<Charge>, RuleError> {
        let mut steps = Vec::with_capacity(8);
        let Some((gross, mut taxable)) = self.base(line, base, credits, &mut steps)? else { return Ok(None) };
        if let Some(band) = line.band {
            taxable = slice(band, taxable)?;
            steps.push(TaxStep::Band { from: band.from, to: band.to, over_term: false, amount: taxable });
        }
        let found = self.context.rate(line, entry, &self.amounts, &mut steps)?;
        if found.unknown {
            return Ok(None);
        }
        let exact = self.exact(line, taxable, &found, &mut steps)?;
        let amount = self.round(line, exact, phase, &mut steps)?;
        Ok(Some(Charge { gross, taxable, rate: found.rate, amount, steps, doubt: found.doubt }))
    }

    /// The base before bands: the sum, held between floor and ceiling, less credits, not below nothing. Nothing when it
    /// needs a value that nobody gave.
    fn base(
        &self,
        line: &'static Line,
        base: SumOf,
        credits: SumOf,
        steps: &mut Vec<TaxStep>,
    ) -> Result<Option<(Decimal, Decimal)>, RuleError> {
        let context = self.context;
        let Some(gross) = context.sum(base, &self.amounts, Some(steps))? else { return Ok(None) };
        let mut amount = gross;
        if !line.floor.is_empty()
            && let Some(least) = context.sum(line.floor, &self.amounts, None)?
            && least > Decimal::ZERO
        {
            steps.push(TaxStep::Floor { least, applied: least > amount });
            amount = amount.max(least);
        }
        if !line.ceiling.is_empty()
            && let Some(most) = context.sum(line.ceiling, &self.amounts, None)?
        {
            steps.push(TaxStep::Ceiling { most, applied: most < amount });
            amount = amount.min(most);
        }
        if !credits.is_empty() {
            let first = steps.len();
            let Some(off) = context.sum(credits, &self.amounts, Some(steps))? else { return Ok(None) };
            taken_off(steps, first);
            amount = amount.checked_sub(off).ok_or(RuleError::Overflow)?;
        }
        let mut amount = amount.max(Decimal::ZERO);
        if !base.is_empty() {
            steps.push(TaxStep::Sum { amount });
        }
        if let Some(step) = line.base_step {
            let units = amount.checked_div(step.unit.to_decimal()).ok_or(RuleError::Overflow)?;
            let units = Decimal::from(whole_units(units, step.rounding)?);
            amount = units.checked_mul(step.unit.to_decimal()).ok_or(RuleError::Overflow)?;
            steps.push(TaxStep::BaseRounded { unit: step.unit, rounding: step.rounding, amount });
        }
        Ok(Some((gross, amount)))
    }

    /// The tax before it is rounded.
    fn exact(
        &self,
        line: &Line,
        taxable: Decimal,
        found: &Found,
        steps: &mut Vec<TaxStep>,
    ) -> Result<Decimal, RuleError> {
        let mut exact = match found.rate {
            Some(rate) => taxable.checked_mul(rate.to_decimal()).ok_or(RuleError::Overflow)?,
            None => Decimal::ZERO,
        };
        if line.times == 1 {
            for flat in line.flat.into_iter().chain(found.amount) {
                steps.push(TaxStep::Flat { amount: flat });
                exact = exact.checked_add(flat.to_decimal()).ok_or(RuleError::Overflow)?;
            }
        } else if let Some(each) = line.flat {
            let units = Decimal::from(line.times);
            steps.push(TaxStep::PerUnit { by: "count", measured: units, units, each });
            exact = units.checked_mul(each.to_decimal()).ok_or(RuleError::Overflow)?;
        }
        if let Some(per) = &line.per {
            exact = exact.checked_add(self.per_unit(per, steps)?).ok_or(RuleError::Overflow)?;
        }
        if !line.tax_credits.is_empty() {
            let first = steps.len();
            let off = self.context.sum(line.tax_credits, &self.amounts, Some(steps))?.unwrap_or_default();
            taken_off(steps, first);
            exact = exact.checked_sub(off).ok_or(RuleError::Overflow)?;
            if exact.is_sign_negative() {
                steps.push(TaxStep::Clamp { minimum: true, limit: Money::ZERO, applied: true });
                exact = Decimal::ZERO;
            }
        }
        if let Some(limit) = line.min {
            steps.push(TaxStep::Clamp { minimum: true, limit, applied: exact < limit.to_decimal() });
            exact = exact.max(limit.to_decimal());
        }
        if let Some(limit) = line.max {
            steps.push(TaxStep::Clamp { minimum: false, limit, applied: exact > limit.to_decimal() });
            exact = exact.min(limit.to_decimal());
        }
        if !line.max_of.is_empty()
            && let Some(most) = self.context.sum(line.max_of, &self.amounts, None)?
        {
            let limit = Money::from_decimal(most.max(Decimal::ZERO), Rounding::HalfUp)?;
            steps.push(TaxStep::Clamp { minimum: false, limit, applied: exact > limit.to_decimal() });
            exact = exact.min(limit.to_decimal());
        }
        Ok(exact)
    }

    fn per_unit(&self, per: &Per, steps: &mut Vec<TaxStep>) -> Result<Decimal, RuleError> {
        let Some((by, measured)) = self.context.measured(per.by, &self.amounts)? else { return Ok(Decimal::ZERO) };
        let above = measured.checked_sub(per.over).ok_or(RuleError::Overflow)?.max(Decimal::ZERO);
        let mut units = above.checked_div(per.unit).ok_or(RuleError::Overflow)?;
        if let Some(rounding) = per.rounding {
            units = Decimal::from(whole_units(units, rounding)?);
        }
        steps.push(TaxStep::PerUnit { by, measured, units, each: per.amount });
        units.checked_mul(per.amount.to_decimal()).ok_or(RuleError::Overflow)
    }

    /// Cents of the line: rounded alone, or so that its group adds up to the rounded sum.
    fn round(
        &mut self,
        line: &Line,
        exact: Decimal,
        phase: usize,
        steps: &mut Vec<TaxStep>,
    ) -> Result<Money, RuleError> {
        let group = line.group.and_then(|group| self.groups.get_mut(phase)?.get_mut(usize::from(group)));
        let together = group.is_some();
        let amount = match group {
            Some((sum, given)) => {
                *sum = sum.checked_add(exact).ok_or(RuleError::Overflow)?;
                let whole = Money::from_decimal(*sum, line.rounding)?;
                let amount = whole.try_sub(*given)?;
                *given = whole;
                amount
            }
            None => match line.round_to {
                Some(unit) => whole(exact, unit, line.rounding)?,
                None => Money::from_decimal(exact, line.rounding)?,
            },
        };
        if together || !is_cents(exact) || line.round_to.is_some() {
            steps.push(TaxStep::Rounded { exact, rounding: line.rounding, together, amount });
        }
        Ok(amount)
    }

    /// Puts a computed line on the bill, unless there was nothing to tax or nobody levies it.
    pub(super) fn push(
        &mut self,
        line: &'static Line,
        levy: Option<(usize, &LocalRate)>,
        due: Due,
        charge: Charge,
        amount: Money,
        payments: Vec<PaymentTax>,
    ) -> Result<(), RuleError> {
        let levied = charge.rate.is_some() || !amount.is_zero();
        if !levied || amount.is_zero() && charge.gross.is_zero() {
            return Ok(());
        }
        let id = if due != line.due { line.signing_id } else { line.id };
        let (id, name, level) = match levy {
            // A levy's own place makes its id and name.
            Some((position, entry)) => {
                let id = format!("{id}.{}-{}", entry.level.word(), position.saturating_add(1));
                (Cow::Owned(id), entry.name.clone(), entry.level)
            }
            None => (Cow::Borrowed(id), Cow::Borrowed(line.name), line.level),
        };
        let doubt = if line.verified { None } else { line.reason };
        let doubt = doubt.or_else(|| self.context.doubt(line.section, line.depends)).map(Cow::Borrowed);
        let reason = doubt.or(charge.doubt);
        self.out.push(TaxLine {
            id,
            name,
            level,
            due,
            base: Money::from_decimal(charge.taxable, Rounding::HalfUp)?,
            rate: charge.rate,
            amount,
            capitalized: false,
            payments,
            verified: reason.is_none(),
            reason,
            source: line.source,
            steps: charge.steps,
        });
        Ok(())
    }
}

/// Whether an exact amount is a whole number of cents, without the cost of comparing two scales.
fn is_cents(exact: Decimal) -> bool {
    let excess = exact.scale().saturating_sub(2);
    let unit = 10_i128.pow(excess);
    exact.mantissa() % unit == 0
}

/// Rule files write credits as what they are; the steps from `first` on show that they are subtracted.
pub(super) fn taken_off(steps: &mut [TaxStep], first: usize) {
    for step in steps.iter_mut().skip(first) {
        if let TaxStep::Component { counted, .. } = step {
            *counted = -*counted;
        }
    }
}

/// The slice of an amount that lies in a band.
pub(super) fn slice(band: Band, amount: Decimal) -> Result<Decimal, RuleError> {
    let top = band.to.map_or(amount, |to| amount.min(to.to_decimal()));
    Ok(top.checked_sub(band.from.to_decimal()).ok_or(RuleError::Overflow)?.max(Decimal::ZERO))
}

/// An amount in whole units.
fn whole(exact: Decimal, unit: Money, rounding: Rounding) -> Result<Money, RuleError> {
    let units = exact.checked_div(unit.to_decimal()).ok_or(RuleError::Overflow)?;
    let amount = Decimal::from(whole_units(units, rounding)?).checked_mul(unit.to_decimal());
    Ok(Money::from_decimal(amount.ok_or(RuleError::Overflow)?, rounding)?)
}

fn whole_units(units: Decimal, rounding: Rounding) -> Result<i64, RuleError> {
    // Whole units are counted like the cents of an amount a hundred times smaller.
    let hundredth = units.checked_div(Decimal::ONE_HUNDRED).ok_or(RuleError::Overflow)?;
    Ok(Money::from_decimal(hundredth, rounding)?.cents())
}
