//! Where the charges of a lease stand: in its capitalised cost or among what is paid at signing, each of them once.

use crate::FieldError;
use crate::FinanceError;
use crate::deal::column::LeaseTerms;
use crate::deal::common::Work;
use crate::deal::fees::Fees;
use crate::deal::output::FeeLine;
use crate::error::token;
use crate::trace::{Input, Step, Trace};
use autolytiq_money::Money;
use autolytiq_tax::{Due, ProductKind};

/// A charge, or all charges of a group, in its two parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charge {
    pub(super) code: &'static str,
    pub(super) capitalized: Money,
    pub(super) at_signing: Money,
    /// Where the group is put that does not name its charges one by one.
    inside: bool,
}

/// Every charge that may go either way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charges {
    /// Acquisition fee, documentation fee, other fees and products.
    pub(super) all: [Charge; 4],
    /// What of the products of each kind is capitalised.
    pub(super) products: [Money; ProductKind::COUNT],
}

impl Charge {
    fn whole(code: &'static str, amount: Money, inside: bool) -> Self {
        let (capitalized, at_signing) = if inside { (amount, Money::ZERO) } else { (Money::ZERO, amount) };
        Self { code, capitalized, at_signing, inside }
    }

    fn add(&mut self, amount: Money, inside: bool) -> Result<(), FinanceError> {
        let part = if inside { &mut self.capitalized } else { &mut self.at_signing };
        *part = part.try_add(amount)?;
        Ok(())
    }

    /// Whether a part of it is in either place.
    const fn is_split(&self) -> bool {
        !self.capitalized.is_zero() && !self.at_signing.is_zero()
    }

    /// The part in the capitalised cost, as an input of it.
    pub(super) fn capitalized_input(&self) -> Option<Input> {
        if self.is_split() {
            return Some(Input::from(self.code, self.capitalized, format!("capitalized.{}", self.code)));
        }
        let inside = if self.at_signing.is_zero() { self.inside || !self.capitalized.is_zero() } else { false };
        inside.then(|| Input::figure(self.code, self.capitalized))
    }
}

impl Charges {
    /// The charges of a lease. The lines of its fees say where each of them stands.
    pub(super) fn of(work: &Work<'_>, terms: &LeaseTerms, fees: &Fees) -> Result<Self, FinanceError> {
        let choice = &terms.capitalize;
        let mut other = Charge::whole("fees", Money::ZERO, choice.government_fees);
        for line in &fees.lines {
            if let Some(inside) = line.capitalized {
                other.add(line.amount, inside)?;
            }
        }
        let mut products = Charge::whole("products", Money::ZERO, choice.products);
        let mut by_kind = [Money::ZERO; ProductKind::COUNT];
        for product in &work.input.products {
            let inside = choice.product(&product.name);
            products.add(product.price, inside)?;
            if let Some(sum) = by_kind.get_mut(product.kind.index()).filter(|_| inside) {
                *sum = sum.try_add(product.price)?;
            }
        }
        let all = [
            Charge::whole("acquisitionFee", terms.acquisition_fee, choice.acquisition_fee),
            Charge::whole("docFee", work.input.doc_fee, choice.doc_fee),
            other,
            products,
        ];
        Ok(Self { all, products: by_kind })
    }

    /// Steps of the parts of fees and products of which some are in either place.
    pub(super) fn trace(&self, work: &Work<'_>, terms: &LeaseTerms, fees: &[FeeLine], trace: &mut Trace) {
        for charge in self.all.iter().filter(|charge| charge.is_split()) {
            let parts = |wanted: bool| -> Vec<Input> {
                if charge.code == "fees" {
                    let lines = fees.iter().filter(|line| line.capitalized == Some(wanted));
                    return lines
                        .map(|line| Input::from(line.name.clone(), line.amount, format!("fee.{}", line.code)))
                        .collect();
                }
                let products = work.input.products.iter();
                let products = products.filter(|product| terms.capitalize.product(&product.name) == wanted);
                products.map(|product| Input::given(product.name.clone(), product.price)).collect()
            };
            let (inside, signing, capitalized, paid) = match charge.code {
                "fees" => (
                    "figure.feesCapitalized",
                    "figure.feesAtSigning",
                    "sum of the fees put into the capitalised cost",
                    "sum of the fees paid at signing",
                ),
                _ => (
                    "figure.productsCapitalized",
                    "figure.productsAtSigning",
                    "sum of the products put into the capitalised cost",
                    "sum of the products paid at signing",
                ),
            };
            let step = Step::of(inside, charge.capitalized, capitalized, parts(true));
            trace.add(format!("capitalized.{}", charge.code), step);
            let step = Step::of(signing, charge.at_signing, paid, parts(false));
            trace.add(format!("signing.{}", charge.code), step);
        }
    }
}

/// Lets each fee that the store collects say where this lease puts it.
///
/// # Errors
/// A fee or a tax is named that neither the rules nor the deal know.
pub(super) fn place(work: &Work<'_>, terms: &LeaseTerms, fees: &mut Fees) -> Result<(), FieldError> {
    let choice = &terms.capitalize;
    for line in fees.lines.iter_mut().filter(|line| line.due != Due::BuyerToCounty) {
        line.capitalized = Some(choice.fee(&line.code));
    }
    // A fee of the rules that this deal does not bear may be named: it is not misspelled.
    let known = |code: &str| {
        work.rules.fees.iter().any(|fee| fee.line.id == code) || fees.lines.iter().any(|line| line.code == code)
    };
    if let Some(code) = choice.each_fee.keys().find(|code| !known(code)) {
        let detail = format!("neither this deal nor the rules of {} have a fee with this code", work.rules.name);
        return Err(FieldError::new(work.pointer("capitalize/eachFee/") + &token(code), "unknown-fee", detail));
    }
    let of = |id: &str, key: &str| key.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if let Some(id) = choice.each_tax.keys().find(|key| !work.rules.lease.iter().any(|line| of(line.id, key))) {
        let detail = format!("the rules of {} have no tax on a lease with this id", work.rules.name);
        return Err(FieldError::new(work.pointer("capitalize/eachTax/") + &token(id), "unknown-tax", detail));
    }
    Ok(())
}
