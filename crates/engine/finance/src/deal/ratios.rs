//! What a lender looks at first: the amount against the vehicle's book value, the payment against the buyer's income.

use super::input::DealInput;
use super::output::Ratios;
use crate::trace::{Input, Step, Trace, Value};
use autolytiq_money::{Money, Rate, Rounding};

/// Decimal places of a ratio: hundredths of a percent.
const PLACES: u32 = 4;

/// What the ratios of a column are made of.
pub(super) struct Basis {
    /// The principal, or the adjusted capitalised cost.
    pub(super) owed: Money,
    /// The part of it that pays for products.
    pub(super) products: Money,
    /// A month's payment with its tax; none where the contract is not paid by the month.
    pub(super) payment: Option<Money>,
}

/// The ratios that the facts about the buyer's credit allow, and their steps; none without such facts.
pub(super) fn of(input: &DealInput, basis: &Basis, trace: &mut Trace) -> Option<Ratios> {
    let credit = input.credit?;
    let vehicle = basis.owed.try_sub(basis.products).ok();
    let debts = basis.payment.and_then(|payment| payment.try_add(credit.monthly_debts).ok());
    let ratios = Ratios {
        loan_to_value: ratio(Some(basis.owed), credit.book_value),
        advance: ratio(vehicle, credit.book_value),
        payment_to_income: ratio(basis.payment, credit.monthly_income),
        debt_to_income: ratio(debts, credit.monthly_income),
    };
    if trace.is_off() {
        return Some(ratios);
    }
    let value = credit.book_value.unwrap_or_default();
    let income = credit.monthly_income.unwrap_or_default();
    let owed = Input::given("owed", basis.owed);
    let payment = Input::given("monthlyPayment", basis.payment.unwrap_or_default());
    let products = Input::given("productsFinanced", basis.products);
    let debts = Input::given("monthlyDebts", credit.monthly_debts);
    let book = || Input::given("bookValue", value);
    let earned = || Input::given("monthlyIncome", income);
    let rows = [
        (
            "ratio.loanToValue",
            "figure.loanToValue",
            ratios.loan_to_value,
            "owed in parts of bookValue",
            vec![owed.clone(), book()],
        ),
        (
            "ratio.advance",
            "figure.advance",
            ratios.advance,
            "owed without productsFinanced, in parts of bookValue",
            vec![owed, products, book()],
        ),
        (
            "ratio.paymentToIncome",
            "figure.paymentToIncome",
            ratios.payment_to_income,
            "monthlyPayment in parts of monthlyIncome",
            vec![payment.clone(), earned()],
        ),
        (
            "ratio.debtToIncome",
            "figure.debtToIncome",
            ratios.debt_to_income,
            "monthlyPayment and monthlyDebts, in parts of monthlyIncome",
            vec![payment, debts, earned()],
        ),
    ];
    for (path, label, result, formula, inputs) in rows {
        if let Some(result) = result {
            let step = Step::of(label, Value::Rate(result), formula, inputs);
            trace.add(path, step.rounded("to four decimal places, half up"));
        }
    }
    Some(ratios)
}

/// None where there is nothing to divide by, or the ratio is beyond any that means something.
fn ratio(part: Option<Money>, whole: Option<Money>) -> Option<Rate> {
    let whole = whole.filter(|whole| whole.is_positive())?;
    part?.ratio_of(whole, Rounding::HalfUp).and_then(|ratio| ratio.round(PLACES, Rounding::HalfUp)).ok()
}
