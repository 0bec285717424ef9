//! Lines: taxes, fees and limits on fees, in the order in which they stand on each other.

use super::dated::Dated;
use super::forms::{SumDef, TermDef};
use super::lower::{Making, word};
use super::source::{BandDef, LineDef, LocalDef, MatrixDef, PerDef, RowDef, StepDef, TiersDef};
use super::terms::{Place, by, sum};
use super::{Said, leak, leak_str};
use crate::kinds::{Due, Level, PlaceRole, SectionKind};
use crate::rule::{Band, BaseStep, Component, Line, Local, Matrix, Per, RateRule, Row, Rows, SumOf};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// Which list of a file a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Retail,
    Lease,
    Note,
    Fee,
    DocFeeLimit,
}

impl List {
    fn section(self) -> SectionKind {
        match self {
            Self::Retail => SectionKind::Retail,
            Self::Lease => SectionKind::Lease,
            Self::Note => SectionKind::Finance,
            Self::Fee => SectionKind::Fees,
            Self::DocFeeLimit => SectionKind::DocFee,
        }
    }
}

/// Names of the lines that a line stands on.
pub(super) fn stands_on(def: &LineDef) -> impl Iterator<Item = &str> {
    let sums = [&def.base, &def.signing, &def.floor, &def.ceiling, &def.credits, &def.tax_credits, &def.max_of];
    sums.into_iter()
        .filter_map(|sum| if let SumDef::Terms(terms) = sum { Some(terms) } else { None })
        .flatten()
        .filter_map(|TermDef(term)| term.of.as_deref().or(term.less.as_deref()))
        .filter_map(|name| name.strip_prefix("line:"))
}

/// Makes one line; `before` are the ids of the lines that already stand in the list.
pub(super) fn line(making: &Making<'_>, def: &LineDef, list: List, before: &[&'static str]) -> Said<Line> {
    let place = Place { lease: list == List::Lease, lines: before };
    let section = match &def.section {
        Some(text) => word(SectionKind::from_word, text, "section")?,
        None => list.section(),
    };
    let due = match &def.due {
        Some(text) => word(Due::from_word, text, "due")?,
        None => Due::Signing,
    };
    let line = Line {
        id: leak_str(&def.id),
        signing_id: if due == Due::Payment { leak_str(&format!("{}.signing", def.id)) } else { "" },
        name: leak_str(&def.name),
        level: def.level.as_ref().map_or(Ok(Level::State), |text| word(Level::from_word, text, "level"))?,
        section,
        depends: 0,
        due,
        when: def
            .when
            .as_ref()
            .map_or(Ok(&[] as &[_]), |when| super::conditions::tests(making, when, Place { lines: &[], ..place }))?,
        base: sum(making, &def.base, place)?,
        signing: sum(making, &def.signing, place)?,
        floor: sum(making, &def.floor, place)?,
        ceiling: sum(making, &def.ceiling, place)?,
        credits: sum(making, &def.credits, place)?,
        base_step: def.base_step.as_ref().map(|step| base_step(making, step)).transpose()?,
        band: def.band.as_ref().map(|def| band(making, def)).transpose()?,
        over_term: def.over_term,
        rate: rate(making, def, place)?,
        flat: money(making, def.flat.as_ref(), "flat")?,
        per: def.per.as_ref().map(|def| per(making, def, place)).transpose()?,
        tax_credits: sum(making, &def.tax_credits, place)?,
        times: def.times.unwrap_or(1),
        min: money(making, def.min.as_ref(), "min")?,
        max: money(making, def.max.as_ref(), "max")?,
        max_of: sum(making, &def.max_of, place)?,
        rounding: def.rounding.as_deref().map_or(Ok(Rounding::HalfUp), rounding)?,
        round_to: money(making, def.round_to.as_ref(), "round_to")?,
        group: def.round_with.as_ref().map(|name| making.group(name)).transpose()?,
        on_itself: def.on_itself,
        verified: def.verified.unwrap_or(true),
        reason: def.reason.as_ref().map(|text| leak_str(text)),
        source: making.source(&def.source)?,
    };
    let line = Line { depends: depends(&line, list), ..line };
    check(&line, def, list)?;
    Ok(line)
}

/// The parts of law beside the line's own that decide its result when a deal touches them: whoever taxes the price also
/// decides what a trade, a rebate, a fee or old debt do to it.
fn depends(line: &Line, list: List) -> u16 {
    let bit = |section: SectionKind| 1_u16 << section.index();
    let mut mask = 0;
    for term in line.base.iter().chain(line.signing).chain(line.credits) {
        mask |= match term.of {
            Component::Price if list == List::Retail => {
                bit(SectionKind::TradeIn)
                    | bit(SectionKind::Rebates)
                    | bit(SectionKind::NegativeEquity)
                    | bit(SectionKind::DocFee)
            }
            Component::Product(_) | Component::Products => bit(SectionKind::Products),
            _ => 0,
        };
    }
    mask
}

fn check(line: &Line, def: &LineDef, list: List) -> Said<()> {
    let fail = |text: &str| Err(text.to_owned());
    if line.verified == def.reason.is_some() {
        return fail("`reason` goes with `verified = false`, and only with it");
    }
    let has_rate = line.rate.fixed.is_some() || line.rate.local.is_some();
    let has_table = line.rate.tiers.is_some() || line.rate.matrix.is_some();
    if !has_rate && !has_table && line.flat.is_none() && line.per.is_none() {
        return fail("a line needs at least one of rate, local, tiers, matrix, flat, per");
    }
    if line.times != 1 && (has_rate || has_table || line.per.is_some() || line.flat.is_none()) {
        return fail("`times` multiplies `flat` and stands with nothing else");
    }
    if has_rate && has_table || line.rate.tiers.is_some() && line.rate.matrix.is_some() {
        return fail("a line takes its rate from rate and local, or from tiers, or from matrix");
    }
    let rates_base = has_rate
        || line.rate.matrix.is_some()
        || line.rate.tiers.is_some_and(|rows| rows.iter().any(|r| r.rate.is_some()));
    if rates_base && line.base.is_empty() && line.signing.is_empty() {
        return fail("a rate needs a base");
    }
    if let (Some(min), Some(max)) = (line.min, line.max)
        && min > max
    {
        return fail("min is above max");
    }
    if line.round_to.is_some_and(|unit| !unit.is_positive() || line.group.is_some()) {
        return fail("`round_to` is above zero and does not go with `round_with`");
    }
    if line.due == Due::Payment && list != List::Lease {
        return fail("only a lease has payments");
    }
    if line.due != Due::Payment && !line.signing.is_empty() {
        return fail("`signing` belongs to a line that is due with payments");
    }
    let one_payment = |sum: SumOf| sum.iter().any(|term| term.of == Component::Payment);
    if line.due != Due::Payment && one_payment(line.base) || one_payment(line.signing) {
        return fail("\"payment\" is one payment; a line due at once takes \"total_payments\"");
    }
    if line.due == Due::Payment {
        rate_on_charges(line)?;
    }
    if line.over_term && line.due != Due::Payment {
        return fail("`over_term` belongs to a line that is due with payments");
    }
    if line.on_itself && !matches!(line.due, Due::Signing | Due::Lessor) {
        return fail("only a tax due at the start can be capitalised");
    }
    if list != List::DocFeeLimit && (def.binding.is_some() || def.words.is_some()) {
        return fail("`binding` and `words` belong to [[doc_fee_limit]]");
    }
    if list == List::DocFeeLimit && (def.binding.is_none() || def.words.is_none()) {
        return fail("a limit on the documentation fee needs `binding` and `words`");
    }
    if line.rate.local.is_some_and(|local| local.each) && line.rate.fixed.is_some() {
        return fail("`each` makes a line per levy and cannot be added to a fixed rate");
    }
    Ok(())
}

/// A line due with payments is a rate on charges: what belongs to a tax as a whole would be taken anew with each of them.
fn rate_on_charges(line: &Line) -> Said<()> {
    let whole = line.flat.is_some()
        || line.per.is_some()
        || line.min.is_some()
        || line.max.is_some()
        || line.base_step.is_some()
        || [line.max_of, line.tax_credits, line.floor, line.ceiling].iter().any(|sum| !sum.is_empty());
    if whole {
        return Err(
            "a line due with payments has no flat, per, min, max, floor, ceiling or credit of the tax".to_owned()
        );
    }
    if line.over_term && (line.rate.tiers.is_some() || line.rate.matrix.is_some() || line.group.is_some()) {
        return Err("`over_term` goes with rate and local only".to_owned());
    }
    if !line.over_term && !line.credits.is_empty() {
        return Err("credits against payments are used up over the term: add `over_term = true`".to_owned());
    }
    Ok(())
}

fn money(making: &Making<'_>, def: Option<&Dated>, what: &str) -> Said<Option<Money>> {
    let amount = def.map(|def| def.at::<Money>(making.day(), what)).transpose()?;
    match amount {
        Some(amount) if amount.is_negative() => Err(format!("{what} is negative")),
        amount => Ok(amount),
    }
}

fn plausible(rate: Rate, what: &str) -> Said<Rate> {
    if rate.is_negative() || rate > Rate::ONE {
        return Err(format!("{what} {rate} is not between 0 and 1: a rate is a fraction of one"));
    }
    Ok(rate)
}

pub(super) fn rate_at(making: &Making<'_>, def: &Dated, what: &str) -> Said<Rate> {
    plausible(def.at(making.day(), what)?, what)
}

fn rounding(text: &str) -> Said<Rounding> {
    match text {
        "half_up" => Ok(Rounding::HalfUp),
        "half_even" => Ok(Rounding::HalfEven),
        "up" => Ok(Rounding::Up),
        "down" => Ok(Rounding::Down),
        _ => Err(format!("\"{text}\" is not a rounding; use half_up, half_even, up or down")),
    }
}

fn base_step(making: &Making<'_>, def: &StepDef) -> Said<BaseStep> {
    let unit: Money = def.unit.at(making.day(), "unit")?;
    if !unit.is_positive() {
        return Err("the unit of a base step is above zero".to_owned());
    }
    Ok(BaseStep { unit, rounding: rounding(&def.rounding)? })
}

fn band(making: &Making<'_>, def: &BandDef) -> Said<Band> {
    let from = money(making, def.from.as_ref(), "band from")?.unwrap_or(Money::ZERO);
    let to = money(making, def.to.as_ref(), "band to")?;
    match to {
        Some(to) if to <= from => Err("the band ends before it begins".to_owned()),
        None if from.is_zero() => Err("a band needs `from` or `to`".to_owned()),
        to => Ok(Band { from, to }),
    }
}

fn rate(making: &Making<'_>, def: &LineDef, place: Place<'_>) -> Said<RateRule> {
    let (tiers, tiers_by) = match &def.tiers {
        Some(def) => (Some(tiers(making, def)?), by(making, &def.by, place)?),
        None => (None, Rows::Sum(&[])),
    };
    Ok(RateRule {
        fixed: def.rate.as_ref().map(|rate| rate_at(making, rate, "rate")).transpose()?,
        local: def.local.as_ref().map(local).transpose()?,
        tiers,
        tiers_by,
        matrix: def.matrix.as_ref().map(|def| matrix(making, def, place)).transpose()?,
        lesser_of_home: def.lesser_of_home,
        pass_on_places: def.pass_on_places,
    })
}

fn local(def: &LocalDef) -> Said<Local> {
    let levels = def.levels.iter().map(|level| word(Level::from_word, level, "level"));
    Ok(Local {
        levels: leak(levels.collect::<Said<Vec<_>>>()?),
        of: word(PlaceRole::from_word, &def.of, "place")?,
        tax: def.tax.as_ref().map_or("general", |tax| leak_str(tax)),
        each: def.each,
    })
}

fn tiers(making: &Making<'_>, def: &TiersDef) -> Said<&'static [Row]> {
    let mut rows = Vec::new();
    for row in &def.rows {
        rows.push(tier(making, row)?);
    }
    let bounds: Vec<Option<Decimal>> = rows.iter().map(|row: &Row| row.up_to).collect();
    ascending(&bounds)?;
    Ok(leak(rows))
}

fn tier(making: &Making<'_>, def: &RowDef) -> Said<Row> {
    let (up_to, inclusive) = match (&def.up_to, &def.below) {
        (Some(bound), None) => (Some(bound.at(making.day(), "up_to")?), true),
        (None, Some(bound)) => (Some(bound.at(making.day(), "below")?), false),
        (None, None) => (None, true),
        _ => return Err("a row has `up_to` or `below`, not both".to_owned()),
    };
    let rate = def.rate.as_ref().map(|rate| rate_at(making, rate, "rate")).transpose()?;
    let amount = money(making, def.amount.as_ref(), "amount")?;
    if rate.is_none() && amount.is_none() {
        return Err("a row gives a rate, an amount, or both".to_owned());
    }
    Ok(Row { up_to, inclusive, rate, amount })
}

/// Every row but the last has a bound above the row before it.
fn ascending(bounds: &[Option<Decimal>]) -> Said<()> {
    let Some((last, rest)) = bounds.split_last() else { return Err("a table without rows".to_owned()) };
    if last.is_some() {
        return Err("the last row of a table must be open, so that every value has a row".to_owned());
    }
    let mut before = None;
    for bound in rest {
        if bound.is_none() || before.is_some_and(|before: Decimal| *bound <= Some(before)) {
            return Err("the bounds of a table must rise from row to row".to_owned());
        }
        before = *bound;
    }
    Ok(())
}

fn matrix(making: &Making<'_>, def: &MatrixDef, place: Place<'_>) -> Said<&'static Matrix> {
    let axis = |texts: &[String]| -> Said<&'static [Decimal]> {
        let numbers = texts.iter().map(|text| super::dated::number::<Decimal>(text, "bound"));
        let numbers = numbers.collect::<Said<Vec<_>>>()?;
        let mut bounds: Vec<Option<Decimal>> = numbers.iter().copied().map(Some).collect();
        bounds.push(None);
        ascending(&bounds)?;
        Ok(leak(numbers))
    };
    let (rows, columns) = (axis(&def.rows_up_to)?, axis(&def.columns_up_to)?);
    if def.rates.len() != rows.len() + 1 || def.rates.iter().any(|row| row.len() != columns.len() + 1) {
        return Err(format!("the matrix needs {} rows of {} rates", rows.len() + 1, columns.len() + 1));
    }
    let rates = def.rates.iter().flatten().map(|text| plausible(super::dated::number(text, "rate")?, "rate"));
    Ok(Box::leak(Box::new(Matrix {
        rows_by: by(making, &def.rows_by, place)?,
        rows,
        columns_by: by(making, &def.columns_by, place)?,
        columns,
        rates: leak(rates.collect::<Said<Vec<_>>>()?),
    })))
}

fn per(making: &Making<'_>, def: &PerDef, place: Place<'_>) -> Said<Per> {
    let unit: Decimal = def.unit.at(making.day(), "unit")?;
    if unit <= Decimal::ZERO {
        return Err("the unit is above zero".to_owned());
    }
    Ok(Per {
        by: by(making, &def.by, place)?,
        over: def.over.as_ref().map_or(Ok(Decimal::ZERO), |over| over.at(making.day(), "over"))?,
        unit,
        amount: def.amount.at(making.day(), "amount")?,
        rounding: def.rounding.as_deref().map(rounding).transpose()?,
    })
}
