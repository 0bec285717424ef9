//! A pocket calculator: works out the formula of a trace step from the inputs beside it.

use autolytiq_finance::trace::{Input, Step, Value};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// What the formula gives, or `None` where it is words and not arithmetic.
pub(crate) fn work_out(step: &Step) -> Option<Decimal> {
    let mut calculator = Calculator { rest: step.formula.as_ref(), inputs: step.inputs.iter().collect() };
    let value = calculator.sum()?;
    calculator.rest.is_empty().then_some(value)
}

/// Whether the formula, rounded as the step says, gives the step's result; `None` where it is words.
pub(crate) fn holds(step: &Step) -> Option<bool> {
    let worked_out = work_out(step)?;
    Some(match &step.result {
        Value::Money(result) if step.rounding.is_some() => {
            Money::from_decimal(worked_out, Rounding::HalfUp).is_ok_and(|rounded| rounded == *result)
        }
        result => number(result) == Some(worked_out),
    })
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Money(money) => Some(Money::to_decimal(*money)),
        Value::Rate(rate) => Some(Rate::to_decimal(*rate)),
        Value::Count(count) => Some(Decimal::from(*count)),
        Value::Decimal(decimal) => Some(*decimal),
        Value::Date(_) | Value::Text(_) | Value::None => None,
    }
}

struct Calculator<'a> {
    rest: &'a str,
    inputs: Vec<&'a Input>,
}

impl Calculator<'_> {
    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<Decimal> {
        let credit = self.take("− ");
        let mut total = self.product()?;
        if credit {
            total = -total;
        }
        loop {
            if self.take(" + ") {
                total = total.checked_add(self.product()?)?;
            } else if self.take(" − ") {
                total = total.checked_sub(self.product()?)?;
            } else {
                return Some(total);
            }
        }
    }

    fn product(&mut self) -> Option<Decimal> {
        let mut total = self.factor()?;
        loop {
            if self.take(" × ") {
                total = total.checked_mul(self.factor()?)?;
            } else if self.take(" ÷ ") {
                total = total.checked_div(self.factor()?)?;
            } else {
                return Some(total);
            }
        }
    }

    fn factor(&mut self) -> Option<Decimal> {
        if self.take("(") {
            let value = self.sum()?;
            return self.take(")").then_some(value);
        }
        let digits = self.rest.chars().take_while(char::is_ascii_digit).count();
        if digits > 0 {
            let (number, rest) = self.rest.split_at(digits);
            self.rest = rest;
            return number.parse().ok();
        }
        // The longest name that stands here; of two inputs with the same name the earlier one comes first.
        let fits = |input: &&Input| self.rest.strip_prefix(input.name.as_ref()).is_some_and(ends_here);
        let longest = self.inputs.iter().filter(|input| fits(input)).map(|input| input.name.len()).max()?;
        let index = self.inputs.iter().position(|input| fits(input) && input.name.len() == longest)?;
        // A name may stand in a formula more than once, so only a twin's first value is used up.
        let name = &self.inputs.get(index)?.name;
        let twins = self.inputs.iter().filter(|input| input.name == *name).count();
        let input = if twins > 1 { self.inputs.remove(index) } else { *self.inputs.get(index)? };
        self.rest = &self.rest[longest..];
        number(&input.value)
    }
}

fn ends_here(rest: &str) -> bool {
    rest.is_empty() || [" + ", " − ", " × ", " ÷ ", ")"].iter().any(|operator| rest.starts_with(operator))
}
