//! Products with and without: what each of them adds to the payment, alone.

use crate::deal::input::DealInput;
use crate::solve::{Brief, Fault, Trial, position};
use autolytiq_money::Money;
use autolytiq_tax::{JurisdictionVersion, ProductKind, ResolvedRates};
use serde::Serialize;

/// A column with its products, without any, and what each of them makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductEffects {
    /// As the deal stands.
    pub with: Brief,
    /// Without any product.
    pub without: Brief,
    /// In the order of the deal.
    pub products: Vec<ProductEffect>,
}

/// What one product adds: the deal as it stands, less the same deal without this product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductEffect {
    pub kind: ProductKind,
    pub name: String,
    pub price: Money,
    /// Absent in a column paid in cash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<Money>,
    pub due_at_signing: Money,
    pub total: Money,
}

/// Computes a column with all its products, with none, and with all but each.
///
/// # Errors
/// As [`solve`](crate::solve::solve).
pub fn product_effects(
    input: DealInput,
    rules: &'static JurisdictionVersion,
    rates: &ResolvedRates,
    column: &str,
) -> Result<ProductEffects, Fault> {
    crate::deal::validate(&input).map_err(Fault::Deal)?;
    let column = position(&input, column, "/column").map_err(Fault::aim)?;
    let mut trial = Trial { input, rules, rates, column };
    let with = trial.compute().map_err(Fault::deal)?.0;
    let all = std::mem::take(&mut trial.input.products);
    let without = trial.compute().map_err(Fault::deal)?.0;
    let mut products = Vec::with_capacity(all.len());
    for (index, product) in all.iter().enumerate() {
        trial.input.products =
            all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, p)| p.clone()).collect();
        let others = trial.compute().map_err(Fault::deal)?.0;
        let less = |with: Money, without: Money| {
            let difference = with.try_sub(without).map_err(crate::FinanceError::from);
            difference.map_err(|error| Fault::deal(error.at(format!("/products/{index}/price"))))
        };
        products.push(ProductEffect {
            kind: product.kind,
            name: product.name.clone(),
            price: product.price,
            payment: with.payment.zip(others.payment).map(|(with, without)| less(with, without)).transpose()?,
            due_at_signing: less(with.due_at_signing, others.due_at_signing)?,
            total: less(with.total, others.total)?,
        });
    }
    Ok(ProductEffects { with, without, products })
}
