//! What a reader may see of a deal. A figure that is not for them is absent, never empty.

use autolytiq_authz::Permission;
use autolytiq_finance::deal::{column::Column, input::DealInput};
use autolytiq_kernel::problem::FieldError;
use autolytiq_money::Money;
use serde_json::{
    Map, Value,
    value::{RawValue, to_raw_value},
};
use std::collections::BTreeMap;

/// Notices of the engine that speak of costs: that one is missing.
const COST_NOTICES: [&str; 2] = ["acv-missing", "cost-missing"];
/// The notice that compares the rate with the lender's.
const RESERVE_NOTICE: &str = "markup-above-program";

/// A JSON object whose values stay text.
type Members = BTreeMap<String, Box<RawValue>>;

/// Which of the store's own figures a reader may see and set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sight {
    /// What the store paid: vehicle, pack, trades at actual cash value, products, accessories.
    pub(crate) cost: bool,
    /// What the store earns.
    pub(crate) gross: bool,
    /// Buy rates and the lender's reserve.
    pub(crate) reserve: bool,
}

impl Sight {
    /// Sees everything.
    #[cfg(test)]
    pub(crate) const ALL: Self = Self { cost: true, gross: true, reserve: true };

    /// What somebody sees who has some permissions.
    pub(crate) fn of(may: impl Fn(Permission) -> bool) -> Self {
        Self {
            cost: may(Permission::DealCostView),
            gross: may(Permission::DealGrossView),
            reserve: may(Permission::DealReserveView),
        }
    }

    /// The fields of an input that this reader may not have set, each with its pointer below `prefix`. The store's costs
    /// are nobody's to send: the server adds them.
    pub(crate) fn forbidden(self, input: &DealInput, prefix: &str) -> Vec<FieldError> {
        let mut found = Vec::new();
        let mut refuse = |pointer: String| {
            found.push(FieldError::new(pointer, "forbidden", "your role may not see or set this field"));
        };
        if !self.cost {
            for (i, trade) in input.trades.iter().enumerate() {
                if trade.acv.is_some() {
                    refuse(format!("{prefix}/trades/{i}/acv"));
                }
            }
            for (i, product) in input.products.iter().enumerate() {
                if product.cost.is_some() {
                    refuse(format!("{prefix}/products/{i}/cost"));
                }
            }
            for (i, accessory) in input.accessories.iter().enumerate() {
                if accessory.cost.is_some() {
                    refuse(format!("{prefix}/accessories/{i}/cost"));
                }
            }
        }
        if !self.reserve {
            for (i, column) in input.columns.iter().enumerate() {
                let (buy, share) = match column {
                    Column::Cash(_) => (None, None),
                    Column::Finance(terms) => (terms.buy_rate.map(|_| "buyRate"), terms.reserve_share),
                    Column::Lease(terms) => (terms.buy_money_factor.map(|_| "buyMoneyFactor"), terms.reserve_share),
                };
                if let Some(name) = buy {
                    refuse(format!("{prefix}/columns/{i}/{name}"));
                }
                if share.is_some() {
                    refuse(format!("{prefix}/columns/{i}/reserveShare"));
                }
            }
        }
        found
    }

    /// The input as this reader sees it.
    pub(crate) fn input(self, mut input: DealInput) -> DealInput {
        if !self.cost {
            input.costs = None;
            input.trades.iter_mut().for_each(|trade| trade.acv = None);
            input.products.iter_mut().for_each(|product| product.cost = None);
            input.accessories.iter_mut().for_each(|accessory| accessory.cost = None);
        }
        if !self.reserve {
            if let Some(costs) = &mut input.costs {
                costs.reserve = None;
            }
            for column in &mut input.columns {
                match column {
                    Column::Cash(_) => {}
                    Column::Finance(terms) => (terms.buy_rate, terms.reserve_share) = (None, None),
                    Column::Lease(terms) => (terms.buy_money_factor, terms.reserve_share) = (None, None),
                }
            }
        }
        input
    }

    /// The stored result as this reader sees it. Without the reserve, back and total gross are those without it: what
    /// could be computed by subtraction would not be hidden.
    ///
    /// Only what may have to go is read: a result is mostly the steps of its trace, which stay text.
    pub(crate) fn result(self, result: Box<RawValue>) -> serde_json::Result<Box<RawValue>> {
        if self.cost && self.gross && self.reserve {
            return Ok(result);
        }
        let mut members: Members = serde_json::from_str(result.get())?;
        if let Some(columns) = members.get_mut("columns") {
            let all: Vec<Members> = serde_json::from_str(columns.get())?;
            let seen: Vec<Members> = all.into_iter().map(|column| self.column(column)).collect::<Result<_, _>>()?;
            *columns = to_raw_value(&seen)?;
        }
        if let Some(notices) = members.get_mut("notices") {
            let mut seen: Vec<Value> = serde_json::from_str(notices.get())?;
            let hidden = |code: &Value| {
                !self.cost && COST_NOTICES.iter().any(|about| code == about) || !self.reserve && code == RESERVE_NOTICE
            };
            seen.retain(|notice| !notice.get("code").is_some_and(hidden));
            *notices = to_raw_value(&seen)?;
        }
        to_raw_value(&members)
    }

    fn column(self, mut column: Members) -> serde_json::Result<Members> {
        if !self.gross {
            column.remove("gross");
        } else if let Some(gross) = column.get_mut("gross")
            && !self.reserve
        {
            let mut seen: Map<String, Value> = serde_json::from_str(gross.get())?;
            without_reserve(&mut seen);
            *gross = to_raw_value(&seen)?;
        }
        if let Some(trace) = column.get_mut("trace") {
            let mut steps: Members = serde_json::from_str(trace.get())?;
            // The step of the front gross names costs, those of back and total the reserve.
            steps.retain(|figure, _| match figure.as_str() {
                "gross.front" => self.gross && self.cost,
                figure if figure.starts_with("gross.") => self.gross && self.cost && self.reserve,
                _ => true,
            });
            *trace = to_raw_value(&steps)?;
        }
        Ok(column)
    }

    /// The key figures of a column as this reader sees them.
    pub(crate) fn gross(self, gross: GrossFigures) -> Option<GrossFigures> {
        match (self.gross, self.reserve) {
            (false, _) => None,
            (true, true) => Some(gross),
            (true, false) => {
                let less =
                    |whole: Money| gross.reserve.and_then(|reserve| whole.try_sub(reserve).ok()).unwrap_or(whole);
                Some(GrossFigures {
                    front: gross.front,
                    back: less(gross.back),
                    reserve: None,
                    total: less(gross.total),
                })
            }
        }
    }
}

/// What a column earns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GrossFigures {
    pub(crate) front: Money,
    pub(crate) back: Money,
    /// Part of `back`; absent where the reader may not see it.
    pub(crate) reserve: Option<Money>,
    pub(crate) total: Money,
}

fn without_reserve(gross: &mut Map<String, Value>) {
    // A commission on the back gross would tell the reserve, and so would the whole beside a known part.
    if gross.remove("backCommission").is_some() {
        gross.remove("commission");
    }
    let Some(reserve) = gross.remove("reserve").as_ref().and_then(money) else { return };
    for name in ["back", "total"] {
        let less = gross.get(name).and_then(money).and_then(|whole| whole.try_sub(reserve).ok());
        match less {
            Some(less) => drop(gross.insert(name.to_owned(), less.to_string().into())),
            // A figure that cannot be cleared of the reserve is not shown.
            None => drop(gross.remove(name)),
        }
    }
}

fn money(value: &Value) -> Option<Money> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{json, value::to_raw_value};

    use super::Sight;

    fn seen_by(sight: Sight, result: &serde_json::Value) -> serde_json::Value {
        let seen = sight.result(to_raw_value(result).unwrap()).unwrap();
        serde_json::from_str(seen.get()).unwrap()
    }

    fn result() -> serde_json::Value {
        json!({
            "notices": [{"code": "acv-missing"}, {"code": "trade-above-price"}],
            "columns": [{
                "id": "f",
                "gross": {"front": "1000.00", "back": "812.00", "reserve": "612.00", "total": "1812.00"},
                "trace": {"payment": {}, "grossCapCost": {}, "gross.front": {}, "gross.back": {}, "gross.reserve": {},
                    "gross.total": {}, "gross.commission.back": {}},
            }],
        })
    }

    #[test]
    fn who_sees_all_sees_it_unchanged() {
        assert_eq!(seen_by(Sight::ALL, &result()), result());
    }

    #[test]
    fn without_the_reserve_nothing_lets_it_be_computed() {
        let seen = seen_by(Sight { reserve: false, ..Sight::ALL }, &result());
        assert_eq!(seen["columns"][0]["gross"], json!({"front": "1000.00", "back": "200.00", "total": "1200.00"}));
        assert_eq!(seen["columns"][0]["trace"], json!({"payment": {}, "grossCapCost": {}, "gross.front": {}}));
    }

    #[test]
    fn a_commission_on_the_back_gross_goes_with_the_reserve() {
        let seen = |extra: serde_json::Value| {
            let mut whole = result();
            whole["columns"][0]["gross"].as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            seen_by(Sight { reserve: false, ..Sight::ALL }, &whole)["columns"][0]["gross"].clone()
        };
        let front = seen(json!({"commission": "250.00"}));
        assert_eq!(front["commission"], "250.00");
        let both = seen(json!({"commission": "331.20", "backCommission": "81.20"}));
        assert_eq!((both.get("commission"), both.get("backCommission")), (None, None));
    }

    #[test]
    fn without_the_gross_there_is_none() {
        let seen = seen_by(Sight { cost: false, gross: false, reserve: false }, &result());
        let notices = json!([{"code": "trade-above-price"}]);
        assert_eq!(
            seen,
            json!({"notices": notices, "columns": [{"id": "f", "trace": {"payment": {}, "grossCapCost": {}}}]})
        );
    }
}
