//! Components and sums: from their names to rule values.

use super::forms::{ByDef, SumDef, TermDef, TradesDef};
use super::lower::Making;
use super::{Said, leak, leak_str};
use crate::kinds::{ProductKind, RebateKind, VehicleClass};
use crate::rule::{Component, Measure, Rows, Scope, SumOf, Term, TradeFilter};

/// Where a sum stands: which components make sense there.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Lease components may appear.
    pub(super) lease: bool,
    /// Ids of the lines of the same list, in their final order, that may be named with `line:`.
    pub(super) lines: &'a [&'static str],
}

impl Place<'_> {
    /// A sum over the deal alone: no lease, no other lines.
    pub(super) const DEAL: Self = Self { lease: false, lines: &[] };
    /// A sum over the deal and its lease.
    pub(super) const LEASE: Self = Self { lease: true, lines: &[] };
}

pub(super) fn sum(making: &Making<'_>, def: &SumDef, place: Place<'_>) -> Said<SumOf> {
    match def {
        SumDef::Nothing => Ok(&[]),
        SumDef::Terms(list) => terms(making, list, place),
        SumDef::Named(name) => {
            let list = making.base(name).ok_or_else(|| format!("there is no list \"{name}\" in [bases]"))?;
            terms(making, list, place)
        }
    }
}

pub(super) fn by(making: &Making<'_>, def: &ByDef, place: Place<'_>) -> Said<Rows> {
    match def {
        ByDef::Measure(word) => Ok(Rows::Measure(measure(word)?)),
        ByDef::Sum(list) => Ok(Rows::Sum(terms(making, list, place)?)),
    }
}

pub(super) fn measure(word: &str) -> Said<Measure> {
    let known = Measure::ALL.iter().copied();
    known.clone().find(|measure| measure.word() == word).ok_or_else(|| {
        let words: Vec<&str> = known.map(Measure::word).collect();
        format!("\"{word}\" is not a measure; the measures are {}", words.join(", "))
    })
}

fn terms(making: &Making<'_>, list: &[TermDef], place: Place<'_>) -> Said<SumOf> {
    let mut made = Vec::new();
    for TermDef(table) in list {
        let (name, negative) = match (&table.of, &table.less) {
            (Some(name), None) => (name, false),
            (None, Some(name)) => (name, true),
            _ => return Err("a component needs exactly one of `of` and `less`".to_owned()),
        };
        // A named list inside a list is spread out, so that one definition can build on another.
        if let Some(list) = making.base(name) {
            if negative || table.part.is_some() || table.up_to.is_some() || table.when.is_some() {
                return Err(format!("the list \"{name}\" can only be added whole to another list"));
            }
            made.extend_from_slice(terms(making, list, place)?);
            continue;
        }
        let (of, scope) = component(making, name, place)?;
        let part = table.part.as_ref().map(|part| part.at(making.day(), "part")).transpose()?;
        let up_to = table.up_to.as_ref().map(|limit| limit.limit_at(making.day(), "up_to")).transpose()?.flatten();
        let when = match &table.when {
            Some(when) => super::conditions::tests(making, when, Place { lines: &[], ..place })?,
            None => &[],
        };
        let or = match &table.or {
            Some(other) => match component(making, other, place)? {
                (component, Scope::Whole) => Some(component),
                _ => return Err(format!("`or = \"{other}\"`: only a whole component can stand in for another")),
            },
            None => None,
        };
        if or.is_some() && !is_value(of) {
            return Err(format!("`or` is for values that may be unknown, and \"{name}\" is always known"));
        }
        let trades = table.trades.as_ref().map(|filter| trade_filter(filter, of, name)).transpose()?;
        made.push(Term { name: leak_str(name), of, scope, negative, part, up_to, when, trades, or });
    }
    Ok(leak(made))
}

fn trade_filter(def: &TradesDef, of: Component, name: &str) -> Said<&'static TradeFilter> {
    use Component::{NegativeEquity, TradeAllowance, TradeEquity, TradePayoff};
    if !matches!(of, TradeAllowance | TradePayoff | TradeEquity | NegativeEquity) {
        return Err(format!("`trades` says which trades count, and \"{name}\" is not made of trades"));
    }
    let classes = def.class.iter().map(|word| super::lower::word(VehicleClass::from_word, word, "class"));
    let classes = leak(classes.collect::<Said<Vec<_>>>()?);
    Ok(Box::leak(Box::new(TradeFilter { classes, taxed_here: def.taxed_here })))
}

/// Whether the component is a value of the vehicle or the buyer that a deal may not state.
fn is_value(of: Component) -> bool {
    use Component::{AssessedValue, FairValue, GuideTradeValue, HomeTax, Msrp};
    matches!(of, Msrp | FairValue | AssessedValue | GuideTradeValue | HomeTax)
}

fn component(making: &Making<'_>, name: &str, place: Place<'_>) -> Said<(Component, Scope)> {
    let (scope, bare) = match name.split_once(':') {
        Some(("signing", rest)) => (Scope::Signing, rest),
        Some(("capitalized", rest)) => (Scope::Capitalized, rest),
        Some(("share", rest)) => (Scope::Share, rest),
        Some(("shares", rest)) => (Scope::Shares, rest),
        _ => (Scope::Whole, name),
    };
    let of = bare_component(making, bare, place)?;
    if scope != Scope::Whole {
        let charge = matches!(
            of,
            Component::DocFee
                | Component::Fee(_)
                | Component::Fees
                | Component::TaxableFees
                | Component::Product(_)
                | Component::Products
                | Component::AcquisitionFee
        );
        let share_only = of == Component::NegativeEquity && matches!(scope, Scope::Share | Scope::Shares);
        if !place.lease || !(charge || share_only) {
            return Err(format!("\"{name}\": only charges of a lease can be split into signing and capitalised"));
        }
    }
    Ok((of, scope))
}

fn bare_component(making: &Making<'_>, name: &str, place: Place<'_>) -> Said<Component> {
    if let Some(id) = name.strip_prefix("line:") {
        let index = place.lines.iter().position(|line| *line == id);
        let index = index.and_then(|index| u8::try_from(index).ok());
        return index.map(Component::Line).ok_or_else(|| format!("no line \"{id}\" is in force here before this one"));
    }
    if let Some(code) = name.strip_prefix("fee:") {
        making.used_fee(code);
        return Ok(Component::Fee(leak_str(code)));
    }
    if let Some(kind) = name.strip_prefix("product:") {
        return super::lower::word(ProductKind::from_word, kind, "product").map(Component::Product);
    }
    if let Some(kind) = name.strip_prefix("rebate:") {
        return super::lower::word(RebateKind::from_word, kind, "rebate").map(Component::Rebate);
    }
    if let Some(found) = deal_component(name) {
        return Ok(found);
    }
    match lease_component(name) {
        Some(found) if place.lease => Ok(found),
        Some(_) => Err(format!("\"{name}\" exists only in a lease")),
        None => Err(format!("\"{name}\" is not a component; rules/README.md lists them")),
    }
}

/// Whether a plain name is that of a component.
pub(super) fn is_component(name: &str) -> bool {
    name.contains(':') || deal_component(name).is_some() || lease_component(name).is_some()
}

fn deal_component(name: &str) -> Option<Component> {
    Some(match name {
        "price" => Component::Price,
        "accessories" => Component::Accessories,
        "doc_fee" => Component::DocFee,
        "taxable_fees" => Component::TaxableFees,
        "fees" => Component::Fees,
        "products" => Component::Products,
        "rebates" => Component::Rebates,
        "trade:allowance" => Component::TradeAllowance,
        "trade:payoff" => Component::TradePayoff,
        "trade:equity" => Component::TradeEquity,
        "negative_equity" => Component::NegativeEquity,
        "private_sale" => Component::PrivateSale,
        "insurance_proceeds" => Component::InsuranceProceeds,
        "tax_paid_elsewhere" => Component::TaxPaidElsewhere,
        "home_tax" => Component::HomeTax,
        "msrp" => Component::Msrp,
        "fair_value" => Component::FairValue,
        "assessed_value" => Component::AssessedValue,
        "guide_trade_value" => Component::GuideTradeValue,
        "amount_financed" => Component::AmountFinanced,
        _ => return None,
    })
}

fn lease_component(name: &str) -> Option<Component> {
    Some(match name {
        "payment" => Component::Payment,
        "total_payments" => Component::TotalPayments,
        "remaining_payments" => Component::RemainingPayments,
        "cap_reduction:cash" => Component::CashReduction,
        "cap_reduction:rebate" => Component::RebateReduction,
        "cap_reduction:trade" => Component::TradeReduction,
        "acquisition_fee" => Component::AcquisitionFee,
        "gross_cap" => Component::GrossCap,
        "adjusted_cap" => Component::AdjustedCap,
        "residual" => Component::Residual,
        "rent_charge" => Component::RentCharge,
        _ => return None,
    })
}
