//! The residual in dollars: a part of MSRP or an amount, with the points and the miles that change it.

use crate::FinanceError;
use crate::deal::column::{LeaseTerms, Residual};
use crate::deal::common::Work;
use crate::decimal::{add, div, mul, sub};
use crate::trace::{Input, Step, Value};
use autolytiq_money::{Money, Rounding};
use rust_decimal::Decimal;

/// The residual, rounded to the cent in one sum, not below nothing.
pub(super) fn of(work: &Work<'_>, terms: &LeaseTerms) -> Result<Money, FinanceError> {
    Ok(Money::from_decimal(exact(work, terms)?, Rounding::HalfUp)?.or_zero())
}

fn exact(work: &Work<'_>, terms: &LeaseTerms) -> Result<Decimal, FinanceError> {
    // Validated: what is a part of MSRP has an MSRP beside it.
    let msrp = work.input.vehicle.msrp.unwrap_or_default().to_decimal();
    let base = match terms.residual {
        Residual::Amount(amount) => amount.to_decimal(),
        Residual::Percent(part) => mul(msrp, part.to_decimal())?,
    };
    let base = add(base, mul(msrp, terms.options.residual_points.to_decimal())?)?;
    match (terms.options.mileage, extra_miles(terms)) {
        (Some(program), Some(miles)) => {
            let months = Decimal::from(terms.term_months);
            let off = div(mul(mul(miles, program.per_mile.to_decimal())?, months)?, Decimal::from(12))?;
            sub(base, off)
        }
        _ => Ok(base),
    }
}

/// Miles a year above those of the program; below zero where there are fewer.
fn extra_miles(terms: &LeaseTerms) -> Option<Decimal> {
    let (program, annual) = (terms.options.mileage?, terms.annual_miles?);
    Some(Decimal::from(i64::from(annual) - i64::from(program.program_miles)))
}

/// How the residual was made.
pub(super) fn step(work: &Work<'_>, terms: &LeaseTerms, residual: Money) -> Step {
    let options = terms.options;
    let mut inputs = Vec::with_capacity(6);
    let mut formula = String::with_capacity(64);
    let msrp = Input::given("msrp", work.input.vehicle.msrp.unwrap_or_default());
    match terms.residual {
        Residual::Amount(amount) if options.residual_points.is_zero() && options.mileage.is_none() => {
            return Step::entered("figure.residual", amount);
        }
        Residual::Amount(amount) => {
            inputs.push(Input::given("residualAmount", amount));
            formula.push_str("residualAmount");
        }
        Residual::Percent(part) => {
            inputs.push(msrp.clone());
            inputs.push(Input::given("residualPercent", part));
            formula.push_str("msrp × residualPercent");
        }
    }
    if !options.residual_points.is_zero() {
        if matches!(terms.residual, Residual::Amount(_)) {
            inputs.push(msrp);
        }
        inputs.push(Input::given("residualPoints", options.residual_points));
        formula.push_str(" + msrp × residualPoints");
    }
    if let (Some(program), Some(miles)) = (options.mileage, extra_miles(terms)) {
        inputs.push(Input::given("extraMiles", Value::Decimal(miles)));
        inputs.push(Input::given("perMile", program.per_mile));
        inputs.push(Input::figure("termMonths", terms.term_months));
        formula.push_str(" − extraMiles × perMile × termMonths ÷ 12");
    }
    if residual.is_zero() && exact(work, terms).is_ok_and(|exact| exact.is_sign_negative()) {
        formula.push_str(", not below zero");
    }
    Step::of("figure.residual", residual, formula, inputs).rounded(Rounding::HalfUp.words())
}
