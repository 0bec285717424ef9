//! What the server adds to an input: the store's costs, and what a role that may not see a field cannot have sent.

use autolytiq_finance::deal::{
    column::Column,
    input::{Costs, DealInput},
};

use super::sight::Sight;

/// Completes an input as it came from somebody with this sight: costs from the parent pencil or, failing that, `costs`;
/// hidden fields from the parent.
///
/// Columns are matched by their ids; trades, products and accessories by what they are called, so that one that was
/// removed does not hand its cost to its neighbour.
pub(crate) fn carry_over(
    mut input: DealInput,
    parent: Option<&DealInput>,
    costs: Option<Costs>,
    sight: Sight,
) -> DealInput {
    input.costs = parent.and_then(|parent| parent.costs.clone()).or(costs);
    let Some(parent) = parent else { return input };
    if !sight.cost {
        for (place, trade) in input.trades.iter_mut().enumerate() {
            let same = at_or_any(&parent.trades, place, |old| old.description == trade.description);
            trade.acv = same.and_then(|old| old.acv);
        }
        for (place, product) in input.products.iter_mut().enumerate() {
            let same = at_or_any(&parent.products, place, |old| old.kind == product.kind && old.name == product.name);
            product.cost = same.and_then(|old| old.cost);
        }
        for (place, accessory) in input.accessories.iter_mut().enumerate() {
            let same = at_or_any(&parent.accessories, place, |old| old.name == accessory.name);
            accessory.cost = same.and_then(|old| old.cost);
        }
    }
    if !sight.reserve {
        for column in &mut input.columns {
            let same = parent.columns.iter().find(|old| old.id() == column.id());
            match (column, same) {
                (Column::Finance(terms), Some(Column::Finance(old))) => {
                    (terms.buy_rate, terms.reserve_share) = (old.buy_rate, old.reserve_share);
                }
                (Column::Lease(terms), Some(Column::Lease(old))) => {
                    (terms.buy_money_factor, terms.reserve_share) = (old.buy_money_factor, old.reserve_share);
                }
                _ => {}
            }
        }
    }
    input
}

/// The one at the same place if it is the same, else any that is.
fn at_or_any<T>(old: &[T], place: usize, same: impl Fn(&T) -> bool) -> Option<&T> {
    old.get(place).filter(|item| same(item)).or_else(|| old.iter().find(|item| same(item)))
}

#[cfg(test)]
mod tests {
    use autolytiq_finance::deal::input::DealInput;
    use serde_json::json;

    use super::carry_over;
    use crate::domain::sight::Sight;

    const BLIND: Sight = Sight { cost: false, gross: false, reserve: false };

    fn parent() -> DealInput {
        serde_json::from_value(json!({
            "dealDate": "2026-03-02",
            "vehicle": {"condition": "new"},
            "dealerPlace": {"state": "TX"},
            "buyerPlace": {"state": "TX"},
            "price": "30000.00",
            "trades": [{"description": "2019 Civic", "allowance": "9000.00", "acv": "8500.00"}],
            "products": [
                {"kind": "gap", "name": "GAP", "price": "900.00", "cost": "300.00"},
                {"kind": "key", "name": "Keys", "price": "500.00", "cost": "100.00"},
            ],
            "costs": {"vehicle": "28000.00", "pack": "500.00"},
            "columns": [{"kind": "finance", "id": "f", "rate": "0.07", "termMonths": 60, "buyRate": "0.05", "reserveShare": "0.75"}],
        }))
        .unwrap()
    }

    #[test]
    fn a_blind_reader_sends_back_what_he_saw_and_nothing_is_lost() {
        let seen = BLIND.input(parent());
        assert!(!serde_json::to_string(&seen).unwrap().contains("8500"));
        assert!(BLIND.forbidden(&seen, "").is_empty());
        assert_eq!(carry_over(seen, Some(&parent()), None, BLIND), parent());
    }

    #[test]
    fn a_product_that_goes_takes_its_cost_with_it() {
        let mut seen = BLIND.input(parent());
        seen.products.remove(0);
        let carried = carry_over(seen, Some(&parent()), None, BLIND);
        assert_eq!(carried.products[0].cost, parent().products[1].cost);
    }

    #[test]
    fn another_trade_does_not_inherit_a_value() {
        let mut seen = BLIND.input(parent());
        seen.trades[0].description = "2021 Accord".to_owned();
        assert_eq!(carry_over(seen, Some(&parent()), None, BLIND).trades[0].acv, None);
    }

    #[test]
    fn forbidden_fields_are_named() {
        let pointers: Vec<_> = BLIND.forbidden(&parent(), "/input").into_iter().map(|e| e.pointer).collect();
        assert_eq!(
            pointers,
            [
                "/input/trades/0/acv",
                "/input/products/0/cost",
                "/input/products/1/cost",
                "/input/columns/0/buyRate",
                "/input/columns/0/reserveShare",
            ]
        );
        assert!(Sight::ALL.forbidden(&parent(), "").is_empty());
    }
}
