//! Finds the rate of a line: fixed, local, from a table, or limited by another state's.

use super::context::Context;
use super::unknown::Unknown;
use crate::error::RuleError;
use crate::kinds::{Level, Residence};
use crate::outcome::TaxStep;
use crate::rates::{GENERAL, LocalRate};
use crate::rule::{Line, Local, Matrix, RateRule, Row, Rows};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What a line's rate rule came to.
#[derive(Default)]
pub(super) struct Found {
    pub(super) rate: Option<Rate>,
    /// An amount that a row of a table gives beside or instead of a rate.
    pub(super) amount: Option<Money>,
    /// Why a local rate in it is not verified.
    pub(super) doubt: Option<Cow<'static, str>>,
    /// Whether a table could not be entered because its measure is unknown.
    pub(super) unknown: bool,
}

impl Context<'_> {
    /// The entries of the resolved rates that a local rate rule means.
    pub(super) fn local_entries(&self, local: Local) -> impl Iterator<Item = &LocalRate> {
        self.rates.entries.iter().filter(move |entry| {
            entry.place_role == local.of
                && (local.levels.is_empty() || local.levels.contains(&entry.level))
                && entry.tax == local.tax
                && self.facts.deal.reached_by(entry.applies_to)
        })
    }

    /// Remembers when the place whose local rates decide has none at all: it was not found, or not asked for.
    fn expect_local(&self, local: Local) {
        if local.tax == GENERAL && self.rates.entries.iter().all(|entry| entry.place_role != local.of) {
            self.missed(Unknown::rates_of(local.of));
        }
    }

    /// The rate of a line, except for a line per levy, whose entry is given by the caller.
    pub(super) fn rate(
        &self,
        line: &Line,
        entry: Option<&LocalRate>,
        lines: &[Money],
        steps: &mut Vec<TaxStep>,
    ) -> Result<Found, RuleError> {
        let rule = &line.rate;
        let mut found = Found::default();
        if let Some(fixed) = rule.fixed {
            found.rate = Some(fixed);
            steps.push(TaxStep::Rate { rate: fixed, level: line.level, name: None, source: None, verified: true });
        }
        if let Some(entry) = entry {
            add_entry(&mut found, entry, steps)?;
        } else if let Some(local) = rule.local {
            self.expect_local(local);
            for entry in self.local_entries(local) {
                add_entry(&mut found, entry, steps)?;
            }
        }
        if let Some(rows) = rule.tiers {
            self.tier(rows, rule, line.level, lines, &mut found, steps)?;
        }
        if let Some(matrix) = rule.matrix {
            self.matrix(matrix, line.level, lines, &mut found, steps)?;
        }
        if rule.lesser_of_home {
            self.limit_by_home(&mut found, steps);
        }
        if let (Some(places), Some(rate)) = (rule.pass_on_places, found.rate) {
            let visible = pass_on(rate, places)?;
            instead(steps, visible, "passed-on");
            found.rate = Some(visible);
        }
        Ok(found)
    }

    fn tier(
        &self,
        rows: &[Row],
        rule: &RateRule,
        level: Level,
        lines: &[Money],
        found: &mut Found,
        steps: &mut Vec<TaxStep>,
    ) -> Result<(), RuleError> {
        let Some((by, measured)) = self.measured(rule.tiers_by, lines)? else {
            found.unknown = true;
            return Ok(());
        };
        let reaches =
            |row: &&Row| row.up_to.is_none_or(|bound| if row.inclusive { measured <= bound } else { measured < bound });
        let Some(row) = rows.iter().find(reaches) else { return Ok(()) };
        steps.push(TaxStep::Row { by, measured, up_to: row.up_to });
        if let Some(rate) = row.rate {
            steps.push(TaxStep::Rate { rate, level, name: None, source: None, verified: true });
        }
        found.rate = row.rate;
        found.amount = row.amount;
        Ok(())
    }

    fn matrix(
        &self,
        matrix: &Matrix,
        level: Level,
        lines: &[Money],
        found: &mut Found,
        steps: &mut Vec<TaxStep>,
    ) -> Result<(), RuleError> {
        let (row, column) = (self.measured(matrix.rows_by, lines)?, self.measured(matrix.columns_by, lines)?);
        let (Some((row_by, row)), Some((column_by, column))) = (row, column) else {
            found.unknown = true;
            return Ok(());
        };
        let place = |bounds: &[Decimal], value: Decimal| bounds.iter().take_while(|bound| value > **bound).count();
        let (row_at, column_at) = (place(matrix.rows, row), place(matrix.columns, column));
        let index = row_at.saturating_mul(matrix.columns.len().saturating_add(1)).saturating_add(column_at);
        steps.push(TaxStep::Row { by: row_by, measured: row, up_to: matrix.rows.get(row_at).copied() });
        steps.push(TaxStep::Row { by: column_by, measured: column, up_to: matrix.columns.get(column_at).copied() });
        if let Some(rate) = matrix.rates.get(index).copied() {
            steps.push(TaxStep::Rate { rate, level, name: None, source: None, verified: true });
            found.rate = Some(rate);
        }
        Ok(())
    }

    /// What a table is entered with, and its name for the trace.
    pub(super) fn measured(&self, by: Rows, lines: &[Money]) -> Result<Option<(&'static str, Decimal)>, RuleError> {
        Ok(match by {
            Rows::Measure(measure) => self.measure(measure).map(|value| (measure.word(), value)),
            Rows::Sum(sum) => {
                let name = sum.first().map_or("amount", |term| term.name);
                self.sum(sum, lines, None)?.map(|value| (name, value.max(Decimal::ZERO)))
            }
        })
    }

    /// A non-resident pays no more than his own state's rate.
    fn limit_by_home(&self, found: &mut Found, steps: &mut Vec<TaxStep>) {
        if self.facts.buyer.residence == Residence::Resident {
            return;
        }
        match (self.facts.buyer.home_state_rate, found.rate) {
            (Some(home), Some(own)) if home < own => {
                instead(steps, home, "home state");
                found.rate = Some(home);
            }
            (None, _) => self.missed(Unknown::HomeRate),
            _ => {}
        }
    }
}

fn add_entry(found: &mut Found, entry: &LocalRate, steps: &mut Vec<TaxStep>) -> Result<(), RuleError> {
    found.rate = Some(found.rate.unwrap_or_default().try_add(entry.rate)?);
    if let Some(amount) = entry.amount {
        found.amount = Some(found.amount.unwrap_or_default().try_add(amount)?);
    }
    if !entry.verified {
        found.doubt = Some(entry.reason.clone().unwrap_or(Cow::Borrowed("the local rate is not verified")));
    }
    steps.push(TaxStep::Rate {
        rate: entry.rate,
        level: entry.level,
        name: Some(entry.name.clone()),
        source: Some(entry.source.clone()),
        verified: entry.verified,
    });
    Ok(())
}

/// One rate takes the place of those found so far: the rates among the steps always add up to the rate that was applied.
fn instead(steps: &mut Vec<TaxStep>, rate: Rate, name: &'static str) {
    steps.retain(|step| !matches!(step, TaxStep::Rate { .. }));
    let name = Some(Cow::Borrowed(name));
    steps.push(TaxStep::Rate { rate, level: Level::State, name, source: None, verified: true });
}

/// The rate that may be shown to the buyer when what is passed on is itself taxed: rate / (1 - rate), cut off where the
/// department cuts it.
fn pass_on(rate: Rate, places: u8) -> Result<Rate, RuleError> {
    let rest = Decimal::ONE.checked_sub(rate.to_decimal()).ok_or(RuleError::Overflow)?;
    let visible = rate.to_decimal().checked_div(rest).ok_or(RuleError::Overflow)?;
    Ok(Rate::from_decimal(visible, Rounding::Down)?.round(places.into(), Rounding::Down)?)
}
