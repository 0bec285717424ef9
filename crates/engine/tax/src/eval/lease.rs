//! Leases: taxes that fall due with the payments, bands that run over the term, and the tax that is part of its own base.

use super::line::{Charge, Run, slice, taken_off};
use super::{belongs, evaluate};
use crate::error::RuleError;
use crate::facts::{CapitalizedTax, Facts, LeaseQuantities};
use crate::kinds::Due;
use crate::outcome::{PaymentTax, TaxLine, TaxOutcome, TaxStep};
use crate::rates::{LocalRate, ResolvedRates};
use crate::rule::{Band, JurisdictionVersion, Line};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// How often a capitalised tax is computed anew to settle its last cent.
const SETTLING_ROUNDS: usize = 4;

/// The taxes of a lease together with the lease they belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaseTax {
    pub outcome: TaxOutcome,
    /// Upfront tax that is in the capitalised cost.
    pub capitalized: Money,
    /// The lease with that tax in its capitalised cost.
    pub quantities: LeaseQuantities,
}

/// All taxes of a lease. `quantities` computes the lease for a given capitalised tax and is linear in it.
///
/// When upfront tax is capitalised, lines that the law takes on the tax itself (`on_itself` in the rule file) make the
/// equation T = a + b·T, where T is the tax capitalised and b what one capitalised dollar adds to it. It is solved, then
/// settled to the cent, so that the capitalised tax equals its lines to the cent. Lines that do not stand on the tax are taken
/// from the lease without it; taxes due with payments from the lease with it.
///
/// # Errors
/// [`RuleError`] as in [`evaluate`], [`RuleError::NoSolution`], and whatever `quantities` answers.
pub fn evaluate_lease<E: From<RuleError>>(
    version: &JurisdictionVersion,
    facts: &Facts<'_>,
    rates: &ResolvedRates,
    upfront: &CapitalizedTax<'_>,
    quantities: impl Fn(Money) -> Result<LeaseQuantities, E>,
) -> Result<LeaseTax, E> {
    let at = |tax: Money| -> Result<(LeaseQuantities, TaxOutcome), E> {
        let lease = quantities(tax)?;
        let mut outcome = evaluate(version, &Facts { lease: Some(&lease), ..*facts }, rates)?;
        upfront.mark(version, &mut outcome.lines);
        Ok((lease, outcome))
    };
    let (lease, plain) = at(Money::ZERO)?;
    let without = capitalized(&plain.lines, |_| true)?;
    if without.is_zero() {
        return Ok(LeaseTax { outcome: plain, capitalized: Money::ZERO, quantities: lease });
    }
    let on_itself = |line: &TaxLine| version.lease.iter().any(|rule| rule.on_itself && belongs(line, rule.id));
    if !plain.lines.iter().any(on_itself) {
        let (lease, with) = at(without)?;
        return Ok(LeaseTax { outcome: merge(plain, with, |_| false), capitalized: without, quantities: lease });
    }
    let fixed = capitalized(&plain.lines, |line| !on_itself(line))?;
    let all =
        |with: &TaxOutcome| -> Result<Money, RuleError> { Ok(capitalized(&with.lines, on_itself)?.try_add(fixed)?) };
    let (_, first) = at(without)?;
    let slope = slope(without, all(&first)?)?;
    let mut tax = solve(without, slope)?;
    let (mut lease, mut with) = at(tax)?;
    for _ in 0..SETTLING_ROUNDS {
        let again = all(&with)?;
        if again == tax {
            break;
        }
        tax = again;
        (lease, with) = at(tax)?;
    }
    for line in with.lines.iter_mut().filter(|line| line.capitalized && on_itself(line)) {
        line.steps.push(TaxStep::Solved { without, slope, capitalized: tax });
    }
    Ok(LeaseTax { outcome: merge(plain, with, on_itself), capitalized: tax, quantities: lease })
}

impl CapitalizedTax<'_> {
    /// Says of each line whether it is in the capitalised cost. A credit is where the taxes are that it lowers; where those are
    /// in both places, it lowers what is paid at signing.
    fn mark(&self, version: &JurisdictionVersion, lines: &mut [TaxLine]) {
        if !self.all && self.each.is_empty() {
            return;
        }
        let credit = |line: &TaxLine| version.credits.iter().find(|credit| credit.id == line.id);
        for line in lines.iter_mut() {
            line.capitalized = is_upfront(line) && credit(line).is_none() && self.takes(line);
        }
        for index in 0..lines.len() {
            let Some((line, rule)) = lines.get(index).and_then(|line| Some((line, credit(line)?))) else { continue };
            let lowered = |other: &&TaxLine| {
                is_upfront(other)
                    && credit(other).is_none()
                    && (rule.against.is_empty() || rule.against.iter().any(|id| belongs(other, id)))
            };
            let mut lowers = lines.iter().filter(lowered).peekable();
            let inside = if lowers.peek().is_none() { self.all } else { lowers.all(|other| other.capitalized) };
            let inside = inside && is_upfront(line);
            if let Some(line) = lines.get_mut(index) {
                line.capitalized = inside;
            }
        }
    }

    fn takes(&self, line: &TaxLine) -> bool {
        let named = self.each.iter().filter(|(id, _)| belongs(line, id));
        named.max_by_key(|(id, _)| id.len()).map_or(self.all, |(_, capitalized)| *capitalized)
    }
}

/// The capitalised lines that the filter lets pass.
fn capitalized(lines: &[TaxLine], filter: impl Fn(&TaxLine) -> bool) -> Result<Money, RuleError> {
    let counted = lines.iter().filter(|line| line.capitalized && filter(line));
    Ok(Money::try_sum(counted.map(|line| line.amount))?)
}

fn is_upfront(line: &TaxLine) -> bool {
    matches!(line.due, Due::Signing | Due::Lessor)
}

/// The lines of the lease without capitalised tax, except those due with payments and those taken on the tax itself.
fn merge(plain: TaxOutcome, with: TaxOutcome, on_itself: impl Fn(&TaxLine) -> bool) -> TaxOutcome {
    let follows = |line: &TaxLine| line.due == Due::Payment || on_itself(line);
    let mut moved: Vec<TaxLine> = with.lines.into_iter().filter(follows).collect();
    let mut lines = Vec::with_capacity(plain.lines.len());
    for line in plain.lines {
        if follows(&line) {
            let same = moved.iter().position(|other| other.id == line.id && other.due == line.due);
            lines.extend(same.map(|index| moved.remove(index)));
        } else {
            lines.push(line);
        }
    }
    lines.append(&mut moved);
    TaxOutcome { lines, notices: with.notices }
}

/// What one capitalised dollar adds to the tax: (T(a) - a) / a.
fn slope(without: Money, first: Money) -> Result<Rate, RuleError> {
    let slope = first.try_sub(without)?.ratio_of(without, Rounding::HalfUp)?;
    if slope.is_negative() || slope >= Rate::ONE { Err(RuleError::NoSolution) } else { Ok(slope) }
}

/// T = a / (1 - b).
fn solve(without: Money, slope: Rate) -> Result<Money, RuleError> {
    let rest = Rate::ONE.try_sub(slope)?;
    Ok(without.times_ratio(Rate::SCALE, rest.units(), Rounding::HalfUp)?)
}

impl Run<'_> {
    /// A line due with payments, and its part due at signing. Answers the tax on the first payment.
    pub(super) fn with_payments(
        &mut self,
        line: &'static Line,
        levy: Option<(usize, &LocalRate)>,
    ) -> Result<Money, RuleError> {
        let entry = levy.map(|(_, entry)| entry);
        let lease = self.context.facts.lease.ok_or(RuleError::NoLease)?;
        if line.over_term {
            return self.over_term(line, levy, lease);
        }
        if !line.signing.is_empty()
            && let Some(charge) = self.charge(line, line.signing, &[], entry, 0)?
        {
            let amount = charge.amount;
            self.push(line, levy, Due::Signing, charge, amount, Vec::new())?;
        }
        let Some(charge) = self.charge(line, line.base, line.credits, entry, 1)? else { return Ok(Money::ZERO) };
        let each = charge.amount;
        let spans = vec![PaymentTax { first: 1, count: lease.term_months, amount: each }];
        self.push(line, levy, line.due, charge, each.times_count(lease.term_months.into())?, spans)?;
        Ok(each)
    }

    /// Credits and band are used up by the charges in their order: what is charged at signing, then payment by payment.
    fn over_term(
        &mut self,
        line: &'static Line,
        levy: Option<(usize, &LocalRate)>,
        lease: &LeaseQuantities,
    ) -> Result<Money, RuleError> {
        let context = self.context;
        let mut steps = Vec::with_capacity(8);
        let mut signing_steps = Vec::with_capacity(8);
        let signing = context.sum(line.signing, &self.amounts, Some(&mut signing_steps))?;
        let payment = context.sum(line.base, &self.amounts, Some(&mut steps))?;
        let first = signing_steps.len();
        let credit = context.sum(line.credits, &self.amounts, Some(&mut signing_steps))?;
        let (Some(signing), Some(payment), Some(credit)) = (signing, payment, credit) else { return Ok(Money::ZERO) };
        taken_off(&mut signing_steps, first);
        // Payments below nothing give no credit, and take none back.
        let [signing, payment, credit] = [signing, payment, credit].map(|amount| amount.max(Decimal::ZERO));
        let entry = levy.map(|(_, entry)| entry);
        let found = context.rate(line, entry, &self.amounts, &mut steps)?;
        let rate = found.rate.unwrap_or_default();
        signing_steps.push(TaxStep::Sum { amount: signing });
        let band = line.band.unwrap_or(Band { from: Money::ZERO, to: None });
        let mut meter =
            Meter { band, credit, charged: Decimal::ZERO, taxed: Decimal::ZERO, given: line.band.map(|_| Money::ZERO) };

        let taxed = meter.charge(signing)?;
        signing_steps.push(TaxStep::Band { from: band.from, to: band.to, over_term: true, amount: taxed });
        signing_steps.push(TaxStep::Rate { rate, level: line.level, name: None, source: None, verified: true });
        let amount = meter.tax(line, taxed, rate)?;
        let charge = Charge {
            gross: signing,
            taxable: taxed,
            rate: found.rate,
            amount,
            steps: signing_steps,
            doubt: found.doubt.clone(),
        };
        self.push(line, levy, Due::Signing, charge, amount, Vec::new())?;

        let before = meter.taxed;
        let spans = spans(line, &mut meter, payment, rate, lease.term_months)?;
        let taxable = meter.taxed.checked_sub(before).ok_or(RuleError::Overflow)?;
        steps.push(TaxStep::Band { from: band.from, to: band.to, over_term: true, amount: taxable });
        let total =
            spans.iter().try_fold(Money::ZERO, |sum, span| sum.try_add(span.amount.times_count(span.count.into())?))?;
        let each = spans.first().map_or(Money::ZERO, |span| span.amount);
        let charge = Charge { gross: payment, taxable, rate: found.rate, amount: total, steps, doubt: found.doubt };
        self.push(line, levy, line.due, charge, total, spans)?;
        Ok(each)
    }
}

/// The tax on each payment in turn, equal neighbours together.
fn spans(
    line: &Line,
    meter: &mut Meter,
    payment: Decimal,
    rate: Rate,
    payments: u16,
) -> Result<Vec<PaymentTax>, RuleError> {
    let mut spans = Vec::with_capacity(4);
    for number in 1..=payments {
        let taxed = meter.charge(payment)?;
        add_span(&mut spans, number, 1, meter.tax(line, taxed, rate)?);
        let left = payments.saturating_sub(number);
        if left > 0 && meter.is_steady() {
            // Nothing changes any more: one more payment stands for all that are left.
            let taxed = meter.charge(payment)?;
            add_span(&mut spans, number.saturating_add(1), left, meter.tax(line, taxed, rate)?);
            let others = Decimal::from(left.saturating_sub(1));
            let more = taxed.checked_mul(others).ok_or(RuleError::Overflow)?;
            meter.taxed = meter.taxed.checked_add(more).ok_or(RuleError::Overflow)?;
            break;
        }
    }
    Ok(spans)
}

fn add_span(spans: &mut Vec<PaymentTax>, first: u16, count: u16, amount: Money) {
    match spans.last_mut() {
        Some(last) if last.amount == amount => last.count = last.count.saturating_add(count),
        _ => spans.push(PaymentTax { first, count, amount }),
    }
}

/// Runs charges through a credit and a band.
struct Meter {
    band: Band,
    credit: Decimal,
    charged: Decimal,
    taxed: Decimal,
    /// With a band: the cents given out so far, so that all charges together bear the tax on the band and not a cent more.
    given: Option<Money>,
}

impl Meter {
    /// What of this charge is taxed.
    fn charge(&mut self, amount: Decimal) -> Result<Decimal, RuleError> {
        self.charged = self.charged.checked_add(amount).ok_or(RuleError::Overflow)?;
        let net = self.net()?;
        let taxed = slice(self.band, net)?;
        let part = taxed.checked_sub(self.taxed).ok_or(RuleError::Overflow)?;
        self.taxed = taxed;
        Ok(part)
    }

    /// The tax on a charge of which `taxed` lies in the band, already charged to the meter.
    fn tax(&mut self, line: &Line, taxed: Decimal, rate: Rate) -> Result<Money, RuleError> {
        if taxed.is_zero() {
            return Ok(Money::ZERO);
        }
        let rate = rate.to_decimal();
        let Some(given) = self.given else {
            let exact = taxed.checked_mul(rate).ok_or(RuleError::Overflow)?;
            return Ok(Money::from_decimal(exact, line.rounding)?);
        };
        let exact = self.taxed.checked_mul(rate).ok_or(RuleError::Overflow)?;
        let so_far = Money::from_decimal(exact, line.rounding)?;
        self.given = Some(so_far);
        Ok(so_far.try_sub(given)?)
    }

    fn net(&self) -> Result<Decimal, RuleError> {
        Ok(self.charged.checked_sub(self.credit).ok_or(RuleError::Overflow)?.max(Decimal::ZERO))
    }

    /// Whether further equal charges are all taxed alike: above the band, or without one past the credit.
    fn is_steady(&self) -> bool {
        match (self.given, self.band.to) {
            (Some(_), Some(to)) => self.net().is_ok_and(|net| net >= to.to_decimal()),
            (Some(_), None) => false,
            (None, _) => self.charged >= self.credit,
        }
    }
}
