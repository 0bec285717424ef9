//! What a copy of a deal takes over: the offer, without what belongs to another customer, another vehicle or another day.

use autolytiq_finance::deal::{
    column::{Column, Residual},
    input::DealInput,
};
use jiff::civil::Date;

/// What differs between a deal and its copy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Other {
    pub(crate) customer: bool,
    pub(crate) vehicle: bool,
}

/// The input of a copy: `fresh` is what a new deal would begin with today.
///
/// Date, dealer and costs are today's. Another vehicle brings its own facts and price, and leaves accessories and rebates
/// behind; a lease whose residual is an amount, or that would need a list price the vehicle does not have, is left out.
/// Another customer brings their own place and leaves trades behind. Days of payments that have passed are left out.
pub(crate) fn copied(old: DealInput, fresh: DealInput, other: Other) -> DealInput {
    let today = fresh.deal_date;
    let mut input = DealInput { deal_date: today, dealer_place: fresh.dealer_place, ..old };
    if other.vehicle {
        input.costs = fresh.costs;
        input.vehicle = fresh.vehicle;
        input.price = fresh.price;
        input.accessories.clear();
        input.rebates.clear();
        let listed = input.vehicle.msrp.is_some();
        input.columns.retain(|column| match column {
            Column::Lease(lease) => listed && matches!(lease.residual, Residual::Percent(_)),
            Column::Cash(_) | Column::Finance(_) => true,
        });
        if input.columns.is_empty() {
            input.columns = fresh.columns;
        }
    } else {
        input.costs = fresh.costs.or(input.costs);
    }
    if other.customer {
        input.buyer = fresh.buyer;
        input.buyer_place = fresh.buyer_place;
        input.garaging_place = None;
        input.trades.clear();
        input.elections.clear();
        input.columns.iter_mut().for_each(forget_law);
    }
    input.columns.iter_mut().for_each(|column| forget_days(column, today));
    input
}

/// Fees and taxes that a lease names one by one are those of the former buyer's state.
fn forget_law(column: &mut Column) {
    if let Column::Lease(terms) = column {
        terms.capitalize.each_fee.clear();
        terms.capitalize.each_tax.clear();
    }
}

fn forget_days(column: &mut Column, today: Date) {
    if let Column::Finance(terms) = column {
        terms.first_payment = None;
        terms.deferred_down.retain(|part| part.date > today);
        terms.plan.extra_payments.retain(|part| part.date > today);
    }
}

#[cfg(test)]
mod tests {
    use autolytiq_finance::deal::input::DealInput;
    use serde_json::{Value, json};

    use super::{Other, copied};

    fn input(change: impl Fn(&mut Value)) -> DealInput {
        let mut value = json!({
            "dealDate": "2026-03-02",
            "vehicle": {"condition": "new", "msrp": "42880.00"},
            "dealerPlace": {"state": "TX"},
            "buyerPlace": {"state": "TX", "county": "Dallas"},
            "price": "41250.00",
            "cashDown": "3000.00",
            "accessories": [{"name": "Mats", "price": "200.00"}],
            "trades": [{"description": "2019 Civic", "allowance": "9000.00"}],
            "costs": {"vehicle": "37000.00"},
            "columns": [
                {"kind": "finance", "id": "f", "rate": "0.07", "termMonths": 60, "firstPayment": "2026-04-10"},
                {"kind": "lease", "id": "l", "moneyFactor": "0.00185", "termMonths": 36, "residual": {"amount": "20000.00"},
                    "capitalize": {"eachFee": {"title": false}, "eachTax": {"state": true}}},
            ],
        });
        change(&mut value);
        serde_json::from_value(value).unwrap()
    }

    fn fresh() -> DealInput {
        input(|value| {
            value["dealDate"] = json!("2026-05-01");
            value["vehicle"] = json!({"condition": "used"});
            value["buyerPlace"] = json!({"state": "OK"});
            value["price"] = json!("19900.00");
            value["costs"] = json!({"vehicle": "17000.00"});
            value["columns"] = json!([]);
        })
    }

    fn shown(other: Other) -> Value {
        serde_json::to_value(copied(input(|_| {}), fresh(), other)).unwrap()
    }

    #[test]
    fn the_same_deal_again_is_the_same_offer_today() {
        let copy = shown(Other { customer: false, vehicle: false });
        assert_eq!((&copy["dealDate"], &copy["price"]), (&json!("2026-05-01"), &json!("41250.00")));
        assert_eq!(
            (copy["trades"].as_array().map(Vec::len), copy["columns"].as_array().map(Vec::len)),
            (Some(1), Some(2))
        );
        assert_eq!(copy["columns"][0].get("firstPayment"), None, "a day of the old calendar");
        assert_eq!(copy["costs"]["vehicle"], "17000.00", "what the record says today");
    }

    #[test]
    fn another_vehicle_keeps_nothing_of_the_first() {
        let copy = shown(Other { customer: false, vehicle: true });
        assert_eq!((&copy["price"], &copy["vehicle"]["condition"]), (&json!("19900.00"), &json!("used")));
        assert_eq!(copy.get("accessories").and_then(Value::as_array).map_or(0, Vec::len), 0);
        assert_eq!(copy["columns"].as_array().map(Vec::len), Some(1), "a residual in dollars was of the other vehicle");
        assert_eq!((&copy["cashDown"], &copy["buyerPlace"]["state"]), (&json!("3000.00"), &json!("TX")));
    }

    #[test]
    fn another_customer_keeps_nothing_of_the_first() {
        let copy = shown(Other { customer: true, vehicle: false });
        assert_eq!(copy["buyerPlace"], json!({"state": "OK"}));
        assert_eq!(copy.get("trades").and_then(Value::as_array).map_or(0, Vec::len), 0);
        assert_eq!(copy["price"], "41250.00");
        let capitalize = &copy["columns"][1]["capitalize"];
        assert_eq!((capitalize.get("eachFee"), capitalize.get("eachTax")), (None, None), "those of the other state");
    }
}
