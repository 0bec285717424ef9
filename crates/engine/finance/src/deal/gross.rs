//! What the store earns on a deal, where the reader was trusted with the costs.

use super::input::{Costs, DealInput};
use super::output::Gross;
use crate::FinanceError;
use crate::trace::{Input, Step, Trace};
use autolytiq_money::{Money, Rate, Rounding};
use autolytiq_tax::RebateKind;

/// What the difference between the customer's rate and the store's earns over the whole term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spread {
    /// The price of credit or rent to the customer.
    pub(super) sold: Money,
    /// The same at the lender's rate to the store.
    pub(super) bought: Money,
    /// The store's part of the difference.
    pub(super) share: Rate,
}

impl Spread {
    /// No reserve: the deal has none, or its terms were not given.
    pub(super) const NONE: Self = Self { sold: Money::ZERO, bought: Money::ZERO, share: Rate::ZERO };
}

/// The gross of a column and its steps; none without costs.
///
/// front = price + accessories − their costs − pack − over-allowance − the store's own rebates (+ documentation fee and holdback
/// where the pay plan counts them); back = reserve + products − their costs.
pub(super) fn of(input: &DealInput, spread: &Spread, trace: &mut Trace) -> Result<Option<Gross>, FinanceError> {
    let Some(costs) = &input.costs else { return Ok(None) };
    let front = front(input, costs, trace)?;
    let (mut back, mut inputs) = (Money::ZERO, Vec::new());
    for product in &input.products {
        if let Some(cost) = product.cost {
            let earned = product.price.try_sub(cost)?;
            back = back.try_add(earned)?;
            if !trace.is_off() {
                inputs.push(Input::given(product.name.clone(), earned));
            }
        }
    }
    let reserve = spread.sold.try_sub(spread.bought)?.times(spread.share, Rounding::HalfUp)?;
    back = back.try_add(reserve)?;
    let total = front.try_add(back)?;
    let gross = Gross { front, back, reserve, total };
    if trace.is_off() {
        return Ok(Some(gross));
    }
    let parts = vec![
        Input::given("sold", spread.sold),
        Input::given("bought", spread.bought),
        Input::given("reserveShare", spread.share),
    ];
    let step = Step::of("figure.reserve", reserve, "(sold − bought) × reserveShare", parts);
    trace.add("gross.reserve", step.rounded(Rounding::HalfUp.words()));
    inputs.push(Input::from("reserve", reserve, "gross.reserve"));
    let formula = "reserve + what each product sells for less its cost";
    trace.add("gross.back", Step::of("figure.backGross", back, formula, inputs));
    let both = vec![Input::from("front", front, "gross.front"), Input::from("back", back, "gross.back")];
    trace.add("gross.total", Step::of("figure.totalGross", total, "front + back", both));
    Ok(Some(gross))
}

fn front(input: &DealInput, costs: &Costs, trace: &mut Trace) -> Result<Money, FinanceError> {
    let mut accessories = Money::ZERO;
    for accessory in &input.accessories {
        if let Some(cost) = accessory.cost {
            accessories = accessories.try_add(accessory.price.try_sub(cost)?)?;
        }
    }
    let mut over_allowance = Money::ZERO;
    for trade in &input.trades {
        if let Some(acv) = trade.acv {
            over_allowance = over_allowance.try_add(trade.allowance.try_sub(acv)?)?;
        }
    }
    let own = input.rebates.iter().filter(|r| r.kind == RebateKind::Dealer).map(|r| r.amount);
    let own_rebates = Money::try_sum(own)?;
    let doc_fee = if costs.doc_fee_in_gross { input.doc_fee } else { Money::ZERO };
    let holdback = if costs.holdback_in_gross { costs.holdback } else { Money::ZERO };
    let front = input
        .price
        .try_sub(costs.vehicle)?
        .try_add(accessories)?
        .try_sub(costs.pack)?
        .try_sub(over_allowance)?
        .try_sub(own_rebates)?
        .try_add(doc_fee)?
        .try_add(holdback)?;
    if trace.is_off() {
        return Ok(front);
    }
    let inputs = vec![
        Input::figure("price", input.price),
        Input::given("vehicleCost", costs.vehicle),
        Input::given("accessoriesGross", accessories),
        Input::given("pack", costs.pack),
        Input::given("overAllowance", over_allowance),
        Input::given("dealerRebates", own_rebates),
        Input::given("docFeeInGross", doc_fee),
        Input::given("holdbackInGross", holdback),
    ];
    let formula = "price − vehicleCost + accessoriesGross − pack − overAllowance − dealerRebates + docFeeInGross + holdbackInGross";
    trace.add("gross.front", Step::of("figure.frontGross", front, formula, inputs));
    Ok(front)
}
