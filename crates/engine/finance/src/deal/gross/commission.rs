//! What a person earns by the store's pay plan, on the front of a deal and on its back.

use crate::FinanceError;
use crate::deal::input::{PayPlan, PayTier};
use crate::decimal::{add, mul, sub};
use crate::trace::{Input, Step, Trace};
use autolytiq_money::{Money, Rate, Rounding};

/// What a pay plan makes of a deal.
pub(super) struct Commission {
    /// Each side is rounded to the cent by itself.
    pub(super) total: Money,
    /// The part that the back gross earns; absent where the plan does not pay for it.
    pub(super) back: Option<Money>,
    steps: Vec<(&'static str, Step)>,
}

/// One side of a deal, and how it is paid.
struct Side<'a> {
    /// The gross by its name and the path of its step.
    gross: (&'static str, Money, &'static str),
    mini: Money,
    rate: Rate,
    pack: Money,
    tiers: &'a [PayTier],
    /// What is paid beside the percentage, by name. It is not shared.
    beside: &'a [(&'static str, Money)],
}

pub(super) fn of(plan: &PayPlan, front: Money, back: Money) -> Result<Commission, FinanceError> {
    let own = [("unitBonus", plan.unit_bonus), ("spiffs", plan.spiffs)];
    let side = Side {
        gross: ("front", front, "gross.front"),
        mini: plan.mini,
        rate: plan.rate,
        pack: plan.pack,
        tiers: &plan.tiers,
        beside: &own,
    };
    let (on_front, step) = side.pay(plan)?;
    let Some(pay) = &plan.back else {
        return Ok(Commission { total: on_front, back: None, steps: vec![("gross.commission", step)] });
    };
    let flat = [("flat", pay.flat)];
    let side = Side {
        gross: ("back", back, "gross.back"),
        mini: pay.mini,
        rate: pay.rate,
        pack: pay.pack,
        tiers: &pay.tiers,
        beside: &flat,
    };
    let (on_back, back_step) = side.pay(plan)?;
    let total = on_front.try_add(on_back)?;
    let inputs = vec![
        Input::from("onFront", on_front, "gross.commission.front"),
        Input::from("onBack", on_back, "gross.commission.back"),
    ];
    let both = Step::of("figure.commission", total, "onFront + onBack", inputs);
    let steps = vec![
        ("gross.commission.front", Step { label: "figure.frontCommission".into(), ..step }),
        ("gross.commission.back", Step { label: "figure.backCommission".into(), ..back_step }),
        ("gross.commission", both),
    ];
    Ok(Commission { total, back: Some(on_back), steps })
}

impl Commission {
    pub(super) fn trace(self, trace: &mut Trace) {
        for (path, step) in self.steps {
            trace.add(path, step);
        }
    }
}

impl Side<'_> {
    /// `max(mini, rate × (gross − pack)) × split` and what is paid beside it, rounded to the cent once, and its step.
    fn pay(&self, plan: &PayPlan) -> Result<(Money, Step), FinanceError> {
        let tier = self.tiers.iter().rev().find(|tier| tier.from_units <= plan.units);
        let rate = tier.map_or(self.rate, |tier| tier.rate);
        let (name, gross, path) = self.gross;
        let counted = sub(gross.to_decimal(), self.pack.to_decimal())?;
        let by_rate = mul(counted, rate.to_decimal())?;
        let mini = by_rate < self.mini.to_decimal();
        let before = if mini { self.mini.to_decimal() } else { by_rate };
        let mut amount = mul(before, plan.split.to_decimal())?;
        let (mut inputs, mut formula) = if mini {
            (vec![Input::given("mini", self.mini)], "mini × split".to_owned())
        } else if self.pack.is_zero() {
            (vec![Input::from(name, gross, path), Input::given("rate", rate)], format!("{name} × rate × split"))
        } else {
            let inputs =
                vec![Input::from(name, gross, path), Input::given("pack", self.pack), Input::given("rate", rate)];
            (inputs, format!("({name} − pack) × rate × split"))
        };
        inputs.push(Input::given("split", plan.split));
        let of_tier = tier.map(|tier| ("tierFlat", tier.flat)).filter(|(_, flat)| !flat.is_zero());
        for (name, more) in self.beside.iter().copied().chain(of_tier) {
            amount = add(amount, more.to_decimal())?;
            inputs.push(Input::given(name, more));
            formula.push_str(" + ");
            formula.push_str(name);
        }
        if let Some(tier) = tier {
            inputs.push(Input::given("units", plan.units));
            inputs.push(Input::given("tierFrom", tier.from_units));
        }
        let pay = Money::from_decimal(amount, Rounding::HalfUp)?;
        let step = Step::of("figure.commission", pay, formula, inputs);
        Ok((pay, step.rounded(Rounding::HalfUp.words())))
    }
}
