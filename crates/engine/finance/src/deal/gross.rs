//! What the store earns on a deal, where the reader was trusted with the costs.

mod commission;
mod reserve;

pub(super) use reserve::Spread;

use super::input::{Costs, DealInput};
use super::output::Gross;
use crate::FinanceError;
use crate::trace::{Input, Step, Trace};
use autolytiq_money::Money;
use autolytiq_tax::RebateKind;

/// The gross of a column and its steps; none without costs.
///
/// front = price + accessories − their costs − pack − over-allowance − the store's own rebates (+ documentation fee and holdback
/// where the pay plan counts them); back = reserve + products − their costs − charge-backs.
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
    let (reserve, reserve_step) = spread.reserve(costs.reserve.as_ref())?;
    back = back.try_add(reserve)?.try_sub(costs.charge_backs)?;
    let total = front.try_add(back)?;
    let commission = costs.pay_plan.as_ref().map(|plan| commission::of(plan, front, back)).transpose()?;
    let gross = Gross {
        front,
        back,
        reserve,
        total,
        commission: commission.as_ref().map(|paid| paid.total),
        back_commission: commission.as_ref().and_then(|paid| paid.back),
    };
    if trace.is_off() {
        return Ok(Some(gross));
    }
    trace.add("gross.reserve", reserve_step);
    inputs.push(Input::from("reserve", reserve, "gross.reserve"));
    if !costs.charge_backs.is_zero() {
        inputs.push(Input::given("chargeBacks", costs.charge_backs));
    }
    let formula = if costs.charge_backs.is_zero() {
        "reserve + what each product sells for less its cost"
    } else {
        "reserve + what each product sells for less its cost, less chargeBacks"
    };
    trace.add("gross.back", Step::of("figure.backGross", back, formula, inputs));
    let both = vec![Input::from("front", front, "gross.front"), Input::from("back", back, "gross.back")];
    trace.add("gross.total", Step::of("figure.totalGross", total, "front + back", both));
    if let Some(commission) = commission {
        commission.trace(trace);
    }
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
