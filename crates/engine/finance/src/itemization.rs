//! The itemisation of the amount financed (12 CFR 1026.18(c)): who gets what, and what was paid down.

use crate::FinanceError;
use crate::deal::input::DealInput;
use crate::deal::output::{ColumnResult, FeeOrigin, Figures, FinanceFigures};
use autolytiq_money::Money;
use autolytiq_tax::Due;
use serde::Serialize;
use std::borrow::Cow;

/// The itemisation of one finance column.
///
/// `cash_price − down_payment + other_charges − prepaid_finance_charge = amount_financed`, and the lines of each part sum to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Itemization {
    /// The column.
    pub id: String,
    /// Vehicle, accessories, the store's documentation fee and the taxes on the sale.
    pub cash_price: Money,
    /// Net trade, rebates, cash and deferred parts.
    pub down_payment: Money,
    /// Paid to others on the customer's behalf, and fees.
    pub other_charges: Money,
    pub prepaid_finance_charge: Money,
    pub amount_financed: Money,
    pub lines: Vec<ItemizationLine>,
    /// What the lines of `others` must be accompanied by.
    pub statement: &'static str,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ItemizationLine {
    pub part: Part,
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub name: Cow<'static, str>,
    pub amount: Money,
    pub payee: Payee,
    /// Shown beside the sum and not in it: how a net figure came about.
    pub within: bool,
}

/// The part of the itemisation that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Part {
    CashPrice,
    DownPayment,
    OtherCharges,
    PrepaidFinanceCharge,
}

/// Who gets the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Payee {
    Seller,
    /// Offices of the state, the county or the city.
    PublicOfficials,
    /// The holder of the lien on the trade.
    Lienholder,
    /// Insurers and providers; the seller may retain a part.
    Others,
    Creditor,
}

struct Lines(Vec<ItemizationLine>);

impl Lines {
    fn add(&mut self, part: Part, name: impl Into<Cow<'static, str>>, amount: Money, payee: Payee) {
        if !amount.is_zero() {
            self.0.push(ItemizationLine { part, name: name.into(), amount, payee, within: false });
        }
    }

    fn within(&mut self, part: Part, name: &'static str, amount: Money, payee: Payee) {
        if !amount.is_zero() {
            self.0.push(ItemizationLine { part, name: name.into(), amount, payee, within: true });
        }
    }

    fn sum(&self, part: Part) -> Result<Money, FinanceError> {
        let own = self.0.iter().filter(|line| line.part == part && !line.within);
        Ok(Money::try_sum(own.map(|line| line.amount))?)
    }
}

/// Itemises a finance column; `None` for a column of another kind.
///
/// # Errors
/// [`FinanceError::OutOfRange`].
pub fn itemize(input: &DealInput, column: &ColumnResult) -> Result<Option<Itemization>, FinanceError> {
    let Figures::Finance(figures) = &column.figures else { return Ok(None) };
    let common = &figures.common;
    let mut lines = Lines(Vec::with_capacity(20));
    lines.add(Part::CashPrice, "Vehicle", common.price, Payee::Seller);
    for accessory in &input.accessories {
        lines.add(Part::CashPrice, accessory.name.clone(), accessory.price, Payee::Seller);
    }
    lines.add(Part::CashPrice, "Documentation fee", common.doc_fee, Payee::Seller);
    lines.add(Part::CashPrice, "Taxes on the sale", column.tax.at_signing, Payee::PublicOfficials);
    down_payment(&mut lines, input, figures)?;
    if common.negative_equity.is_positive() {
        lines.add(
            Part::OtherCharges,
            "Payoff of the trade beyond its allowance",
            common.negative_equity,
            Payee::Lienholder,
        );
        lines.within(Part::OtherCharges, "Payoff to the lienholder, in all", common.trade_payoff, Payee::Lienholder);
    }
    for product in &input.products {
        lines.add(Part::OtherCharges, product.name.clone(), product.price, Payee::Others);
    }
    for fee in column.fees.iter().filter(|fee| fee.due != Due::BuyerToCounty) {
        // A fee that the rules know goes to an office; of one that was typed the store knows where it goes.
        let payee = if fee.origin == FeeOrigin::Rule { Payee::PublicOfficials } else { Payee::Others };
        lines.add(Part::OtherCharges, fee.name.clone(), fee.amount, payee);
    }
    let prepaid = figures.principal.try_sub(figures.amount_financed)?;
    lines.add(Part::PrepaidFinanceCharge, "Prepaid finance charge", prepaid, Payee::Creditor);
    Ok(Some(Itemization {
        id: column.id.clone(),
        cash_price: lines.sum(Part::CashPrice)?,
        down_payment: lines.sum(Part::DownPayment)?,
        other_charges: lines.sum(Part::OtherCharges)?,
        prepaid_finance_charge: prepaid,
        amount_financed: figures.amount_financed,
        lines: lines.0,
        statement: "We may be retaining a portion of the amounts paid to others.",
    }))
}

fn down_payment(lines: &mut Lines, input: &DealInput, figures: &FinanceFigures) -> Result<(), FinanceError> {
    let common = &figures.common;
    let part = Part::DownPayment;
    lines.within(part, "Trade-in allowance", common.trade_allowance, Payee::Seller);
    if common.net_trade.is_positive() {
        lines.within(part, "Payoff to the lienholder by the seller", common.trade_payoff, Payee::Lienholder);
    }
    lines.add(part, "Net trade-in", common.net_trade, Payee::Seller);
    let mut named = Money::ZERO;
    for rebate in input.rebates.iter().filter(|rebate| crate::deal::reduces_balance(rebate.kind)) {
        lines.add(part, rebate.name.clone(), rebate.amount, Payee::Seller);
        named = named.try_add(rebate.amount)?;
    }
    // Rebates that the calculation added or left out are still part of the sum.
    lines.add(part, "Other rebates", common.rebates.try_sub(named)?, Payee::Seller);
    lines.add(part, "Cash", common.cash_down, Payee::Seller);
    lines.add(part, "Deferred down payment", figures.deferred_down.unwrap_or_default(), Payee::Seller);
    Ok(())
}
