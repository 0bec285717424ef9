//! The fields in which two scenarios may differ, in the order in which one becomes the other.

use super::State;
use crate::deal::column::Column;
use serde::Serialize;
use serde_json::value::RawValue;

/// One field of a scenario.
pub(super) struct Field {
    pub(super) pointer: &'static str,
    /// Takes the field from another scenario.
    pub(super) take: fn(&mut State, &State),
    /// The field as JSON.
    pub(super) show: fn(&State) -> Option<Box<RawValue>>,
    /// Whether it is one cause with the field after it.
    pub(super) joins: bool,
}

/// A field of the deal itself.
macro_rules! deal {
    ($pointer:literal, $name:ident, $joins:literal) => {
        Field {
            pointer: $pointer,
            take: |to, from| to.input.$name.clone_from(&from.input.$name),
            show: |of| json(&of.input.$name),
            joins: $joins,
        }
    };
    ($pointer:literal, $name:ident) => {
        deal!($pointer, $name, false)
    };
}

/// A field of the column, where both columns are of this kind.
macro_rules! term {
    ($pointer:literal, $kind:ident, $name:ident) => {
        Field {
            pointer: $pointer,
            take: |to, from| {
                if let ([Column::$kind(to)], [Column::$kind(from)]) =
                    (to.input.columns.as_mut_slice(), from.input.columns.as_slice())
                {
                    to.$name.clone_from(&from.$name);
                }
            },
            show: |of| match of.input.columns.as_slice() {
                [Column::$kind(terms)] => json(&terms.$name),
                _ => None,
            },
            joins: false,
        }
    };
}

/// A place comes with its rates: neither means anything without the other.
pub(super) static FIELDS: [Field; 43] = [
    deal!("/vehicle", vehicle),
    deal!("/dealDate", deal_date, true),
    deal!("/dealerPlace", dealer_place, true),
    deal!("/buyerPlace", buyer_place, true),
    deal!("/garagingPlace", garaging_place, true),
    Field {
        pointer: "/rates",
        take: |to, from| to.rates.clone_from(&from.rates),
        show: |of| json(&of.rates),
        joins: true,
    },
    deal!("/elections", elections),
    deal!("/occasion", occasion),
    deal!("/seller", seller),
    deal!("/buyer", buyer),
    deal!("/price", price),
    deal!("/accessories", accessories),
    deal!("/docFee", doc_fee),
    deal!("/fees", fees),
    deal!("/products", products),
    deal!("/rebates", rebates),
    deal!("/trades", trades),
    deal!("/cashDown", cash_down),
    deal!("/costs", costs),
    deal!("/credit", credit),
    term!("/column/cashDown", Finance, cash_down),
    term!("/column/termMonths", Finance, term_months),
    term!("/column/rate", Finance, rate),
    term!("/column/firstPayment", Finance, first_payment),
    term!("/column/prepaidFinanceCharge", Finance, prepaid_finance_charge),
    term!("/column/buyRate", Finance, buy_rate),
    term!("/column/reserveShare", Finance, reserve_share),
    term!("/column/plan", Finance, plan),
    term!("/column/deferredDown", Finance, deferred_down),
    term!("/column/cashDown", Lease, cash_down),
    term!("/column/termMonths", Lease, term_months),
    term!("/column/residual", Lease, residual),
    term!("/column/annualMiles", Lease, annual_miles),
    term!("/column/moneyFactor", Lease, money_factor),
    term!("/column/acquisitionFee", Lease, acquisition_fee),
    term!("/column/dispositionFee", Lease, disposition_fee),
    term!("/column/securityDeposit", Lease, security_deposit),
    term!("/column/capitalize", Lease, capitalize),
    term!("/column/buyMoneyFactor", Lease, buy_money_factor),
    term!("/column/reserveShare", Lease, reserve_share),
    term!("/column/options", Lease, options),
    // Whatever is left: a column of another kind, or a term that is not listed.
    Field {
        pointer: "/column",
        take: |to, from| to.input.columns.clone_from(&from.input.columns),
        show: |of| json(&of.input.columns.first()),
        joins: false,
    },
    Field { pointer: "", take: |to, from| to.clone_from(from), show: |of| json(&of.input), joins: false },
];

fn json<T: Serialize>(field: &T) -> Option<Box<RawValue>> {
    let text = serde_json::to_string(field).ok()?;
    RawValue::from_string(text).ok()
}
