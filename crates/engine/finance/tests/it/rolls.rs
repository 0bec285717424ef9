//! The promise of rolling to a target, for deals of every kind: an answer run forward gives the target to the cent, and where
//! none is given, none is there.
//!
//! `PROPTEST_CASES` sets how many deals each law tries.

use crate::any_deal::{AnyDeal, any_deal};
use crate::laws::compute;
use autolytiq_finance::deal::column::{Column, Residual};
use autolytiq_finance::deal::input::DealInput;
use autolytiq_finance::deal::output::{ColumnResult, Figures};
use autolytiq_finance::solve::{Aim, Brief, Fault, Outcome, Point, Solved, Target, TargetFigure, Variable, solve};
use autolytiq_finance::trace::Value;
use autolytiq_finance::{rules_for, surface};
use autolytiq_money::{Money, Rate};
use autolytiq_tax::ResolvedRates;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use serde_json::json;
use std::cell::Cell;

const VARIABLES: [Variable; 8] = [
    Variable::Price,
    Variable::CashDown,
    Variable::TradeAllowance,
    Variable::Rebate,
    Variable::Rate,
    Variable::TermMonths,
    Variable::MoneyFactor,
    Variable::Residual,
];
const FIGURES: [TargetFigure; 4] =
    [TargetFigure::Payment, TargetFigure::DueAtSigning, TargetFigure::FrontGross, TargetFigure::TotalGross];

/// The figures of a column that a target can be one of.
pub(crate) fn brief(column: &ColumnResult) -> Brief {
    let (payment, due_at_signing, total) = match &column.figures {
        Figures::Cash(cash) => (None, cash.balance_due.try_add(cash.common.cash_down).unwrap(), cash.total_price),
        Figures::Finance(loan) => (Some(loan.payment), loan.common.cash_down, loan.total_sale_price),
        Figures::Lease(lease) => (Some(lease.payment), lease.due_at_signing, lease.total_of_payments),
    };
    Brief { payment, due_at_signing, total, gross: column.gross }
}

fn reached(brief: &Brief, figure: TargetFigure) -> Option<Money> {
    match figure {
        TargetFigure::Payment => brief.payment,
        TargetFigure::DueAtSigning => Some(brief.due_at_signing),
        TargetFigure::FrontGross => brief.gross.map(|gross| gross.front),
        TargetFigure::TotalGross => brief.gross.map(|gross| gross.total),
    }
}

/// One deal with one column, to be rolled.
#[derive(Debug, Clone)]
struct Roll {
    deal: AnyDeal,
    variable: Variable,
    figure: TargetFigure,
}

impl Roll {
    fn of(deal: &AnyDeal, column: usize, variable: Variable, figure: TargetFigure) -> Self {
        let mut deal = deal.clone();
        // The rules may refuse another column of the same deal.
        deal.input.columns = vec![deal.input.columns[column].clone()];
        Self { deal, variable, figure }
    }

    fn now(&self) -> Option<Money> {
        reached(&brief(&compute(&self.deal).ok()?.columns[0]), self.figure)
    }

    fn solve(&self, amount: Money) -> Result<Solved, Fault> {
        let rules = rules_for(&self.deal.input).map_err(Fault::Deal)?;
        let (column, target) = (self.deal.input.columns[0].id(), Target { figure: self.figure, amount });
        let aim = Aim { column, variable: self.variable, item: 0, target, step: None, least: None, most: None };
        solve(self.deal.input.clone(), rules, &self.deal.rates, &aim)
    }

    /// The deal with a value where an answer's pointer says.
    fn with(&self, pointer: &str, value: &Value) -> AnyDeal {
        let mut deal = serde_json::to_value(&self.deal.input).unwrap();
        let value = match value {
            Value::Money(amount) => json!(amount),
            Value::Rate(rate) => json!(rate),
            Value::Count(count) => json!(count),
            other => panic!("{other:?}"),
        };
        *deal.pointer_mut(pointer).unwrap() = value;
        AnyDeal { input: surface::parse(&deal.to_string()).unwrap(), rates: self.deal.rates.clone() }
    }

    /// What stands at a pointer, as a value of the same kind as another one.
    fn value(&self, pointer: &str, like: &Value) -> Option<Value> {
        let deal = serde_json::to_value(&self.deal.input).unwrap();
        let text = deal.pointer(pointer)?.to_string();
        let text = text.trim_matches('"');
        Some(match like {
            Value::Money(_) => Value::Money(text.parse().unwrap()),
            Value::Rate(_) => Value::Rate(text.parse().unwrap()),
            _ => Value::Count(text.parse().unwrap()),
        })
    }

    /// The whole calculator, run forward on an answer.
    fn forward(&self, solved: &Solved, point: &Point) -> Money {
        let result = compute(&self.with(&solved.pointer, &point.value)).unwrap();
        let forward = brief(&result.columns[0]);
        assert_eq!(forward, point.figures, "the answer carries the figures of the deal it stands for");
        reached(&forward, self.figure).unwrap()
    }

    /// All that is needed to try it again.
    fn words(&self, amount: Money) -> serde_json::Value {
        let Self { deal, variable, figure } = self;
        json!({"input": deal.input, "rates": deal.rates, "variable": variable, "figure": figure, "amount": amount})
    }
}

/// The same deal with the variable somewhere else; none where its present value is not one of those that are tried.
fn moved(deal: &AnyDeal, column: usize, variable: Variable, elsewhere: i64) -> Option<AnyDeal> {
    let mut deal = deal.clone();
    let money = Money::from_cents(elsewhere);
    let part = |most: i64, step: i64| Rate::from_units(elsewhere % (most / step + 1) * step);
    let on_step = |rate: Rate, step: i64| (rate.units() % step == 0).then_some(());
    let basis_point = Rate::SCALE / 10_000;
    match (variable, deal.input.columns.get_mut(column)?) {
        (Variable::Price, _) => deal.input.price = money,
        (Variable::CashDown, Column::Finance(terms)) => terms.cash_down = Some(money),
        (Variable::CashDown, Column::Lease(terms)) => terms.cash_down = Some(money),
        (Variable::CashDown, Column::Cash(_)) => deal.input.cash_down = money,
        (Variable::TradeAllowance, _) => deal.input.trades.first_mut()?.allowance = money,
        (Variable::Rebate, _) => deal.input.rebates.first_mut()?.amount = money,
        (Variable::Rate, Column::Finance(terms)) => {
            on_step(terms.rate, basis_point)?;
            terms.rate = part(Rate::SCALE, basis_point);
        }
        (Variable::TermMonths, Column::Finance(terms)) => terms.term_months = (elsewhere % 144 + 1).try_into().ok()?,
        (Variable::TermMonths, Column::Lease(terms)) => terms.term_months = (elsewhere % 84 + 1).try_into().ok()?,
        (Variable::MoneyFactor, Column::Lease(terms)) => {
            on_step(terms.money_factor, Rate::SCALE / 100_000)?;
            terms.money_factor = part(Rate::SCALE / 20, Rate::SCALE / 100_000);
        }
        (Variable::Residual, Column::Lease(terms)) => {
            terms.residual = match terms.residual {
                Residual::Amount(_) => Residual::Amount(money),
                Residual::Percent(percent) => {
                    on_step(percent, basis_point)?;
                    Residual::Percent(part(Rate::SCALE, basis_point))
                }
            }
        }
        _ => return None,
    }
    Some(deal)
}

/// The value so many of its steps away, within its limits.
fn stepped(value: &Value, steps: i64) -> Option<Value> {
    let within = |units: i64, most: i64| (0..=most).contains(&units).then_some(units);
    Some(match value {
        Value::Money(amount) => Value::Money(Money::from_cents(within(amount.cents() + steps, 1_000_000_000)?)),
        Value::Rate(rate) => Value::Rate(Rate::from_units(within(rate.units() + steps, Rate::SCALE)?)),
        Value::Count(count) => Value::Count(u32::try_from(within(i64::from(*count) + steps, 144)?).ok()?),
        other => panic!("{other:?}"),
    })
}

fn step_of(variable: Variable) -> i64 {
    match variable {
        Variable::Rate | Variable::Residual => Rate::SCALE / 10_000,
        Variable::MoneyFactor => Rate::SCALE / 100_000,
        _ => 1,
    }
}

/// How far around an answer every value is tried.
const WINDOW: i64 = 60;

/// Tries every value around an answer, every term there is, and finds none with a figure strictly between two bounds.
fn nothing_between(roll: &Roll, solved: &Solved, around: &Value, (below, above): (Option<Money>, Option<Money>)) {
    let is_count = matches!(around, Value::Count(_));
    let window = if is_count { 144 } else { WINDOW };
    let unit = if matches!(around, Value::Rate(_)) { step_of(roll.variable) } else { 1 };
    for steps in -window..=window {
        let Some(value) = stepped(around, steps * unit) else { continue };
        let Ok(result) = compute(&roll.with(&solved.pointer, &value)) else { continue };
        let Some(figure) = reached(&brief(&result.columns[0]), roll.figure) else { continue };
        let better = below.is_none_or(|below| figure > below) && above.is_none_or(|above| figure < above);
        assert!(!better, "{value:?} gives {figure}, and {solved:?} says otherwise: {}", roll.words(figure));
    }
}

fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(asked.unwrap_or(usual)) }
}

type Any = (AnyDeal, Variable, TargetFigure);

fn any_roll() -> impl Strategy<Value = Any> {
    (any_deal(), prop::sample::select(&VARIABLES[..]), prop::sample::select(&FIGURES[..]))
}

/// What the answer says is what the whole calculator says when the answer is put into the deal, on whichever side of the target,
/// and the search ends.
#[test]
fn every_answer_holds() {
    let strategy = (any_roll(), 0_i64..6_000_000);
    let law = |((deal, variable, figure), cents): (Any, i64)| {
        let amount = Money::from_cents(if figure == TargetFigure::Payment { cents / 40 } else { cents / 4 });
        for column in 0..deal.input.columns.len() {
            let roll = Roll::of(&deal, column, variable, figure);
            let Ok(solved) = roll.solve(amount) else { continue };
            prop_assert!(solved.evaluations <= 4_010, "{}", solved.evaluations);
            match &solved.outcome {
                Outcome::Exact { answer } => prop_assert_eq!(roll.forward(&solved, answer), amount),
                Outcome::Nearest { below, above } => {
                    prop_assert!(roll.forward(&solved, below) < amount);
                    prop_assert!(roll.forward(&solved, above) > amount);
                }
                Outcome::Unreachable { nearest } => prop_assert_ne!(roll.forward(&solved, nearest), amount),
            }
        }
        Ok(())
    };
    TestRunner::new(cases(300)).run(&strategy, law).unwrap();
}

/// A target that some value gives is met to the cent from anywhere else, whatever is rolled to whatever figure. Where the search
/// gave up it says so, and that is one deal in a thousand at most.
#[test]
fn solving_inverts() {
    let (asked, gave_up, most) = (Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32));
    let law = |((deal, variable, figure), elsewhere): (Any, i64)| {
        for column in 0..deal.input.columns.len() {
            let roll = Roll::of(&deal, column, variable, figure);
            let (Some(amount), Some(moved)) = (roll.now(), moved(&roll.deal, 0, variable, elsewhere)) else { continue };
            let roll = Roll { deal: moved, ..roll };
            let Some(_) = roll.now() else { continue };
            let solved = roll.solve(amount).unwrap();
            asked.set(asked.get() + 1);
            most.set(most.get().max(solved.evaluations));
            match &solved.outcome {
                Outcome::Exact { answer } => {
                    prop_assert!(solved.certain);
                    prop_assert_eq!(roll.forward(&solved, answer), amount);
                }
                _ if !solved.certain => gave_up.set(gave_up.get() + 1),
                other => return Err(TestCaseError::fail(format!("{other:?} for {}", roll.words(amount)))),
            }
        }
        Ok(())
    };
    TestRunner::new(cases(400)).run(&(any_roll(), 0_i64..8_000_000), law).unwrap();
    println!("{} targets, {} given up, at most {} evaluations", asked.get(), gave_up.get(), most.get());
    assert!(gave_up.get() <= asked.get() / 1_000 + 2, "{} of {}", gave_up.get(), asked.get());
}

/// Where no value gives the target, none near the answers does, and none comes nearer on either side: against every value in a
/// window around each answer and around the deal as it stands, and against every term.
#[test]
fn nearest_is_nearest() {
    let (checked, near) = (Cell::new(0_u32), (-30_i64..=30, 0_i64..8_000_000));
    let law = |((deal, variable, figure), (off, elsewhere)): (Any, (i64, i64))| {
        for column in 0..deal.input.columns.len() {
            let roll = Roll::of(&deal, column, variable, figure);
            let Some(now) = roll.now() else { continue };
            let amount = Money::from_cents(now.cents() + off);
            let Some(moved) = moved(&roll.deal, 0, variable, elsewhere) else { continue };
            let before = roll;
            let roll = Roll { deal: moved, ..before.clone() };
            let Ok(solved) = roll.solve(amount) else { continue };
            let (below, above, points) = match &solved.outcome {
                _ if !solved.certain => continue,
                Outcome::Exact { .. } => continue,
                Outcome::Nearest { below, above } => {
                    (reached(&below.figures, figure), reached(&above.figures, figure), vec![below, above])
                }
                Outcome::Unreachable { nearest } => {
                    let reached = reached(&nearest.figures, figure);
                    let below = reached.filter(|reached| *reached < amount);
                    (below, reached.filter(|_| below.is_none()), vec![nearest])
                }
            };
            for point in &points {
                nothing_between(&roll, &solved, &point.value, (below, above));
            }
            if let Some(value) = before.value(&solved.pointer, &points[0].value) {
                nothing_between(&roll, &solved, &value, (below, above));
            }
            checked.set(checked.get() + 1);
        }
        Ok(())
    };
    TestRunner::new(cases(80)).run(&(any_roll(), near), law).unwrap();
    println!("{} answers held against every value around them", checked.get());
    assert!(checked.get() > 10);
}

/// Deals whose answer was once missed: figures that are a sum of parts that rise and parts that fall, each rounded by itself.
#[test]
fn what_was_once_missed() {
    for line in include_str!("rolls.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let input: DealInput = surface::parse(&case["input"].to_string()).unwrap();
        let rates: ResolvedRates = serde_json::from_value(case["rates"].clone()).unwrap();
        let variable = serde_json::from_value(case["variable"].clone()).unwrap();
        let figure = serde_json::from_value(case["figure"].clone()).unwrap();
        let amount: Money = serde_json::from_value(case["amount"].clone()).unwrap();
        let roll = Roll { deal: AnyDeal { input, rates }, variable, figure };
        let solved = roll.solve(amount).unwrap();
        let Outcome::Exact { answer } = &solved.outcome else { panic!("{solved:?} for {case}") };
        assert_eq!(roll.forward(&solved, answer), amount);
    }
}
