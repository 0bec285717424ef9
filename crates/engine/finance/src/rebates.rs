//! The best stack of the rebates offered: which of them the customer may take together, and which of those lawful stacks costs
//! him least.

use crate::deal::excludes;
use crate::deal::input::{DealInput, Rebate};
use crate::solve::{Brief, Fault, Trial, position};
use crate::{FieldError, FinanceError};
use autolytiq_money::{Money, MoneyError};
use autolytiq_tax::{JurisdictionVersion, ResolvedRates};
use serde::Serialize;

/// The most rebates to choose among: every lawful stack of them is computed.
pub const MOST_OFFERED: usize = 12;
/// The most other stacks to name.
const MOST_OTHERS: usize = 5;

/// What the rebates of a deal can do for the customer in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BestRebates {
    /// The stack that costs the customer least; of several the one of fewest rebates, then of those offered first.
    pub best: RebateStack,
    /// Why each of the other rebates is not in it, in the order of the deal.
    pub left_out: Vec<LeftOut>,
    /// The column without any rebate.
    pub without: Brief,
    /// The next best of the stacks to which no further rebate may be added, at most 5.
    pub others: Vec<RebateStack>,
    /// How many lawful stacks were computed, that of no rebate among them.
    pub stacks: u32,
}

/// Rebates that may be taken together, and what the column comes to with them alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RebateStack {
    /// Their positions in the deal's list, from 0.
    pub rebates: Vec<u16>,
    pub names: Vec<String>,
    /// Their sum, with those that reach the customer after the sale.
    pub amount: Money,
    pub figures: Brief,
    /// What the deal costs the customer himself: the column's total, with its tax and its interest or rent, less the rebates.
    pub cost: Money,
    /// By how much that is less than without any rebate. Where a rebate is taxed, or earns interest, it is not its amount.
    pub benefit: Money,
}

/// A rebate that is not in the best stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// Its position in the deal's list, from 0.
    pub rebate: u16,
    pub name: String,
    /// Names of those in the stack with which it may not be combined; none where it would bring the customer nothing.
    pub excluded_by: Vec<String>,
}

/// A lawful stack with its figures, before its names are spelled out.
struct Tried {
    members: Vec<usize>,
    amount: Money,
    figures: Brief,
    cost: Money,
}

/// Computes a column with every lawful stack of the deal's rebates, and picks the one that costs the customer least.
///
/// Two rebates may not be combined where either names the other among those it excludes; whether the deal as it stands takes
/// them together does not matter.
///
/// # Errors
/// As [`solve`](crate::solve::solve); more than [`MOST_OFFERED`] rebates.
pub fn best_rebates(
    input: DealInput,
    rules: &'static JurisdictionVersion,
    rates: &ResolvedRates,
    column: &str,
) -> Result<BestRebates, Fault> {
    crate::deal::validate(&input).map_err(Fault::Deal)?;
    if input.rebates.len() > MOST_OFFERED {
        let detail = format!("the best stack is chosen among at most {MOST_OFFERED} rebates");
        return Err(Fault::deal(FieldError::new("/rebates", "too-many-items", detail)));
    }
    let column = position(&input, column, "/column").map_err(Fault::aim)?;
    let mut trial = Trial { input, rules, rates, column };
    let offered = std::mem::take(&mut trial.input.rebates);
    let mut all = Vec::new();
    for members in lawful(&offered) {
        trial.input.rebates = members.iter().filter_map(|index| offered.get(*index)).cloned().collect();
        let figures = trial.compute().map_err(Fault::deal)?.0;
        let sums = || -> Result<(Money, Money), MoneyError> {
            let amount = Money::try_sum(trial.input.rebates.iter().map(|rebate| rebate.amount))?;
            Ok((amount, figures.total.try_sub(amount)?))
        };
        let (amount, cost) = sums().map_err(out_of_range)?;
        all.push(Tried { members, amount, figures, cost });
    }
    // The first stack is that of no rebate.
    let Some(Tried { figures: without, cost: bare, .. }) = all.first() else { return Err(Fault::deal(nothing())) };
    let (without, bare, stacks) = (*without, *bare, u32::try_from(all.len()).unwrap_or(u32::MAX));
    all.sort_by(|one, other| rank(one).cmp(&rank(other)));
    let stack = |tried: &Tried| -> Result<RebateStack, MoneyError> {
        let names = tried.members.iter().filter_map(|index| offered.get(*index)).map(|rebate| rebate.name.clone());
        Ok(RebateStack {
            rebates: tried.members.iter().map(|index| place(*index)).collect(),
            names: names.collect(),
            amount: tried.amount,
            figures: tried.figures,
            cost: tried.cost,
            benefit: bare.try_sub(tried.cost)?,
        })
    };
    let mut ranked = all.iter();
    let Some(best) = ranked.next() else { return Err(Fault::deal(nothing())) };
    let others = ranked.filter(|tried| !may_grow(&tried.members, &offered) && !within(best, tried)).take(MOST_OTHERS);
    Ok(BestRebates {
        left_out: left_out(best, &offered),
        best: stack(best).map_err(out_of_range)?,
        others: others.map(stack).collect::<Result<_, _>>().map_err(out_of_range)?,
        without,
        stacks,
    })
}

/// Every set of rebates of which none excludes another, the empty one first.
fn lawful(offered: &[Rebate]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for (index, rebate) in offered.iter().enumerate() {
        let fits = |set: &&Vec<usize>| compatible(set, rebate, offered);
        let larger: Vec<_> = sets.iter().filter(fits).map(|set| [set.as_slice(), &[index]].concat()).collect();
        sets.extend(larger);
    }
    sets
}

fn compatible(set: &[usize], rebate: &Rebate, offered: &[Rebate]) -> bool {
    set.iter().filter_map(|index| offered.get(*index)).all(|member| !excludes(member, rebate))
}

/// Whether another rebate may be added to a stack.
fn may_grow(members: &[usize], offered: &[Rebate]) -> bool {
    let left = offered.iter().enumerate().filter(|(index, _)| !members.contains(index));
    left.into_iter().any(|(_, rebate)| compatible(members, rebate, offered))
}

/// Whether a stack only adds to the best one what brings nothing.
fn within(best: &Tried, other: &Tried) -> bool {
    best.members.iter().all(|index| other.members.contains(index))
}

/// The cheapest for the customer first, then the fewest, then those offered first.
fn rank(tried: &Tried) -> (Money, usize, &[usize]) {
    (tried.cost, tried.members.len(), &tried.members)
}

fn left_out(best: &Tried, offered: &[Rebate]) -> Vec<LeftOut> {
    let others = offered.iter().enumerate().filter(|(index, _)| !best.members.contains(index));
    let of = |(index, rebate): (usize, &Rebate)| {
        let members = best.members.iter().filter_map(|member| offered.get(*member));
        let against = members.filter(|member| excludes(member, rebate));
        LeftOut {
            rebate: place(index),
            name: rebate.name.clone(),
            excluded_by: against.map(|member| member.name.clone()).collect(),
        }
    };
    others.map(of).collect()
}

/// A position in a list of at most [`MOST_OFFERED`].
fn place(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn out_of_range(error: MoneyError) -> Fault {
    Fault::deal(FinanceError::from(error).at("/rebates"))
}

fn nothing() -> FieldError {
    FieldError::new("/columns", "no-columns", "there is no column")
}
