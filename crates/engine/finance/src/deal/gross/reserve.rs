//! The reserve: what the lender pays the store for credit or rent sold above its own rate.

use crate::FinanceError;
use crate::deal::input::ReserveProgram;
use crate::trace::{Input, Step};
use autolytiq_money::{Money, Rate, Rounding};

/// What the difference between the customer's rate and the store's earns over the whole term.
#[derive(Debug, Clone, Copy)]
pub(in crate::deal) struct Spread {
    /// The price of credit or rent to the customer; by present value, what the payments are worth at the lender's rate.
    pub(in crate::deal) sold: Money,
    /// The price at the lender's rate to the store; by present value, the principal.
    pub(in crate::deal) bought: Money,
    /// The store's part of the difference.
    pub(in crate::deal) share: Rate,
    /// Whether there is a contract that a lender could pay for at all.
    pub(in crate::deal) sold_to_lender: bool,
}

impl Spread {
    /// No reserve: the deal has none, or its terms were not given.
    pub(in crate::deal) const NONE: Self =
        Self { sold: Money::ZERO, bought: Money::ZERO, share: Rate::ZERO, sold_to_lender: false };

    /// The reserve under a lender's program, and its step: the share of the difference up to the most the program pays, or
    /// its flat, less its fee.
    pub(super) fn reserve(&self, program: Option<&ReserveProgram>) -> Result<(Money, Step), FinanceError> {
        let share = self.sold.try_sub(self.bought)?.times(self.share, Rounding::HalfUp)?;
        let Some(program) = program.filter(|_| self.sold_to_lender) else {
            let step = Step::of("figure.reserve", share, "(sold − bought) × reserveShare", self.inputs());
            return Ok((share, step.rounded(Rounding::HalfUp.words())));
        };
        let fee = Input::given("fee", program.fee);
        let (before, mut inputs, formula) = match (program.flat, program.most) {
            (Some(flat), _) => (flat, vec![Input::given("flat", flat)], "flat − fee"),
            (None, Some(most)) if share > most => (most, vec![Input::given("most", most)], "most − fee"),
            _ => (share, self.inputs(), "(sold − bought) × reserveShare − fee"),
        };
        let reserve = before.try_sub(program.fee)?;
        inputs.push(fee);
        Ok((reserve, Step::of("figure.reserve", reserve, formula, inputs).rounded(Rounding::HalfUp.words())))
    }

    fn inputs(&self) -> Vec<Input> {
        vec![
            Input::given("sold", self.sold),
            Input::given("bought", self.bought),
            Input::given("reserveShare", self.share),
        ]
    }
}
