//! What the salesperson earns by the store's pay plan.

use crate::FinanceError;
use crate::deal::input::PayPlan;
use crate::decimal::{add, mul};
use crate::trace::{Input, Step};
use autolytiq_money::{Money, Rounding};

/// `max(mini, rate × front) × split + unit bonus + spiffs`, rounded to the cent once, and its step.
pub(super) fn of(plan: &PayPlan, front: Money) -> Result<(Money, Step), FinanceError> {
    let by_rate = mul(front.to_decimal(), plan.rate.to_decimal())?;
    let mini = by_rate < plan.mini.to_decimal();
    let before = if mini { plan.mini.to_decimal() } else { by_rate };
    let shared = mul(before, plan.split.to_decimal())?;
    let more = plan.unit_bonus.try_add(plan.spiffs)?;
    let commission = Money::from_decimal(add(shared, more.to_decimal())?, Rounding::HalfUp)?;
    let mut inputs = if mini {
        vec![Input::given("mini", plan.mini)]
    } else {
        vec![Input::from("front", front, "gross.front"), Input::given("rate", plan.rate)]
    };
    inputs.push(Input::given("split", plan.split));
    inputs.push(Input::given("unitBonus", plan.unit_bonus));
    inputs.push(Input::given("spiffs", plan.spiffs));
    let formula =
        if mini { "mini × split + unitBonus + spiffs" } else { "front × rate × split + unitBonus + spiffs" };
    let step = Step::of("figure.commission", commission, formula, inputs);
    Ok((commission, step.rounded(Rounding::HalfUp.words())))
}
